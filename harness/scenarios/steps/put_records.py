"""put_records: records arrive on a stream."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode, Sequence
from harness.scenarios.payload import generate
from harness.scenarios.run import Run
from harness.scenarios.shapes.written import Written
from harness.scenarios.steps.step import Step

_SOURCES = ("records", "rows", "generated")
_BATCH = 500
"""PutRecords takes no more at once."""


@dataclass(frozen=True, slots=True)
class StreamRecord(Written):
    """One record."""

    partition_key: Annotated[str, "decides the shard"]
    data: Annotated[Any, "a mapping, sent as JSON, or text"]


@dataclass(frozen=True, slots=True)
class PutRecords(Step):
    """Put records on a Kinesis stream, from outside, in batches of up to 500."""

    stream: Annotated[str, "the stream's name or logical id"]
    records: Annotated[list[StreamRecord] | None, "the records, in order"] = None
    rows: Annotated[
        list[dict[str, Any]] | None, "the data of the records, each a mapping that is sent as JSON"
    ] = None
    partition_key: Annotated[str | None, "of rows: the key whose value decides the shard"] = None
    generated: Annotated[
        str | None, "a name under `given: generated` that makes `{partition_key, data}` mappings"
    ] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse none and more than one source, and rows without their partition key."""
        given = [name for name in _SOURCES if getattr(self, name) is not None]
        if not given:
            return self.node, "the records are missing; give one of records, rows, generated"
        if len(given) > 1:
            return self.key_of(given[1]), f"the records are given twice: {' and '.join(given)}"
        if self.rows is None:
            return self._needless_partition_key()
        if self.partition_key is None:
            text = "rows need a partition_key: which of their keys decides the shard?"
            return self.key_of("rows"), text
        return self._row_without_partition_key()

    @override
    def run(self, run: Run) -> None:
        """Put them."""
        name = run.stream(self.stream, self.where("stream")).name
        for batch in _batches(list(self._entries(run))):
            answer = run.world.call(
                "kinesis", "PutRecords", {"StreamName": name, "Records": batch}
            )
            if answer["FailedRecordCount"]:
                failed = next(each for each in answer["Records"] if "ErrorCode" in each)
                text = f"{answer['FailedRecordCount']} records were refused: {failed['ErrorCode']}"
                raise run.broken(self.node, text)

    def _needless_partition_key(self) -> tuple[AnyNode, str] | None:
        if self.partition_key is None:
            return None
        return self.key_of("partition_key"), "partition_key goes with rows; records have their own"

    def _row_without_partition_key(self) -> tuple[AnyNode, str] | None:
        name = self.partition_key
        written = self.where("rows")
        for position, row in enumerate(self.rows or ()):
            if row.get(str(name)) in (None, ""):
                place = written.items[position] if isinstance(written, Sequence) else written
                return place, f"the row has no value for its partition_key {name!r}"
        return None

    def _entries(self, run: Run) -> Iterator[dict[str, Any]]:
        if self.generated is not None:
            for made in generate(self.generated, self.where("generated"), run):
                yield _entry(str(made["partition_key"]), made["data"])
            return
        for row in self.rows or ():
            yield _entry(str(row[str(self.partition_key)]), row)
        for record in self.records or ():
            yield _entry(record.partition_key, record.data)


def _entry(partition_key: str, data: Any) -> dict[str, Any]:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return {"PartitionKey": partition_key, "Data": text.encode()}


def _batches(entries: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(entries), _BATCH):
        yield entries[start : start + _BATCH]
