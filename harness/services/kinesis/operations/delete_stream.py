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
        # The text is AWS's in a public issue of cloud-custodian's.
        raise in_use(
            f"DeleteStream can't delete {stream.arn} because there are consumers associated with "
            f"this data stream. To delete {stream.name} anyway, set the EnforceConsumerDeletion "
            "parameter to true to force the deletion of all the consumers that are associated "
            "with it."
        )
    del streams.streams[stream.name]
    # Who holds on to a shard, as a mapping does, finds nothing more to read.
    for shard in stream.shards.values():
        shard.trim(Instant(now + 1))
    return {}
