"""DescribeStreamConsumer: one registered consumer."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.consumers import find_consumer
from harness.services.kinesis.parameters import require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = frozenset({"StreamARN", "ConsumerName", "ConsumerARN"})


def describe_stream_consumer(streams: Streams, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return a consumer and its stream's ARN."""
    require_modelled("DescribeStreamConsumer", params, _MODELLED)
    stream, consumer = find_consumer(streams, params)
    return {"ConsumerDescription": consumer.described() | {"StreamARN": stream.arn}}
