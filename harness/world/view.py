"""A view of a world as plain data: what invariants and reports look at."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from harness.kernel.journal import Entry, Journal
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.storeditems import StoredItem, StoredItems, pack
from harness.services.kinesis.record import Record
from harness.world.assembly import Assembly
from harness.world.caller import OUTSIDE
from harness.world.plainitem import plain_item


@dataclass(frozen=True, slots=True)
class ViewedRecord:
    """One record that a Kinesis stream took, and who put it."""

    shard_id: str
    sequence_number: str
    data: bytes
    actor: str


class ViewedItems(Collection[Mapping[str, Any]]):
    """The items of a table as they were, in plain values: made anew for each look.

    A million items in plain values would take many times what they take at rest.
    """

    __slots__ = ("_stored",)

    def __init__(self, items: Mapping[PrimaryKey, Item]) -> None:
        if isinstance(items, StoredItems):
            self._stored = tuple(items.stored.values())
        else:  # those of a backend that is elsewhere
            self._stored = tuple(StoredItem(pack(item)) for item in items.values())

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return (plain_item(stored.item) for stored in self._stored)

    def __len__(self) -> int:
        return len(self._stored)

    def __contains__(self, item: object) -> bool:
        return any(item == each for each in self)


class ViewedRecords(Sequence[ViewedRecord]):
    """The records of a stream as they were: each made anew for each look."""

    __slots__ = ("_found",)

    def __init__(self, found: Sequence[tuple[str, Record, str]]) -> None:
        self._found = found

    @overload
    def __getitem__(self, index: int) -> ViewedRecord: ...
    @overload
    def __getitem__(self, index: slice) -> "ViewedRecords": ...
    def __getitem__(self, index: int | slice) -> "ViewedRecord | ViewedRecords":
        if isinstance(index, slice):
            return ViewedRecords(self._found[index])
        shard_id, record, actor = self._found[index]
        return ViewedRecord(shard_id, record.sequence_number, record.data, actor)

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class View:
    """Everything that can be seen of a world at one instant.

    Each is itself and can be referred to weakly, so that checkers may remember what they made of
    it.
    """

    tables: Mapping[str, Collection[Mapping[str, Any]]]
    partners: Mapping[str, Mapping[str, Any]]
    journal: Sequence[Entry]
    results: Mapping[str, Sequence[Any]]
    """Logical id of a function -> what its invocations returned, in order."""
    environments: Mapping[str, Sequence[tuple[int, Mapping[str, str]]]]
    """Logical id of a function -> its variables, and since which instant it had them, in order."""
    inputs: Iterable[tuple[str, str, Iterable[bytes]]]
    """The objects that were put from outside: bucket, key, and content in chunks."""
    stream_records: Mapping[str, Sequence[ViewedRecord]]
    dead_letters: Mapping[str, Sequence[str]]
    """Name of a dead-letter queue or on-failure destination -> the bodies that lie there."""
    secrets: Sequence[str]


def view_of(assembly: Assembly) -> View:
    """Return the world as it is now."""
    return View(
        tables={
            table.name: ViewedItems(assembly.dynamodb.tables[table.name].items)
            for table in assembly.topology.tables
        },
        partners={name: partner.view() for name, partner in assembly.partners.items()},
        journal=list(assembly.journal),
        results=_results(assembly.journal),
        environments={
            function_id: tuple(deployed) for function_id, deployed in assembly.environments.items()
        },
        inputs=list(_inputs(assembly)),
        stream_records={
            stream.name: _records(assembly, stream.name) for stream in assembly.topology.streams
        },
        dead_letters={
            name: [
                message.body
                for message in assembly.sqs.queues[name].messages(assembly.scheduler.now)
            ]
            for name in _dead_letter_queues(assembly)
        },
        secrets=assembly.topology.secrets,
    )


def _results(journal: Journal) -> dict[str, list[Any]]:
    results: dict[str, list[Any]] = {}
    for entry in journal.of_kind("returned"):
        results.setdefault(entry.subject, []).append(entry.details["payload"])
    return results


def _inputs(assembly: Assembly) -> Iterator[tuple[str, str, Iterable[bytes]]]:
    """Return every object that was put from outside, each of its versions once."""
    for bucket_name, bucket in assembly.s3.buckets.items():
        written = {
            entry.subject
            for entry in assembly.journal.of_kind("object")
            if entry.actor == OUTSIDE and entry.subject.startswith(f"{bucket_name}/")
        }
        for object_key in bucket.version_keys():
            if f"{bucket_name}/{object_key}" not in written:
                continue
            for version in reversed(bucket.versions(object_key)):
                if version.content is not None:
                    yield bucket_name, object_key, _Chunks(version)


class _Chunks:
    """The content of an object, to be read as often as one likes."""

    def __init__(self, version: Any) -> None:
        self._version = version

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._version.content.chunks(0, self._version.size))


def _records(assembly: Assembly, stream_name: str) -> ViewedRecords:
    """Return every record that is still in the stream, with the name of who put it."""
    found: list[tuple[str, Record, str]] = []
    for shard in assembly.kinesis.streams[stream_name].shards.values():
        puts = [
            (int(entry.details["last"]), entry.actor)
            for entry in assembly.journal.of_kind("records")
            if entry.subject == f"{stream_name}/{shard.shard_id}"
        ]
        position = 0
        for record in shard.read(shard.trim_horizon, shard.end):
            number = int(record.sequence_number)
            while position < len(puts) and puts[position][0] < number:
                position += 1
            actor = puts[position][1] if position < len(puts) else OUTSIDE
            found.append((shard.shard_id, record, actor))
    return ViewedRecords(found)


def _dead_letter_queues(assembly: Assembly) -> list[str]:
    """Return the queues to which something is redriven or sent on failure."""
    topology = assembly.topology
    arns = {
        destination.arn
        for destination in (
            *(mapping.on_failure for mapping in topology.mappings),
            *(function.asynchronous.on_failure for function in topology.functions),
            *(function.asynchronous.dead_letter for function in topology.functions),
        )
        if destination is not None and destination.kind == "sqs"
    }
    for queue in topology.queues:
        if queue.redrive is not None:
            arns.add(queue.redrive[0])
    return [queue.name for queue in topology.queues if queue.arn in arns]
