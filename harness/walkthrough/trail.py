"""Trail: which entries of a run are about one fan.

An object, a record or an item is about the fan that it mentions.  What counts or announces does
not mention anybody any more: a message is about the fan if an invocation sent it that was.
"""

import csv
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from harness.kernel.journal import Entry
from harness.walkthrough.decoding import S3, SQS, Mention, Part, decoded, parts_of
from harness.walkthrough.recorder import Recording
from harness.world.caller import OUTSIDE

_GZIP = 31


@dataclass(frozen=True, slots=True)
class Source:
    """An object from outside that mentions the fan."""

    entry: Entry
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Handling:
    """An invocation that dealt with the fan."""

    entry: Entry
    parts: tuple[Part, ...]
    """The members of its event that are about the fan."""
    part_count: int
    """How many members the event has."""
    effects: tuple[Entry, ...]
    """What it did."""
    ended: Entry | None


@dataclass(slots=True)
class Trail:
    """All that is about one fan, in order."""

    mention: Mention
    sources: list[Source] = field(default_factory=list)
    handlings: list[Handling] = field(default_factory=list)


def follow(recording: Recording, name: str) -> Trail:
    """Return the trail of *name* through the run."""
    mention = Mention(name)
    trail = Trail(mention)
    effects, ends = _by_invocation(recording)
    origins: set[int] = set()
    message_ids: set[str] = set()
    for entry in recording.world.journal:
        if entry.kind == "object" and entry.actor == OUTSIDE:
            rows = tuple(_rows(recording, entry, mention))
            if rows:
                trail.sources.append(Source(entry, rows))
                origins.add(entry.index)
        elif entry.kind == "invocation":
            parts = tuple(parts_of(recording.event(entry.index)))
            about = tuple(
                part for part in parts if _is_about(part, entry, mention, origins, message_ids)
            )
            if not about:
                continue
            origins.add(entry.index)
            done = tuple(effects.get(entry.index, ()))
            message_ids |= {each.details["message_id"] for each in done if each.kind == "message"}
            trail.handlings.append(Handling(entry, about, len(parts), done, ends.get(entry.index)))
    return trail


def records_about(
    recording: Recording, entry: Entry, mention: Mention
) -> list[tuple[str, str, Any]]:
    """Return shard, sequence number and content of the records of a put that mention the fan."""
    stream_name, _, shard_id = entry.subject.rpartition("/")
    shard = recording.world.kinesis.streams[stream_name].shards[shard_id]
    first, last = int(entry.details["first"]), int(entry.details["last"])
    found = []
    for record in shard.read(shard.trim_horizon, shard.end):
        if first <= int(record.sequence_number) <= last:
            content = decoded(record.data)
            if mention.is_in(content):
                found.append((shard_id, record.sequence_number, content))
    return found


def _is_about(
    part: Part, entry: Entry, mention: Mention, origins: set[int], message_ids: set[str]
) -> bool:
    if part.source == S3:
        return entry.cause in origins
    if part.source == SQS and part.label in message_ids:
        return True
    return mention.is_in(part.content)


def _by_invocation(recording: Recording) -> tuple[dict[int, list[Entry]], dict[int, Entry]]:
    """Return what each invocation did, and how it ended."""
    effects: dict[int, list[Entry]] = {}
    ends: dict[int, Entry] = {}
    for entry in recording.world.journal:
        if entry.cause is None:
            continue
        if entry.kind in ("returned", "failed"):
            ends[entry.cause] = entry
        elif recording.world.journal[entry.cause].kind == "invocation":
            effects.setdefault(entry.cause, []).append(entry)
    return effects, ends


def _rows(recording: Recording, entry: Entry, mention: Mention) -> Iterator[dict[str, str]]:
    """Yield the rows of an object that mention the fan, by column."""
    bucket_name, _, object_key = entry.subject.partition("/")
    version = recording.world.s3.buckets[bucket_name].objects.get(object_key)
    if version is None:
        return
    content = version.read()
    if object_key.endswith(".gz"):
        content = zlib.decompress(content, wbits=_GZIP)
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))
    for row in reader:
        if any(mention.is_in(cell) for cell in row.values()):
            yield {str(name): str(cell) for name, cell in row.items() if cell}
