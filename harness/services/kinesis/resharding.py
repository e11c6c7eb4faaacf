"""What splitting and merging have in common."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.kinesis.changes import ShardsChanged
from harness.services.kinesis.errors import invalid_argument
from harness.services.kinesis.shard import Shard
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams


def require_provisioned(streams: Streams, stream: Stream) -> None:
    """Raise AWS's error when the shards of *stream* are AWS's own business."""
    if stream.mode == "ON_DEMAND":
        raise ServiceError(
            "ValidationException",
            f"Request is invalid. Stream {stream.name} under account {streams.account_id} "
            "is in On-Demand mode.",
        )


def require_open(streams: Streams, stream: Stream, shard: Shard) -> None:
    """Raise AWS's error when *shard* has been split or merged before."""
    if shard.is_closed:
        raise invalid_argument(
            f"Shard {shard.shard_id} in stream {stream.name} under account {streams.account_id} "
            "has already been merged or split, and thus is not eligible for merging or splitting."
        )


def reshard(
    streams: Streams,
    stream: Stream,
    parents: tuple[Shard, ...],
    ranges: list[tuple[int, int]],
    now: Instant,
) -> None:
    """Replace *parents* by one shard for each of *ranges*, and say so."""
    children = stream.replace(parents, ranges, now)
    streams.surroundings.changes.announce(
        ShardsChanged(
            stream.name,
            tuple(parent.shard_id for parent in parents),
            tuple(child.shard_id for child in children),
        )
    )
