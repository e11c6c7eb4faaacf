"""Swarms: the classes of faults that an exploring run may draw at any call.

A run that draws from few classes at a time finds more than one that draws from all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from harness.faults.catalogue import usual_error
from harness.kernel.faultpoints import Fault, FaultPoint
from harness.kernel.instant import seconds

FaultClass = Literal[
    "throttle", "unavailable", "timeout", "lost_answer", "crash_before", "crash_after", "delay",
    "partial",
]  # fmt: skip

_BATCH_MEMBERS: Mapping[str, str] = {
    "PutRecords": "Records",
    "SendMessageBatch": "Entries",
    "DeleteMessageBatch": "Entries",
    "BatchWriteItem": "RequestItems",
    "BatchGetItem": "RequestItems",
}
"""Operations that may do some of their work, and the parameter that holds its members."""


def options(point: FaultPoint, classes: Sequence[FaultClass]) -> list[Fault]:
    """Return the faults of *classes* that could strike *point*, the milder ones first."""
    faults = [_MAKERS[each](point) for each in classes]
    return [fault for fault in faults if fault is not None]


def _throttle(point: FaultPoint) -> Fault | None:
    if point.service == "http":
        return None
    error = usual_error(point.service)
    return Fault("error", error_code=error.code, error_message=error.message, status=error.status)


def _unavailable(point: FaultPoint) -> Fault | None:
    if point.service == "http":
        return None
    return Fault(
        "error", error_code="ServiceUnavailable", error_message="Service Unavailable", status=503
    )


def _partial(point: FaultPoint) -> Fault | None:
    """Return a fault that fails the first member of a batch."""
    if point.operation not in _BATCH_MEMBERS:
        return None
    error = usual_error(point.service)
    return Fault(
        "partial",
        error_code=error.code,
        error_message=error.message,
        status=error.status,
        positions=(0,),
    )


def _inside(fault: Fault) -> Callable[[FaultPoint], Fault | None]:
    """Return a maker of *fault* for calls of functions: a caller outside cannot crash."""
    return lambda point: None if point.function is None else fault


_MAKERS: Mapping[FaultClass, Callable[[FaultPoint], Fault | None]] = {
    "throttle": _throttle,
    "unavailable": _unavailable,
    "timeout": _inside(Fault("timeout")),
    "lost_answer": _inside(Fault("lost_answer")),
    "crash_before": _inside(Fault("crash_before")),
    "crash_after": _inside(Fault("crash_after")),
    "delay": _inside(Fault("delay", delay=seconds(2))),
    "partial": _partial,
}
