"""Putting checked records: which shard takes which, and what is announced."""

from collections.abc import Sequence

from harness.kernel.instant import Instant
from harness.services.base.service import Parameters
from harness.services.kinesis.changes import RecordsPut
from harness.services.kinesis.entries import Entry, rate_exceeded, require_explicit_hash_key
from harness.services.kinesis.shard import Shard
from harness.services.kinesis.stream import Stream
from harness.services.kinesis.streams import Streams

THROTTLED = "ProvisionedThroughputExceededException"

_MEMBERS_WITHOUT_HASH_KEY = 2
"""A record with more members than data and partition key has an explicit hash key."""

Put = list[tuple[Shard, list[dict[str, str]]]]
"""The shards that took records, with the answers for those records."""


def place(
    stream: Stream, requested: Sequence[Parameters], entries: list[Entry]
) -> list[int] | None:
    """Return for each entry which of the open shards takes it; None when there is only one.

    With one open shard no key needs hashing at all.
    """
    has_hash_keys = max(map(len, requested)) > _MEMBERS_WITHOUT_HASH_KEY
    if has_hash_keys:
        for index, record in enumerate(requested):
            member = f"records.{index + 1}.member.explicitHashKey"
            require_explicit_hash_key(record.get("ExplicitHashKey"), member)
    if len(stream.open_shards) == 1:
        return None
    if has_hash_keys:
        return [
            stream.place(record["PartitionKey"], record.get("ExplicitHashKey"))
            for record in requested
        ]
    return stream.place_all([partition_key for partition_key, _ in entries])


def put_all_in(
    streams: Streams, stream: Stream, entries: list[Entry], places: list[int], now: Instant
) -> list[dict[str, str]]:
    """Put every entry into its shard and return the answers in the order of the request."""
    shards = stream.open_shards
    by_shard: list[list[Entry]] = [[] for _ in shards]
    for place, entry in zip(places, entries, strict=True):
        by_shard[place].append(entry)
    answers = [
        shard.append(own, now) if own else [] for shard, own in zip(shards, by_shard, strict=True)
    ]
    announce(streams, stream, [put for put in zip(shards, answers, strict=True) if put[1]])
    following = [iter(own).__next__ for own in answers]
    return [following[place]() for place in places]


def put_within_limits(
    streams: Streams, stream: Stream, entries: list[Entry], places: list[int], now: Instant
) -> tuple[list[dict[str, str]], int]:
    """Put what the shards have room for; return all answers and how many are refusals."""
    taken: list[Entry] = []
    taken_places: list[int] = []
    results: list[dict[str, str] | None] = []
    for place, entry in zip(places, entries, strict=True):
        shard = stream.open_shards[place]
        if shard.throughput.take(len(entry[0].encode()) + len(entry[1]), now):
            taken.append(entry)
            taken_places.append(place)
            results.append(None)
        else:
            message = rate_exceeded(shard.shard_id, stream.name, streams.account_id)
            results.append({"ErrorCode": THROTTLED, "ErrorMessage": message})
    answers = iter(put_all_in(streams, stream, taken, taken_places, now))
    return [result or next(answers) for result in results], len(entries) - len(taken)


def announce(streams: Streams, stream: Stream, put: Put) -> None:
    """Tell who listens which shards have new records."""
    changes = streams.surroundings.changes
    if not changes.has_listeners(RecordsPut):
        return
    for shard, answers in put:
        changes.announce(
            RecordsPut(
                stream.name,
                shard.shard_id,
                len(answers),
                answers[0]["SequenceNumber"],
                answers[-1]["SequenceNumber"],
            )
        )
