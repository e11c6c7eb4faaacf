"""The bench: everything a mapping works with, and short ways to start and feed one."""

import json
from typing import Any

from harness.kernel.chooser import CalmChooser, Chooser
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, seconds
from harness.kernel.journal import Entry, Journal
from harness.kernel.scheduler import Scheduler
from harness.mappings.eventpayloads.dynamodb import dynamodb_stream_kind
from harness.mappings.eventpayloads.kinesis import kinesis_stream_kind
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.mappings.queuemapping import QueueMapping
from harness.mappings.streammapping import StreamMapping
from harness.runtime.destinations import Destinations
from harness.tests.mappings.fakesources import (
    START,
    STREAM_ARN,
    TABLE_STREAM_ARN,
    FakeQueue,
    Record,
    Shard,
    Stream,
)
from harness.tests.mappings.scriptedinvoker import Call, RecordingService, ScriptedInvoker

_AN_HOUR = seconds(3_600)


class Choices:
    """Answers one point with a choice of its own; 0 everywhere else."""

    def __init__(self, point: str, choice: int) -> None:
        self._point = point
        self._choice = choice

    def choose(self, point: str, option_count: int) -> int:
        """Return the choice, brought into range, at the point."""
        return min(self._choice, option_count - 1) if point == self._point else 0


class Bench:
    """A scheduler, a journal, a scripted function and a mapping to test."""

    def __init__(self, chooser: Chooser | None = None) -> None:
        self.scheduler = Scheduler(START)
        self.journal = Journal(self.scheduler)
        self.identifiers = Identifiers(Entropy(0))
        self.invoker = ScriptedInvoker(self.scheduler, self.journal)
        self.sqs = RecordingService()
        self.s3 = RecordingService()
        self.destinations = Destinations(
            scheduler=self.scheduler,
            journal=self.journal,
            identifiers=self.identifiers,
            sqs=self.sqs,
            s3=self.s3,
        )
        self.machinery = Machinery(
            scheduler=self.scheduler,
            journal=self.journal,
            identifiers=self.identifiers,
            invoker=self.invoker,
            destinations=self.destinations,
            chooser=chooser or CalmChooser(),
        )
        self.stream = Stream(shards={"shardId-000000000000": Shard()})

    @property
    def calls(self) -> list[Call]:
        """The invocations so far."""
        return self.invoker.calls

    @property
    def deliveries(self) -> list[list[str]]:
        """The sequence numbers of each invocation."""
        return [call.numbers for call in self.calls]

    @property
    def times(self) -> list[float]:
        """When the invocations began, in seconds since the start."""
        return [(call.instant - START) / 1_000_000 for call in self.calls]

    @property
    def failure_records(self) -> list[dict[str, Any]]:
        """The bodies that were sent to the on-failure queue."""
        return [json.loads(message["MessageBody"]) for message in self.sqs.sent]

    def entries(self, kind: str) -> list[Entry]:
        """Return what the journal has of *kind*."""
        return list(self.journal.of_kind(kind))

    def kinesis(self, **settings: Any) -> StreamMapping:
        """Start a mapping on the Kinesis stream."""
        mapping = a_mapping("kinesis", **settings)
        kind = kinesis_stream_kind(
            stream_arn=STREAM_ARN,
            region="us-east-1",
            invoke_identity_arn="arn:aws:iam::123456789012:role/worker",
        )
        started = StreamMapping(mapping, self.machinery, kind, self.stream)
        started.start()
        return started

    def dynamodb(self, view_type: str = "NEW_AND_OLD_IMAGES", **settings: Any) -> StreamMapping:
        """Start a mapping on a table's change stream."""
        mapping = a_mapping("dynamodb", **settings)
        kind = dynamodb_stream_kind(
            stream_arn=TABLE_STREAM_ARN, region="us-east-1", view_type=view_type
        )
        started = StreamMapping(mapping, self.machinery, kind, self.stream)
        started.start()
        return started

    def sqs_mapping(self, queue: FakeQueue, **settings: Any) -> QueueMapping:
        """Start a mapping on *queue*."""
        settings = {"batch_size": 10, "source_name": queue.name} | settings
        started = QueueMapping(a_mapping("sqs", **settings), self.machinery, queue)
        queue.listener = started
        started.start()
        return started

    def put(
        self,
        mapping: StreamMapping,
        *names: str,
        shard_id: str = "shardId-000000000000",
        data: bytes = b"{}",
        partition_key: str | None = None,
    ) -> None:
        """Put records whose sequence numbers are *names*."""
        shard = self.stream.shards[shard_id]
        now = self.scheduler.now
        shard.records += [Record(name, partition_key or name, data, now) for name in names]
        mapping.shard_has_changed(shard_id)

    def queue(self, name: str = "reports") -> FakeQueue:
        """Return an empty queue."""
        return FakeQueue(self.scheduler, name)

    def run(self, duration: Duration = _AN_HOUR) -> None:
        """Run everything due within *duration*."""
        self.scheduler.run_until(Instant(self.scheduler.now + duration))


def a_mapping(source_kind: str, **settings: Any) -> EventSourceMapping:
    defaults: dict[str, Any] = {
        "logical_id": "WorkerScores",
        "function_name": "worker",
        "source_kind": source_kind,
        "source_name": "scores",
        "source_arn": STREAM_ARN,
        "batch_size": 100,
    }
    return EventSourceMapping(**(defaults | settings))
