"""GetShardIterator: a place in a shard to read on from."""

from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.base.timestamps import instant_from
from harness.services.kinesis.errors import invalid_argument, not_found
from harness.services.kinesis.iterators import ShardIterator
from harness.services.kinesis.parameters import (
    STREAM,
    require_modelled,
    require_one_of,
    require_sequence_number,
    require_shard_id,
)
from harness.services.kinesis.sequencenumbers import parse
from harness.services.kinesis.shard import Shard, full_shard_id
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

_MODELLED = STREAM | {
    "ShardId",
    "ShardIteratorType",
    "StartingSequenceNumber",
    "Timestamp",
}
_TYPES = (
    "AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"
)  # fmt: skip


def get_shard_iterator(streams: Streams, params: Parameters, now: Instant) -> Output:
    """Return an iterator of the type asked for."""
    require_modelled("GetShardIterator", params, _MODELLED)
    require_shard_id(params["ShardId"], "shardId")
    require_one_of(params["ShardIteratorType"], "shardIteratorType", _TYPES)
    if "StartingSequenceNumber" in params:
        require_sequence_number(params["StartingSequenceNumber"], "startingSequenceNumber")
    stream = streams.find(params)
    stream.trim(now)
    shard = _find_shard(streams, stream, params["ShardId"])
    position = _position(streams, stream, shard, params, now)
    iterator = ShardIterator(stream.name, stream.created, shard.shard_id, position, now)
    return {"ShardIterator": iterator.encoded()}


def _find_shard(streams: Streams, stream: Stream, shard_id: str) -> Shard:
    full_id = full_shard_id(shard_id)
    if full_id is None:
        raise streams.no_such_shard(shard_id, stream.name)
    shard = stream.shards.get(full_id)
    if shard is None:
        raise not_found(
            f"Shard {full_id} in stream {stream.name} "
            f"under account {streams.account_id} does not exist"
        )
    return shard


def _position(
    streams: Streams, stream: Stream, shard: Shard, params: Parameters, now: Instant
) -> int:
    iterator_type = params["ShardIteratorType"]
    sequence_number = params.get("StartingSequenceNumber")
    match iterator_type:
        case "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER":
            if sequence_number is None:
                raise _misuse(iterator_type, "no StartingSequenceNumber")
            _require_of_shard(streams, stream, shard, sequence_number)
            if iterator_type == "AT_SEQUENCE_NUMBER":
                return shard.position_at(sequence_number)
            return shard.position_after(sequence_number)
        case "TRIM_HORIZON" | "LATEST":
            if sequence_number is not None:
                raise _misuse(iterator_type, "also a StartingSequenceNumber")
            return shard.trim_horizon if iterator_type == "TRIM_HORIZON" else shard.end
        case _:
            return _position_at(shard, params.get("Timestamp"), now)


def _position_at(shard: Shard, timestamp: Any, now: Instant) -> int:
    if timestamp is None:
        raise invalid_argument(
            "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. "
            "Current request has no timestamp parameter."
        )
    instant = instant_from(timestamp)
    if instant > now:
        raise invalid_argument(
            "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
            f"timestampInMillis: {instant // 1000}, currentTimestampInMillis: {now // 1000}"
        )
    return shard.position_at_instant(instant)


def _require_of_shard(streams: Streams, stream: Stream, shard: Shard, text: str) -> None:
    prefix = (
        f"StartingSequenceNumber {text} used in GetShardIterator on shard {shard.shard_id} "
        f"in stream {stream.name} under account {streams.account_id} is invalid"
    )
    number = parse(text)
    if number is None:
        raise invalid_argument(f"{prefix}.")
    if number.shard_index != shard.index:
        raise invalid_argument(
            f"Invalid StartingSequenceNumber. It encodes shardId-{number.shard_index:012d}, "
            f"while it was used in a call to a shard with {shard.shard_id}"
        )
    if number.shard_created != shard.created_seconds:
        raise invalid_argument(f"{prefix} because it did not come from this stream.")


def _misuse(iterator_type: str, what: str) -> Exception:
    return invalid_argument(
        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
        "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. "
        f"Request specified {iterator_type} and {what}."
    )
