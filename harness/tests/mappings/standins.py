"""Stand-ins for what mappings work with: lists for shards and queues, a script for functions."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any

from harness.kernel.chooser import CalmChooser, Chooser
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, milliseconds, seconds
from harness.kernel.journal import Entry, Journal
from harness.kernel.scheduler import Scheduler
from harness.mappings.eventpayloads.dynamodb import dynamodb_stream_kind
from harness.mappings.eventpayloads.kinesis import kinesis_stream_kind
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.mappings.queuemapping import QueueMapping
from harness.mappings.streammapping import StreamMapping
from harness.runtime.destinations import Destinations
from harness.runtime.function import Function
from harness.runtime.outcome import Outcome, OutcomeKind

START = Instant(1_767_603_600_000_000)
"""2026-01-05T09:00:00Z."""

STREAM_ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/scores"
TABLE_STREAM_ARN = (
    "arn:aws:dynamodb:us-east-1:123456789012:table/demand/stream/2026-01-05T09:00:00.000"
)
QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:reports"


@dataclass(frozen=True)
class Record:
    """A Kinesis record."""

    sequence_number: str
    partition_key: str
    data: bytes
    arrival: Instant

    @property
    def encoded(self) -> str:
        return b64encode(self.data).decode()


@dataclass(frozen=True)
class StreamRecord:
    """A record of a table's change stream."""

    sequence_number: str
    keys: Mapping[str, Any]
    created: Instant
    event_id: str = "0" * 32
    event_name: str = "INSERT"
    old_image: Mapping[str, Any] | None = None
    new_image: Mapping[str, Any] | None = None
    size_bytes: int = 20
    user_identity: Mapping[str, str] | None = None


@dataclass
class Shard:
    """A shard that is a list."""

    shard_id: str = "shardId-000000000000"
    parent_shard_ids: tuple[str, ...] = ()
    is_closed: bool = False
    records: list[Any] = field(default_factory=list)
    trim_horizon: int = 0

    @property
    def end(self) -> int:
        return len(self.records)

    def read(self, position: int, limit: int) -> Sequence[Any]:
        start = max(position, self.trim_horizon)
        return self.records[start : start + limit]


@dataclass
class Stream:
    """A stream of such shards."""

    arn: str = STREAM_ARN
    shards: dict[str, Shard] = field(default_factory=dict)


@dataclass
class Call:
    """An invocation that the script was asked for."""

    instant: Instant
    event: Any
    request_id: str | None
    done: Callable[[Outcome], None]

    @property
    def numbers(self) -> list[str]:
        """The sequence numbers in the event."""
        return [record["kinesis"]["sequenceNumber"] for record in self.event["Records"]]

    @property
    def bodies(self) -> list[str]:
        """The bodies of the messages in the event."""
        return [record["body"] for record in self.event["Records"]]


Answer = tuple[OutcomeKind, Any]


class ScriptedInvoker:
    """Answers invocations as a function of the event says, after *duration*."""

    def __init__(self, scheduler: Scheduler, journal: Journal) -> None:
        self.functions: dict[str, Function] = {
            "worker": Function("worker", "Worker", Path(), "worker.handle")
        }
        self.calls: list[Call] = []
        self.answer: Callable[[Call], Answer] = lambda _call: ("returned", None)
        self.duration: Duration = milliseconds(10)
        self.running = 0
        self.running_max = 0
        self._scheduler = scheduler
        self._journal = journal

    def function_arn(self, function_name: str) -> str:
        return f"arn:aws:lambda:us-east-1:123456789012:function:{function_name}"

    def invoke(  # noqa: PLR0913 - the invoker's signature
        self,
        function_name: str,
        event: Any,
        *,
        source: str,
        cause: int | None,
        done: Callable[[Outcome], None],
        request_id: str | None = None,
    ) -> None:
        assert function_name in self.functions
        call = Call(self._scheduler.now, json.loads(json.dumps(event)), request_id, done)
        self.calls.append(call)
        self.running += 1
        self.running_max = max(self.running_max, self.running)
        kind, payload = self.answer(call)
        name = request_id or f"request-{len(self.calls)}"
        entry = self._journal.record(kind, actor=source, subject=function_name, cause=cause)
        self._scheduler.after(
            self.duration, lambda: self._end(call, Outcome(kind, name, payload, entry)), "end"
        )

    def _end(self, call: Call, outcome: Outcome) -> None:
        self.running -= 1
        call.done(outcome)


