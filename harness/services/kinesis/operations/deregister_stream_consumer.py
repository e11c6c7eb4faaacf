"""DeregisterStreamConsumer: the consumer is gone at once."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.consumers import find_consumer
from harness.services.kinesis.parameters import require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = frozenset({"StreamARN", "ConsumerName", "ConsumerARN"})


def deregister_stream_consumer(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Deregister a consumer."""
    require_modelled("DeregisterStreamConsumer", params, _MODELLED)
    stream, consumer = find_consumer(streams, params)
    del stream.consumers[consumer.name]
    return {}
