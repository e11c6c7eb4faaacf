"""Reading streams in moto and calling their consumers: what Lambda's pollers do, without waiting."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from harness.bench.stopwatch import Stopwatch
from harness.errors import HarnessError
from harness.kernel.instant import Instant, from_datetime
from harness.mappings.filtering import compile_filters
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.mappings.partialbatch import first_failure
from harness.mappings.source import StreamKind

ATTEMPTS_MAX = 10
_READ_MAX = 1_000
"""GetRecords of a table's stream returns no more."""

Invoke = Callable[[str, Any], Any]
"""Calls a function by name with an event, and returns its answer."""


class UndeliverableError(HarnessError):
    """A function fails at the same batch again and again."""


@dataclass(frozen=True)
class KinesisRecord:
    """A record as an event needs it, from GetRecords."""

    sequence_number: str
    partition_key: str
    data: bytes
    arrival: Instant

    @cached_property
    def encoded(self) -> str:
        """The data in base64."""
        return b64encode(self.data).decode("ascii")


@dataclass(frozen=True)
class ChangeRecord:
    """A table's change as an event needs it, from GetRecords."""

    event_id: str
    event_name: str
    sequence_number: str
    keys: Mapping[str, Any]
    old_image: Mapping[str, Any] | None
    new_image: Mapping[str, Any] | None
    created: Instant
    size_bytes: int
    user_identity: Mapping[str, str] | None
    may_hold_binary: bool = True
    """Nobody has looked."""

    def images(self) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
        """Return the new and the old image."""
        return self.new_image, self.old_image


def kinesis_record(told: Mapping[str, Any]) -> KinesisRecord:
    """Return what GetRecords of Kinesis tells of one record."""
    return KinesisRecord(
        told["SequenceNumber"],
        told["PartitionKey"],
        told["Data"],
        _instant(told["ApproximateArrivalTimestamp"]),
    )


def change_record(told: Mapping[str, Any]) -> ChangeRecord:
    """Return what GetRecords of a table's stream tells of one change."""
    change = told["dynamodb"]
    return ChangeRecord(
        told["eventID"],
        told["eventName"],
        change["SequenceNumber"],
        change["Keys"],
        change.get("OldImage"),
        change.get("NewImage"),
        _instant(change["ApproximateCreationDateTime"]),
        change["SizeBytes"],
        told.get("userIdentity"),
    )


def _instant(moment: datetime) -> Instant:
    return from_datetime(moment)


class StreamReader:
    """One mapping's way through all shards of its stream."""

    def __init__(  # noqa: PLR0913 - what a mapping consists of here
        self,
        mapping: EventSourceMapping,
        kind: StreamKind,
        *,
        client: Any,
        iterators: Mapping[str, str],
        record_from: Callable[[Mapping[str, Any]], Any],
        invoke: Invoke,
        watch: Stopwatch,
    ) -> None:
        self._mapping = mapping
        self._kind = kind
        self._client = client
        self._iterators: dict[str, str] = dict(iterators)
        """Where each shard is read on."""
        self._record_from = record_from
        self._invoke = invoke
        self._watch = watch
        self._filter = compile_filters(mapping.filters, mapping.source_kind)

    def drain(self) -> int:
        """Deliver everything there is, batch by batch, and return how many records were read."""
        return sum(self._drain_shard(shard_id) for shard_id in list(self._iterators))

    def _drain_shard(self, shard_id: str) -> int:
        count = 0
        while shard_id in self._iterators:
            told = self._client.get_records(
                ShardIterator=self._iterators[shard_id],
                Limit=min(self._mapping.batch_size, _READ_MAX),
            )
            following = told.get("NextShardIterator")
            if following is None:
                del self._iterators[shard_id]
            else:
                self._iterators[shard_id] = following
            if not told["Records"]:
                break
            count += len(told["Records"])
            self._deliver(shard_id, self._passing(shard_id, told["Records"]))
        return count

    def _passing(self, shard_id: str, told: list[Mapping[str, Any]]) -> list[Any]:
        """Return the records that the mapping's filters let through."""
        with self._watch.stopped():  # filtering is Lambda's, not moto's
            records = [self._record_from(record) for record in told]
            passes = self._filter
            if passes is None:
                return records
            view = self._kind.filter_view
            return [record for record in records if passes(view(record, shard_id))]

    def _deliver(self, shard_id: str, records: list[Any]) -> None:
        for _ in range(ATTEMPTS_MAX):
            if not records:
                return
            event = {"Records": self._kind.event_records(records, shard_id)}
            answer = self._invoke(self._mapping.function_name, event)
            failed = self._first_failure(answer, records)
            if failed is None:
                return
            records = records[failed:]
        raise UndeliverableError(f"{self._mapping.logical_id} cannot deliver its batch")

    def _first_failure(self, answer: Any, records: list[Any]) -> int | None:
        if not self._mapping.report_batch_item_failures:
            return None
        numbers = [record.sequence_number for record in records]
        return first_failure(json.loads(json.dumps(answer)), numbers)