class RecordingService:
    """A service that writes down what is sent to it."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    @property
    def operations(self) -> Mapping[str, Callable[..., dict[str, Any]]]:
        return {
            "GetQueueUrl": lambda _service, parameters, _now: {
                "QueueUrl": "https://sqs.us-east-1.amazonaws.com/123456789012/"
                + parameters["QueueName"]
            },
            "SendMessage": self._send,
            "PutObject": self._send,
        }

    def _send(self, _service: object, parameters: dict[str, Any], _now: Instant) -> dict[str, Any]:
        self.sent.append(parameters)
        return {}


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

    def sqs_mapping(self, queue: "FakeQueue", **settings: Any) -> QueueMapping:
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

    def run(self, duration: Duration = seconds(3_600)) -> None:
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


@dataclass
class FakeMessage:
    """A message of `FakeQueue`."""

    message_id: str
    body: str
    group_id: str | None = None
    message_attributes: Mapping[str, Any] = field(default_factory=dict)
    md5_of_message_attributes: str | None = None
    receive_count: int = 0
    receipt_handle: str = ""
    visible_at: Instant = START

    @property
    def md5_of_body(self) -> str:
        return md5(self.body.encode(), usedforsecurity=False).hexdigest()

    def system_attributes(self) -> dict[str, str]:
        return {"ApproximateReceiveCount": str(self.receive_count)}


class FakeQueue:
    """A queue that is a list; a FIFO one blocks a group while one of its messages is in flight."""

    def __init__(self, bench: Bench, name: str = "reports") -> None:
        self.name = name
        self.arn = QUEUE_ARN
        self.visibility_timeout = seconds(30)
        self.messages: list[FakeMessage] = []
        self.received_with: list[Duration | None] = []
        self.listener: QueueMapping | None = None
        self.maximum_receive_count: int | None = None
        self.dead: list[str] = []
        self._bench = bench

    @property
    def bodies(self) -> list[str]:
        return [message.body for message in self.messages]

    def send(
        self, *bodies: str, group_id: str | None = None, delay: Duration | None = None
    ) -> None:
        visible_at = Instant(self._bench.scheduler.now + (delay or 0))
        for body in bodies:
            message = FakeMessage(f"id-{body}", body, group_id, visible_at=visible_at)
            self.messages.append(message)
            if self.listener is not None:
                self.listener.message_is_available(visible_at)

    def receive(
        self, now: Instant, maximum_messages: int, visibility_timeout: Duration | None = None
    ) -> list[FakeMessage]:
        assert 1 <= maximum_messages <= 10
        self.received_with.append(visibility_timeout)
        blocked = {
            message.group_id
            for message in self.messages
            if message.group_id is not None and message.visible_at > now
        }
        received: list[FakeMessage] = []
        for message in list(self.messages):
            if message.visible_at > now or message.group_id in blocked:
                continue
            if message.receive_count == self.maximum_receive_count:
                self.messages.remove(message)
                self.dead.append(message.body)
                continue
            message.receive_count += 1
            message.receipt_handle = f"{message.message_id}/{message.receive_count}"
            message.visible_at = Instant(now + (visibility_timeout or self.visibility_timeout))
            received.append(message)
            if len(received) == maximum_messages:
                break
        return received

    def delete(self, receipt_handle: str, now: Instant) -> None:
        del now
        self.messages = [each for each in self.messages if each.receipt_handle != receipt_handle]
        if self.listener is not None:
            self.listener.message_was_deleted()

    def next_visible_at(self, now: Instant) -> Instant | None:
        instants = [message.visible_at for message in self.messages]
        return Instant(max(now, min(instants))) if instants else None
