"""The bench with the engines themselves: a Kinesis stream and queues that mappings listen to."""

import json
from typing import Any

from harness.kernel.chooser import CalmChooser, Chooser
from harness.kernel.instant import Duration
from harness.mappings.eventsources import EventSources
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.identity import Identity
from harness.services.base.service import Surroundings
from harness.services.kinesis.changes import RecordsPut, ShardsChanged
from harness.services.kinesis.service import Kinesis
from harness.services.sqs.changes import (
    MessageDeleted,
    MessageMoved,
    MessageReturned,
    MessageSent,
)
from harness.services.sqs.queue import Queue
from harness.services.sqs.service import SQS
from harness.tests.mappings.standins import Bench


class EngineBench(Bench):
    """Kinesis and SQS, joined to event source mappings by the change feed, as in a world."""

    def __init__(self, chooser: Chooser | None = None) -> None:
        super().__init__(chooser)
        changes = ChangeFeed()
        surroundings = Surroundings(
            self.identifiers, changes, Identity(), chooser or CalmChooser()
        )
        self.kinesis_engine = Kinesis(surroundings)
        self.sqs_engine = SQS(surroundings)
        self.sources = EventSources(self.machinery)
        changes.subscribe(RecordsPut, self.sources.records_put)
        changes.subscribe(ShardsChanged, self.sources.shards_changed)
        changes.subscribe(MessageSent, self.sources.message_available)
        changes.subscribe(MessageReturned, self.sources.message_available)
        changes.subscribe(MessageMoved, self.sources.message_moved)
        changes.subscribe(MessageDeleted, self.sources.message_deleted)

    def call(self, operation: str, **parameters: Any) -> Any:
        """Call an operation of the one engine or the other."""
        for engine in (self.kinesis_engine, self.sqs_engine):
            action: Any = engine.operations.get(operation)
            if action is not None:
                return action(engine, parameters, self.scheduler.now)
        raise AssertionError(f"no engine knows {operation}")


class EngineQueue:
    """A queue of SQS with a dead-letter queue, as a test of a mapping feeds and looks at it."""

    def __init__(self, bench: EngineBench, name: str, receives: int | None) -> None:
        self.name = name
        self._bench = bench
        kind = {"FifoQueue": "true"} if name.endswith(".fifo") else {}
        bench.call("CreateQueue", QueueName=f"dead-{name}", Attributes=kind)
        self._dead: Queue = bench.sqs_engine.queues[f"dead-{name}"]
        policy = {"deadLetterTargetArn": self._dead.arn, "maxReceiveCount": receives}
        redrive = {} if receives is None else {"RedrivePolicy": json.dumps(policy)}
        self.url: str = bench.call("CreateQueue", QueueName=name, Attributes=kind | redrive)[
            "QueueUrl"
        ]
        self.queue: Queue = bench.sqs_engine.queues[name]

    @property
    def bodies(self) -> list[str]:
        """What lies in the queue, hidden or not."""
        return [message.body for message in self.queue.messages(self._bench.scheduler.now)]

    @property
    def dead(self) -> list[str]:
        """What lies in the dead-letter queue."""
        return [message.body for message in self._dead.messages(self._bench.scheduler.now)]

    def send(self, body: str, *, group_id: str | None, delay: Duration | None) -> None:
        """Send a message."""
        message: dict[str, Any] = {"QueueUrl": self.url, "MessageBody": body}
        if group_id is not None:
            deduplication_id = "".join(filter(str.isalnum, body))
            message |= {"MessageGroupId": group_id, "MessageDeduplicationId": deduplication_id}
        elif delay:
            message["DelaySeconds"] = delay // 1_000_000
        self._bench.call("SendMessage", **message)
