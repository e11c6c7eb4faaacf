"""GetShardIterator."""

from bisect import bisect_left, bisect_right

from harness.kernel.instant import Instant, from_datetime, seconds
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.changestream import StreamShard
from harness.services.dynamodb.errors import check_choice, validation
from harness.services.dynamodb.streamrecord import StreamRecord
from harness.services.dynamodb.streams.reader import StreamReader, trimmed, written

_KINDS = (
    "AFTER_SEQUENCE_NUMBER",
    "AT_SEQUENCE_NUMBER",
    "AT_TIMESTAMP",
    "LATEST",
    "TRIM_HORIZON",
)
_ENDS = ("LATEST", "TRIM_HORIZON")


def get_shard_iterator(reader: StreamReader, parameters: Parameters, now: Instant) -> Output:
    """Return an iterator at one end of a shard, at an instant, at a record or after it."""
    kind = parameters["ShardIteratorType"]
    check_choice(kind, "shardIteratorType", _KINDS)
    arn, shard_id = parameters["StreamArn"], parameters["ShardId"]
    if kind in _ENDS and "SequenceNumber" in parameters:
        raise validation(f"SequenceNumber must not be specified for iterator type {kind}")
    shard = reader.shard(arn, shard_id, now)
    if kind == "TRIM_HORIZON":
        position = shard.trim_horizon
    elif kind == "LATEST":
        position = shard.end
    elif kind == "AT_TIMESTAMP":
        position = _position_at(shard, parameters, now)
    else:
        position = _position_of(shard, parameters, kind)
    return {"ShardIterator": written(arn, shard_id, position, now)}


def _position_at(shard: StreamShard, parameters: Parameters, now: Instant) -> int:
    moment = parameters.get("Timestamp")
    if moment is None:
        raise validation("Timestamp must be specified for iterator type AT_TIMESTAMP")
    instant = from_datetime(moment)
    if instant > now:
        raise validation("Timestamp must not be in the future")
    records = shard.read(shard.trim_horizon, shard.end)
    return shard.trim_horizon + bisect_left(records, instant, key=_created)


def _created(record: StreamRecord) -> Instant:
    """Return when a record was made, as it tells: cut to the second."""
    return Instant(seconds(record.approximate_creation_seconds))


def _position_of(shard: StreamShard, parameters: Parameters, kind: str) -> int:
    number = parameters.get("SequenceNumber")
    if number is None:
        raise validation(f"Sequence number must be specified for iterator type {kind}")
    if not number.isdecimal() or int(number) < int(shard.starting_sequence_number):
        raise validation(f"Invalid SequenceNumber: {number}")
    records = shard.read(shard.trim_horizon, shard.end)
    wanted = int(number)
    if shard.trim_horizon and (not records or wanted < int(records[0].sequence_number)):
        raise trimmed()
    if wanted > int(records[-1].sequence_number if records else shard.starting_sequence_number):
        raise validation(f"Invalid SequenceNumber: {number}")
    find = bisect_left if kind == "AT_SEQUENCE_NUMBER" else bisect_right
    index = find(records, wanted, key=lambda record: int(record.sequence_number))
    return shard.trim_horizon + index
