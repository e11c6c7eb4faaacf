"""tracing: one OpenTelemetry span an invocation.

Only the API is used.  Which provider and exporter there are is the deployment's affair, by
OpenTelemetry's own environment variables (the ADOT layer, or OTEL_PYTHON_TRACER_PROVIDER); by
default there are none, and then nothing is recorded, carried or paid for.
"""

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from workers.events.appsync import headers_of, is_appsync
from workers.pipeline.invocation import Invocation, Proceed, Response

_FLUSH_MILLISECONDS = 1000
_PROPAGATOR = TraceContextTextMapPropagator()


def tracing(invocation: Invocation, proceed: Proceed) -> Response:
    """Run the rest within a span; what is sent on carries its context while it is recorded."""
    is_request = is_appsync(invocation.event)
    tracer = trace.get_tracer("workers")
    with tracer.start_as_current_span(
        invocation.worker,
        context=_parent(invocation) if is_request else None,
        kind=SpanKind.SERVER if is_request else SpanKind.CONSUMER,
        # An exception's text is not ours to send away: the type alone goes into the span.
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        if not span.is_recording():
            return proceed(invocation)
        _begin(span, invocation)
        try:
            response = proceed(invocation)
        except Exception as error:
            span.set_status(StatusCode.ERROR, type(error).__name__)
            raise
        finally:
            span.set_attribute("correlation_id", invocation.correlation_id)
    _flush()
    return response


def _begin(span: Span, invocation: Invocation) -> None:
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    invocation.traceparent = carrier.get("traceparent", "")
    span.set_attribute("faas.invocation_id", getattr(invocation.context, "aws_request_id", ""))


def _parent(invocation: Invocation) -> Context:
    return _PROPAGATOR.extract(headers_of(invocation.event))


def _flush() -> None:
    """Send what was recorded: Lambda may freeze the environment as soon as the handler returns."""
    flush = getattr(trace.get_tracer_provider(), "force_flush", None)
    if flush is not None:
        flush(_FLUSH_MILLISECONDS)
