"""resultHandler: what happened, as one log line and one set of metrics an invocation."""

import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from workers.errors import UnforeseenError, WorkerError
from workers.pipeline.invocation import Invocation, Proceed, Response

NAMESPACE = "FanVerification"
ERROR_METRIC = "ERROR_METRIC"


def result_handler(invocation: Invocation, proceed: Proceed) -> Response:
    """Report the counts, also of an invocation that fails; then the failure goes on to Lambda.

    Lambda writes an error's text to the log and hands it to AppSync's client, so one that is not
    ours goes on without it, as UnforeseenError.
    """
    try:
        response = proceed(invocation)
    except Exception as error:
        _publish(invocation, errors=1)
        invocation.error("failed", **_described(error), **_told(invocation))
        if isinstance(error, WorkerError):
            raise
        raise UnforeseenError(f"{type(error).__name__} at {_place(error)}") from None
    failures = len(invocation.failures)
    _publish(invocation, errors=failures)
    if failures:
        invocation.warn("done in part", failures=failures, **_told(invocation))
    else:
        invocation.info("done", **_told(invocation))
    return response


def _told(invocation: Invocation) -> dict[str, Any]:
    """Return the counts, and how often which problem was met."""
    told: dict[str, Any] = {}
    if invocation.counts:
        told["counts"] = invocation.counts
    if invocation.problems:
        told["problems"] = dict(sorted(Counter(invocation.problems).items()))
    return told


def _described(error: Exception) -> dict[str, Any]:
    """Return what may be logged: the text of a foreseen error, and only the place of another."""
    described = {"error_type": type(error).__name__, "error_place": _place(error)}
    if isinstance(error, WorkerError):
        described["error_message"] = str(error)
    return described


def _place(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename}:{frame.lineno} {frame.name}"


def _publish(invocation: Invocation, *, errors: int) -> None:
    # Ephemeral: the ordinary Metrics keeps its values in the process, shared by whoever asks.
    metrics = EphemeralMetrics(namespace=NAMESPACE, service=invocation.worker)
    for name, value in _flat("", invocation.counts):
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
    if errors or not invocation.counts:
        metrics.add_metric(name=ERROR_METRIC, unit=MetricUnit.Count, value=errors)
    metrics.flush_metrics()


def _flat(prefix: str, counts: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield every count with its path: ``dynamo.out``."""
    for name, value in counts.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", value
