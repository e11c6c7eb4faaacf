"""queue: the messages in a queue."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.matchers.expected import PartList, Whole
from harness.scenarios.matchers.unordered import Unordered
from harness.scenarios.run import Run


@dataclass(frozen=True, slots=True)
class Queue(Expectation):
    """The messages that are in a queue: waiting, delayed or in flight.

    A message has `body` (parsed where it is JSON), `attributes` and `receive_count`.
    """

    name: Annotated[str, "the queue's name or logical id"]
    messages: Annotated[PartList | None, "all messages, in any order"] = None
    count: Annotated[Whole | None, "how many messages there are, in flight or not"] = None
    in_flight: Annotated[Whole | None, "how many of them are received and not deleted"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse an expectation of nothing."""
        if self.messages is None and self.count is None and self.in_flight is None:
            return self.node, "give messages, count or in_flight"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Look into the queue without receiving."""
        name = run.queue(self.name, self.where("name")).name
        messages = run.world.sqs.queues[name].messages(run.world.now)
        what = f"messages in {self.name}"
        if self.messages is not None:
            shown = [_view(message) for message in messages]
            yield Observation(Unordered(self.messages.node, self.messages), shown, what, name)
        if self.count is not None:
            yield Observation(self.count, len(messages), f"number of {what}", name)
        if self.in_flight is not None:
            hidden = sum(message.state.name == "IN_FLIGHT" for message in messages)
            yield Observation(self.in_flight, hidden, f"number of {what} in flight", name)


def _view(message: Any) -> dict[str, Any]:
    view: dict[str, Any] = {"body": parsed(message.body)}
    attributes = {
        name: attribute.get("StringValue", attribute.get("BinaryValue"))
        for name, attribute in message.message_attributes.items()
    }
    if attributes:
        view["attributes"] = attributes
    view["receive_count"] = message.receive_count
    return view


def parsed(text: str) -> Any:
    """Return the mapping or list that *text* is JSON for, else the text itself."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
