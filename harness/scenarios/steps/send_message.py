"""send_message: a message arrives in a queue."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.kernel.instant import Duration
from harness.results.scenario import NO_TIME
from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class SendMessage(Step):
    """Send a message to a queue, from outside."""

    queue: Annotated[str, "the queue's name or logical id"]
    body: Annotated[Any, "a mapping or list, sent as JSON, or text"]
    attributes: Annotated[dict[str, str] | None, "message attributes, all of them strings"] = None
    delay: Annotated[Duration, "delivery delay, whole seconds"] = NO_TIME
    group: Annotated[str | None, "message group id, for a FIFO queue"] = None
    deduplication: Annotated[str | None, "deduplication id, for a FIFO queue"] = None

    @override
    def run(self, run: Run) -> None:
        """Send it."""
        name = run.queue(self.queue, self.where("queue")).name
        url = run.world.call("sqs", "GetQueueUrl", {"QueueName": name})["QueueUrl"]
        body = self.body if isinstance(self.body, str) else json.dumps(self.body)
        parameters: dict[str, Any] = {"QueueUrl": url, "MessageBody": body}
        if self.attributes:
            parameters["MessageAttributes"] = {
                attribute: {"DataType": "String", "StringValue": value}
                for attribute, value in self.attributes.items()
            }
        if self.delay:
            parameters["DelaySeconds"] = self.delay // 1_000_000
        if self.group is not None:
            parameters["MessageGroupId"] = self.group
        if self.deduplication is not None:
            parameters["MessageDeduplicationId"] = self.deduplication
        run.world.call("sqs", "SendMessage", parameters)
