"""setRecordCorrelations: the records of a batch bring ids and traces of their own."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from opentelemetry import trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from workers.pipeline.invocation import Invocation, Proceed, Response, Step

_IDS_LOGGED_MAX = 10
_LINKS_MAX = 128
_PROPAGATOR = TraceContextTextMapPropagator()


class Batch(Protocol):
    """What a reader makes of an event."""

    @property
    def correlation_ids(self) -> set[str]:
        """The distinct ids of the records."""

    @property
    def traceparents(self) -> set[str]:
        """The distinct trace contexts of the records."""


def record_correlations(read: Callable[[Mapping[str, Any]], Batch | None]) -> Step:
    """Return the step that reads the batch of an event with *read* and adopts its correlation.

    Records of one file share its id, and then the invocation takes it over.  Records of several
    keep their own, and the invocation says which it has seen.
    """

    def step(invocation: Invocation, proceed: Proceed) -> Response:
        batch = read(invocation.event)
        if batch is not None:
            invocation.batch = batch
            _adopt(invocation, batch.correlation_ids)
            _link(batch)
        return proceed(invocation)

    return step


def _adopt(invocation: Invocation, correlation_ids: set[str]) -> None:
    if len(correlation_ids) == 1:
        (invocation.correlation_id,) = correlation_ids
    elif correlation_ids:
        few = sorted(correlation_ids)[:_IDS_LOGGED_MAX]
        invocation.info(
            "several correlations", record_correlation_ids=few, correlations=len(correlation_ids)
        )


def _link(batch: Batch) -> None:
    span = trace.get_current_span()
    if not span.is_recording():
        return
    for traceparent in sorted(batch.traceparents)[:_LINKS_MAX]:
        carried = _PROPAGATOR.extract({"traceparent": traceparent})
        context = trace.get_current_span(carried).get_span_context()
        if context.is_valid:
            span.add_link(context)
