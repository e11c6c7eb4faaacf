"""DeleteStream: the stream and its records are gone at once."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.errors import in_use
from harness.services.kinesis.parameters import STREAM, require_modelled
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {"EnforceConsumerDeletion"}


def delete_stream(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Delete a stream."""
    require_modelled("DeleteStream", params, _MODELLED)
    stream = streams.find(params)
    if stream.consumers and not params.get("EnforceConsumerDeletion"):
        # AWS's text is not recorded anywhere at hand.
        raise in_use(
            f"Stream {stream.name} under account {streams.account_id} has registered consumers; "
            "deregister them first or set EnforceConsumerDeletion."
        )
    del streams.streams[stream.name]
    # Who holds on to a shard, as a mapping does, finds nothing more to read.
    for shard in stream.shards.values():
        shard.trim(Instant(now + 1))
    return {}
