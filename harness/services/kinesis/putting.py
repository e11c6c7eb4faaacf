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

Placed = list[tuple[Shard, Entry]]
Put = list[tuple[Shard, list[dict[str, str]]]]
"""The shards that took records, with the answers for those records."""


def place(stream: Stream, requested: Sequence[Parameters], entries: list[Entry]) -> Placed | None:
    """Return each entry with its shard, or None when the only open shard takes them all."""
    for index, record in enumerate(requested):
        if "ExplicitHashKey" in record:
            member = f"records.{index + 1}.member.explicitHashKey"
            require_explicit_hash_key(record["ExplicitHashKey"], member)
    if len(stream.open_shards) == 1:
        return None
    return [
        (stream.shard_of(entry[0], record.get("ExplicitHashKey")), entry)
        for record, entry in zip(requested, entries, strict=True)
    ]


def put_all_in(
    streams: Streams, stream: Stream, placed: Placed, now: Instant
) -> list[dict[str, str]]:
    """Put every entry into its shard and return the answers in the order of the request."""
    positions: dict[int, list[int]] = {}
    for position, (shard, _) in enumerate(placed):
        positions.setdefault(shard.index, []).append(position)
    results: list[dict[str, str]] = [{}] * len(placed)
    put: Put = []
    for indices in positions.values():
        shard = placed[indices[0]][0]
        answers = shard.append([placed[index][1] for index in indices], now)
        put.append((shard, answers))
        for index, answer in zip(indices, answers, strict=True):
            results[index] = answer
    announce(streams, stream, put)
    return results


def put_within_limits(
    streams: Streams, stream: Stream, placed: Placed, now: Instant
) -> tuple[list[dict[str, str]], int]:
    """Put what the shards have room for; return all answers and how many are refusals."""
    taken: Placed = []
    results: list[dict[str, str] | None] = []
    for shard, entry in placed:
        if shard.throughput.take(len(entry[0].encode()) + len(entry[1]), now):
            taken.append((shard, entry))
            results.append(None)
        else:
            message = rate_exceeded(shard.shard_id, stream.name, streams.account_id)
            results.append({"ErrorCode": THROTTLED, "ErrorMessage": message})
    answers = iter(put_all_in(streams, stream, taken, now))
    return [result or next(answers) for result in results], len(placed) - len(taken)


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
