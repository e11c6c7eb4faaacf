"""Where moto takes records otherwise."""

from typing import Any

from harness.tests.differential.kinesisknown.asking import (
    ADJACENT,
    GUIDE,
    KINESALITE,
    REFERENCE,
    SHARD,
    asked,
    breaks,
    says,
    stream,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

HALF = 2**127
_HASH_KEYS = 2**128
_MIB = 1_048_576
_KEY_MAX = 256
_RECORDS_MAX = 500


def _puts(exchange: Exchange) -> list[dict[str, Any]]:
    """Return the records of a put, none of another call."""
    given = exchange.parameters
    several: list[dict[str, Any]] = given.get("Records", [])
    return {"PutRecord": [given], "PutRecords": several}.get(exchange.operation, [])


def _members(exchange: Exchange, name: str) -> list[str]:
    """Return what AWS calls a member of each record of a put."""
    if exchange.operation == "PutRecord":
        return [name]
    return [f"records.{place}.member.{name}" for place, _ in enumerate(_puts(exchange), 1)]


def _constraint(shown: str, member: str, most: int) -> str:
    return (
        f"1 validation error detected: Value{shown} at '{member}' failed to satisfy constraint: "
        f"Member must have length less than or equal to {most}"
    )


def _has_a_last_hash_key(exchange: Exchange) -> bool:
    """Whether theirs finds no shard for a hash key that the call names."""
    text = "'NoneType' object has no attribute 'put_record'"
    return (
        any("ExplicitHashKey" in record for record in _puts(exchange))
        and exchange.ours.is_ok
        and breaks(exchange.theirs, "AttributeError")
        and exchange.theirs.message == text
    )


def _has_too_large_a_hash_key(exchange: Exchange) -> bool:
    keys = [record.get("ExplicitHashKey", "") for record in _puts(exchange)]
    large = [key for key in keys if key.isdigit() and int(key) >= _HASH_KEYS]
    texts = [
        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
        f"Specified value was {key}"
        for key in large
    ]
    code = "InvalidArgumentException"
    return says(exchange.theirs, code, "explicit_hash_key") and any(
        says(exchange.ours, code, text) for text in texts
    )


def _has_too_many_records(exchange: Exchange) -> bool:
    count = len(_puts(exchange))
    shown = f" '[{count} records]'"
    return (
        count > _RECORDS_MAX
        and says(exchange.ours, "ValidationException", _constraint(shown, "records", _RECORDS_MAX))
        and says(exchange.theirs, "ValidationException", _constraint("", "records", _RECORDS_MAX))
    )


def _too_large(exchange: Exchange) -> list[tuple[str, str]]:
    """Return the members of a put that are too large, and how AWS shows them."""
    pairs = zip(_puts(exchange), _members(exchange, "data"), strict=True)
    return [
        (
            member,
            f" 'java.nio.HeapByteBuffer[pos=0 lim={len(record['Data'])} cap={len(record['Data'])}]'",
        )
        for record, member in pairs
        if len(record["Data"]) + len(record["PartitionKey"].encode()) > _MIB
    ]


def _takes_what_is_too_large(exchange: Exchange) -> bool:
    return (
        exchange.operation == "PutRecord"
        and exchange.theirs.is_ok
        and any(
            says(exchange.ours, "ValidationException", _constraint(shown, member, _MIB))
            for member, shown in _too_large(exchange)
        )
    )


def _shows_nothing_that_is_too_large(exchange: Exchange) -> bool:
    code = "ValidationException"
    return exchange.operation == "PutRecords" and any(
        says(exchange.ours, code, _constraint(shown, member, _MIB))
        and says(exchange.theirs, code, _constraint("", member, _MIB))
        for member, shown in _too_large(exchange)
    )


def _has_too_long_a_partition_key(exchange: Exchange) -> bool:
    pairs = zip(_puts(exchange), _members(exchange, "partitionKey"), strict=True)
    texts = [
        _constraint(f" '{record['PartitionKey']}'", member, _KEY_MAX)
        for record, member in pairs
        if len(record["PartitionKey"]) > _KEY_MAX
    ]
    return says(exchange.theirs, "InvalidArgumentException", "partition_key") and any(
        says(exchange.ours, "ValidationException", text) for text in texts
    )


def _lies_in_a_closed_shard(exchange: Exchange) -> bool:
    """Whether all that differs is that theirs put records in shards that are older than ours.

    That ours are the right ones the machine makes sure of by itself.
    """
    if not (_puts(exchange) and exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (_shards(side.output) for side in (exchange.ours, exchange.theirs))
    is_earlier = all(right <= left for left, right in zip(ours, theirs, strict=True))
    return ours != theirs and is_earlier


def _shards(output: dict[str, Any]) -> list[str]:
    return [record["ShardId"] for record in output.get("Records", [output])]


def _put_after_a_merge(peers: Peers) -> Exchange:
    asked(peers, "MergeShards", ShardToMerge=SHARD, AdjacentShardToMerge=ADJACENT)
    peers.wait(1)
    return asked(peers, "PutRecord", PartitionKey="a", Data=b"")


KNOWN: tuple[Known, ...] = (
    Known(
        "the last hash key of a shard belongs to it",
        _has_a_last_hash_key,
        stream("PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey=str(HALF - 1)),
        divergence(
            service="kinesis",
            theirs="A record whose hash key is the last of a shard ends in an AttributeError of"
            " Python.",
            ours="It lies in that shard.",
            aws="EndingHashKey is the ending hash key of the hash key range; a record with the last"
            " one of all, or one just below the next range, is put.",
            source=f"{KINESALITE}putRecord.js",
            right="ours",
        ),
    ),
    Known(
        "a hash key that is too large",
        _has_too_large_a_hash_key,
        stream("PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey=str(2**128)),
        divergence(
            service="kinesis",
            theirs="The text is the name of the parameter.",
            ours="Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1], and"
            " the value.",
            aws="InvalidArgumentException: Invalid ExplicitHashKey. ExplicitHashKey must be in the"
            " range: [0, 2^128-1]. Specified value was: and the value.",
            source=f"{KINESALITE}putRecord.js",
            right="ours",
        ),
    ),
    Known(
        "how too many records are shown",
        _has_too_many_records,
        stream("PutRecords", Records=[{"PartitionKey": "a", "Data": b""}] * 501),
        divergence(
            service="kinesis",
            theirs="The text does not show the records.",
            ours="The text shows how many there were.",
            aws="The text shows all of them: [com.amazonaws.kinesis.v20131202.PutRecordsRequestEntry@2"
            " and so on].",
            source=f"{KINESALITE}putRecords.js",
            right="neither",
        ),
    ),
    Known(
        "how large a record may be",
        _takes_what_is_too_large,
        stream("PutRecord", PartitionKey="a", Data=b"x" * 1_048_577),
        divergence(
            service="kinesis",
            theirs="PutRecord takes records over 1 MiB.",
            ours="It refuses them unless the stream is set otherwise.",
            aws="Each data record can be up to 1 MiB in size by default.",
            source=f"{REFERENCE}API_GetRecords.html",
            right="ours",
        ),
    ),
    Known(
        "how a record that is too large is shown",
        _shows_nothing_that_is_too_large,
        stream("PutRecords", Records=[{"PartitionKey": "a", "Data": b"x" * 1_048_577}]),
        divergence(
            service="kinesis",
            theirs="The text tells nothing of the record.",
            ours="The text tells how long its data is.",
            aws="Value 'java.nio.HeapByteBuffer[pos=0 lim=51201 cap=51201]' at"
            " 'records.1.member.data' failed to satisfy constraint.",
            source=f"{KINESALITE}putRecords.js",
            right="ours",
        ),
    ),
    Known(
        "how long a partition key may be",
        _has_too_long_a_partition_key,
        stream("PutRecord", PartitionKey="a" * 257, Data=b""),
        divergence(
            service="kinesis",
            theirs="InvalidArgumentException: partition_key",
            ours="A ValidationException that tells the constraint.",
            aws="A ValidationException: the value at 'partitionKey' failed to satisfy constraint:"
            " Member must have length less than or equal to 256.",
            source=f"{KINESALITE}putRecord.js",
            right="ours",
        ),
    ),
    Known(
        "new records go to the children",
        _lies_in_a_closed_shard,
        _put_after_a_merge,
        divergence(
            service="kinesis",
            theirs="Records that are put after a merge or a split lie in the parent.",
            ours="They lie in a child.",
            aws="When you reshard, data records that were flowing to the parent shards are re-routed"
            " to flow to the child shards.",
            source=f"{GUIDE}kinesis-using-sdk-java-after-resharding.html",
            right="ours",
        ),
    ),
)
