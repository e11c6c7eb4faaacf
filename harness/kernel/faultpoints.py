"""Named places where a fault may strike, and the question who decides.

The gateway asks at every AWS call, the fake partners at every HTTP call.  Who answers is plugged
in above: `NoFaults` for a calm run, an injector for a scenario that asks for trouble.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from harness.kernel.instant import Duration

FaultKind = Literal[
    "error",  # the service answers with an error and does nothing
    "timeout",  # the call is never answered and does nothing
    "lost_answer",  # the call does its work, the answer never arrives
    "crash_before",  # the caller's environment dies before the call
    "crash_after",  # the caller's environment dies after the call did its work
    "delay",  # the call takes longer
    "partial",  # a batch call does some of its work and reports the rest as failed
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at one point."""

    kind: FaultKind
    error_code: str = "ProvisionedThroughputExceededException"
    error_message: str = "Rate exceeded"
    status: int = 400
    delay: Duration = field(default=Duration(0))
    positions: tuple[int, ...] = ()
    """For ``partial``: which members of the batch fail, counted from 0."""


@dataclass(frozen=True, slots=True)
class FaultPoint:
    """One call that could go wrong."""

    service: str
    """``dynamodb``, ``kinesis`` ... or ``http``."""
    operation: str
    """``UpdateItem`` ... or the name of the partner."""
    function: str | None
    """The logical id of the calling function, or None for a caller outside."""
    resource: str | None = None
    """The table, stream, queue or bucket that is called, where the call names one."""
    parameters: Mapping[str, object] = field(default_factory=dict)


class FaultDecider(Protocol):
    """Answers whether a fault strikes."""

    @property
    def is_calm(self) -> bool:
        """Whether nothing can strike at all, so that a hot path need not ask."""
        ...

    def decide(self, point: FaultPoint) -> Fault | None:
        """Return the fault that strikes *point*, or None."""
        ...


class NoFaults:
    """The calm run."""

    is_calm = True

    def decide(self, point: FaultPoint) -> Fault | None:  # noqa: ARG002 - the protocol's shape
        """Return None: nothing goes wrong."""
        return None
