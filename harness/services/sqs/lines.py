"""The order in which visible messages are handed out: a standard queue's and a FIFO queue's.

A line hears of every change of a message's state and offers candidates.  Nothing here looks at
more messages than it hands out.
"""

from collections import OrderedDict
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import islice
from typing import Protocol

from harness.kernel.chooser import Chooser
from harness.services.sqs.message import Message, State

_WINDOW = 10
"""How far ahead a standard queue may reach when it does not keep to the order of sending."""


class Line(Protocol):
    """Who comes next."""

    def turned(self, message: Message, before: State | None) -> None:
        """Note that *message* has a new state; *before* is None for one that was just sent."""
        ...

    def has_candidates(self) -> bool:
        """Whether there is anything to offer."""
        ...

    def candidates(self, limit: int) -> Iterator[Message]:
        """Offer visible messages.

        Each one must have turned IN_FLIGHT or GONE before the next is asked for.
        """
        ...


class StandardLine:
    """By order of sending, unless the chooser reaches further ahead (``sqs.order``)."""

    def __init__(self, chooser: Chooser) -> None:
        self._chooser = chooser
        self._heap: list[tuple[int, Message]] = []

    def turned(self, message: Message, before: State | None) -> None:  # noqa: ARG002 - the protocol's shape
        """Queue up a message that became visible; others drop out when they are reached."""
        if message.state is State.VISIBLE:
            heappush(self._heap, (message.order, message))

    def has_candidates(self) -> bool:
        """Whether a message is visible; those that are not are forgotten on the way."""
        heap = self._heap
        while heap and heap[0][1].state is not State.VISIBLE:
            heappop(heap)
        return bool(heap)

    def candidates(self, limit: int) -> Iterator[Message]:  # noqa: ARG002 - the protocol's shape
        """Offer the earliest message, or one the chooser picks out of the next ten."""
        while self.has_candidates():
            count = min(len(self._heap), _WINDOW)
            choice = self._chooser.choose("sqs.order", count) if count > 1 else 0
            if choice == 0:
                yield heappop(self._heap)[1]
                continue
            passed_over = [heappop(self._heap) for _ in range(choice)]
            chosen = heappop(self._heap) if self.has_candidates() else passed_over.pop()
            for entry in passed_over:
                heappush(self._heap, entry)
            yield chosen[1]


class _Group:
    """The messages of one message group, in order; one that is in flight blocks those behind it."""

    __slots__ = ("messages",)

    def __init__(self) -> None:
        self.messages: OrderedDict[int, Message] = OrderedDict()

    @property
    def head(self) -> Message | None:
        """The message that comes next, if the group may give one out."""
        if not self.messages:
            return None
        message = next(iter(self.messages.values()))
        return message if message.state is State.VISIBLE else None


class GroupLine:
    """FIFO: in order within each message group, and as many of one group as possible."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group] = {}
        self._heap: list[tuple[int, str]] = []
        """Groups that may give messages out, by the order of their first message."""

    def turned(self, message: Message, before: State | None) -> None:
        """Keep the group's messages in order; a group that is free queues up."""
        group_id = message.group_id or ""
        group = self._groups.get(group_id)
        if group is None:
            group = self._groups[group_id] = _Group()
        if before is None:
            group.messages[message.order] = message
        if message.state is State.GONE:
            del group.messages[message.order]
            if not group.messages:
                del self._groups[group_id]
                return
        head = group.head
        if head is not None and (head is message or message.state is State.GONE):
            heappush(self._heap, (head.order, group_id))

    def has_candidates(self) -> bool:
        """Whether a group may give a message out; groups that may not are forgotten on the way."""
        heap = self._heap
        while heap:
            order, group_id = heap[0]
            group = self._groups.get(group_id)
            head = group.head if group is not None else None
            if head is not None and head.order == order:
                return True
            heappop(heap)
        return False

    def candidates(self, limit: int) -> Iterator[Message]:
        """Offer the messages of one free group after the other."""
        while self.has_candidates():
            group = self._groups[heappop(self._heap)[1]]
            for message in list(islice(group.messages.values(), limit)):
                if message.state is not State.VISIBLE:
                    break
                yield message
