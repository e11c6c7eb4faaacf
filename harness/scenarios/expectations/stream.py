"""stream: the records on a stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.expectations.queue import parsed
from harness.scenarios.matchers.expected import PartList, Whole
from harness.scenarios.matchers.unordered import Unordered
from harness.scenarios.run import Run


@dataclass(frozen=True, slots=True)
class Stream(Expectation):
    """The records that are on a Kinesis stream, over all its shards.

    A record has `partition_key`, `data` (parsed where it is JSON) and `shard`.
    """

    name: Annotated[str, "the stream's name or logical id"]
    records: Annotated[PartList | None, "all records, in any order"] = None
    count: Annotated[Whole | None, "how many records there are"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse an expectation of nothing."""
        if self.records is None and self.count is None:
            return self.node, "give records, count or both"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Read every shard from its beginning."""
        name = run.stream(self.name, self.where("name")).name
        records = list(_records(run.world.kinesis.streams[name]))
        if self.records is not None:
            pattern = Unordered(self.records.node, self.records)
            yield Observation(pattern, records, f"records on {self.name}", name)
        if self.count is not None:
            what = f"number of records on {self.name}"
            yield Observation(self.count, len(records), what, name)


def _records(stream: Any) -> Iterator[dict[str, Any]]:
    for shard in stream.shards.values():
        for record in shard.read(shard.trim_horizon, shard.end - shard.trim_horizon):
            yield {
                "partition_key": record.partition_key,
                "data": parsed(record.data.decode("utf-8", "replace")),
                "shard": shard.shard_id,
            }
