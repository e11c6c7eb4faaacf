"""GetRecords: what a shard holds from an iterator on."""

from collections.abc import Sequence

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.kinesis.descriptions import describe_range
from harness.services.kinesis.encryption import Encryption
from harness.services.kinesis.entries import rate_exceeded
from harness.services.kinesis.errors import invalid_argument, not_found
from harness.services.kinesis.iterators import ShardIterator, decode, require_fresh
from harness.services.kinesis.parameters import require_between, require_modelled
from harness.services.kinesis.putting import THROTTLED
from harness.services.kinesis.record import Record
from harness.services.kinesis.shard import Shard
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

_MODELLED = frozenset({"ShardIterator", "Limit", "StreamARN"})
_RECORDS_MAX = 10_000
_ANSWER_BYTES_MAX = 10 * 1_048_576


def get_records(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Return records and where to read on; a closed shard that is drained has no next place."""
    require_modelled("GetRecords", params, _MODELLED)
    limit = params.get("Limit", _RECORDS_MAX)
    require_between(limit, "limit", 1, _RECORDS_MAX)
    iterator = decode(params["ShardIterator"])
    require_fresh(iterator, now)
    stream, shard = _place(streams, iterator)
    if params.get("StreamARN", stream.arn) != stream.arn:
        raise invalid_argument("Invalid ShardIterator.")
    stream.trim(now)
    if streams.has_shard_limits and not shard.reading.begin(now):
        raise ServiceError(
            THROTTLED, rate_exceeded(shard.shard_id, stream.name, streams.account_id)
        )
    position = max(iterator.position, shard.trim_horizon)
    records = _within_size(shard.read(position, limit))
    if streams.has_shard_limits:
        shard.reading.end(sum(record.size for record in records), now)
    position += len(records)
    unread = shard.read(position, 1)
    output: Output = {
        "Records": [_shown(record, stream.encryption) for record in records],
        "MillisBehindLatest": (now - unread[0].arrival) // 1000 if unread else 0,
    }
    if shard.is_closed and not unread:
        output["ChildShards"] = _children(stream, shard)
    else:
        following = ShardIterator(stream.name, stream.created, shard.shard_id, position, now)
        output["NextShardIterator"] = following.encoded()
    return output


def _place(streams: Streams, iterator: ShardIterator) -> tuple[Stream, Shard]:
    stream = streams.streams.get(iterator.stream_name)
    if stream is not None and stream.created == iterator.stream_created:
        shard = stream.shards.get(iterator.shard_id)
        if shard is not None:
            return stream, shard
    raise not_found(
        f"Shard {iterator.shard_id} in stream {iterator.stream_name} "
        f"under account {streams.account_id} does not exist"
    )


def _within_size(records: Sequence[Record]) -> Sequence[Record]:
    """Return the first of *records* that fit into one answer, one at least."""
    size = 0
    for count, record in enumerate(records):
        size += record.size
        if size > _ANSWER_BYTES_MAX and count > 0:
            return records[:count]
    return records


def _shown(record: Record, encryption: Encryption) -> Output:
    # Arrival is given in milliseconds (Kinesis API reference, "Record").
    arrival = Instant(record.arrival // 1000 * 1000)
    return {
        "SequenceNumber": record.sequence_number,
        "ApproximateArrivalTimestamp": to_datetime(arrival),
        "Data": record.data,
        "PartitionKey": record.partition_key,
        "EncryptionType": encryption.at(record.arrival),
    }


def _children(stream: Stream, shard: Shard) -> list[Output]:
    children = (stream.shards.get(shard_id) for shard_id in shard.child_shard_ids)
    return [
        {
            "ShardId": child.shard_id,
            "ParentShards": list(child.parent_shard_ids),
            "HashKeyRange": describe_range(child),
        }
        for child in children
        if child is not None
    ]
