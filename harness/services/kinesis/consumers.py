"""Finding a registered consumer, by its ARN or by its stream and name."""

from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters
from harness.services.kinesis.consumer import Consumer
from harness.services.kinesis.errors import invalid_argument, not_found
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

_MARK = "/consumer/"


def find_consumer(streams: Streams, params: Parameters) -> tuple[Stream, Consumer]:
    """Return the consumer that ConsumerARN, or StreamARN and ConsumerName, mean."""
    arn, name = params.get("ConsumerARN"), params.get("ConsumerName")
    if arn is not None:
        found = consumer_with(streams, arn)
        if found is None:
            raise _unknown(arn, streams)
        return found
    if name is None or "StreamARN" not in params:
        raise invalid_argument(
            "Either ConsumerARN or both StreamARN and ConsumerName should be provided."
        )
    stream = streams.find({"StreamARN": params["StreamARN"]})
    consumer = stream.consumers.get(name)
    if consumer is None:
        raise _unknown(name, streams)
    return stream, consumer


def consumer_with(streams: Streams, arn: str) -> tuple[Stream, Consumer] | None:
    """Return the consumer with this ARN, and its stream; None when there is none."""
    stream_arn, _, rest = arn.partition(_MARK)
    stream = streams.streams.get(stream_arn.rpartition(":stream/")[2])
    consumer = None if stream is None else stream.consumers.get(rest.rpartition(":")[0])
    if stream is None or consumer is None or consumer.arn != arn:
        return None
    return stream, consumer


def _unknown(what: str, streams: Streams) -> ServiceError:
    return not_found(f"Consumer {what}, account {streams.account_id} not found.")
