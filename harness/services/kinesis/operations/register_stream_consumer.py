"""RegisterStreamConsumer: a consumer for enhanced fan-out, ACTIVE at once."""

import re

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.consumer import Consumer
from harness.services.kinesis.errors import in_use, invalid
from harness.services.kinesis.parameters import require_modelled
from harness.services.kinesis.streams import Streams
from harness.services.kinesis.tagging import check_tags

_MODELLED = frozenset({"StreamARN", "ConsumerName", "Tags"})
_NAME = "[a-zA-Z0-9_.-]+"
_NAME_LENGTH_MAX = 128
_CONSUMERS_MAX = 20


def register_stream_consumer(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Register a consumer; its ARN ends with the second in which that happened."""
    require_modelled("RegisterStreamConsumer", params, _MODELLED)
    name, tags = params["ConsumerName"], params.get("Tags", {})
    if len(name) > _NAME_LENGTH_MAX:
        raise invalid(
            name, "consumerName", f"have length less than or equal to {_NAME_LENGTH_MAX}"
        )
    if re.fullmatch(_NAME, name) is None:
        raise invalid(name, "consumerName", f"satisfy regular expression pattern: {_NAME}")
    stream = streams.find({"StreamARN": params["StreamARN"]})
    check_tags(tags, {}, resource=f"consumer {name}", account_id=streams.account_id)
    # The texts of these two are not recorded anywhere at hand.
    if name in stream.consumers:
        raise in_use(
            f"Consumer {name} under stream {stream.name} and account {streams.account_id} "
            "already exists."
        )
    if len(stream.consumers) >= _CONSUMERS_MAX:
        raise ServiceError(
            "LimitExceededException",
            f"Stream {stream.name} under account {streams.account_id} has {_CONSUMERS_MAX} "
            "registered consumers already.",
        )
    arn = f"{stream.arn}/consumer/{name}:{now // 1_000_000}"
    consumer = stream.consumers[name] = Consumer(name, arn, now, dict(tags))
    return {"Consumer": consumer.described()}
