"""GetShardIterator."""

from bisect import bisect_left

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.changestream import StreamShard
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.streams.reader import StreamReader, written


def get_shard_iterator(reader: StreamReader, parameters: Parameters, now: Instant) -> Output:
    """Return an iterator at one end of a shard, at a record or after it."""
    arn, shard_id = parameters["StreamArn"], parameters["ShardId"]
    shard = reader.shard(arn, shard_id, now)
    kind = parameters["ShardIteratorType"]
    if kind == "TRIM_HORIZON":
        position = shard.trim_horizon
    elif kind == "LATEST":
        position = shard.end
    else:
        number = parameters.get("SequenceNumber")
        if number is None:
            raise validation(f"Sequence number must be specified for iterator type {kind}")
        position = _position(shard, number) + (kind == "AFTER_SEQUENCE_NUMBER")
    return {"ShardIterator": written(arn, shard_id, position, now)}


def _position(shard: StreamShard, number: str) -> int:
    records = shard.read(shard.trim_horizon, shard.end)
    wanted = int(number)
    index = bisect_left(records, wanted, key=lambda record: int(record.sequence_number))
    if index == len(records) or records[index].sequence_number != number:
        if records and wanted < int(records[0].sequence_number) and shard.trim_horizon:
            raise ServiceError(
                "TrimmedDataAccessException",
                "The operation attempted to read past the oldest stream record in a shard.",
            )
        raise validation(f"Invalid SequenceNumber: {number}")
    return shard.trim_horizon + index
