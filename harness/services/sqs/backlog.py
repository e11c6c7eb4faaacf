"""The messages of one queue and where each of them stands.

Nothing scans all messages: those that are hidden or delayed wait in a heap by the instant they
become visible, those that are visible stand in a line, and all are in a heap by age.
"""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from harness.kernel.instant import Duration, Instant
from harness.services.sqs.lines import Line
from harness.services.sqs.message import Message, State

_STALE_MAX = 1_024

_Heap = list[tuple[Instant, int, Message]]


class Backlog:
    """Messages by order of sending; *line* says who comes next."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._messages: dict[int, Message] = {}
        self._waiting: _Heap = []
        self._ages: _Heap = []
        self._counts = [0, 0, 0, 0]

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())

    def find(self, order: int) -> Message | None:
        """Return the message with this number, if it is still here."""
        return self._messages.get(order)

    def count(self, state: State) -> int:
        """Return how many messages are in *state*."""
        return self._counts[state]

    def enter(self, message: Message, visible_at: Instant, now: Instant) -> None:
        """Take in *message*, whose order is above that of all before it."""
        message.visible_at = visible_at
        message.state = State.DELAYED if visible_at > now else State.VISIBLE
        self._messages[message.order] = message
        self._counts[message.state] += 1
        heappush(self._ages, (message.sent_at, message.order, message))
        if message.state is State.DELAYED:
            heappush(self._waiting, (visible_at, message.order, message))
        self.line.turned(message, None)

    def turn(self, message: Message, state: State) -> None:
        """Change where *message* stands; one that is GONE leaves."""
        before = message.state
        self._counts[before] -= 1
        self._counts[state] += 1
        message.state = state
        if state is State.GONE:
            del self._messages[message.order]
            self._drop_stale()
        self.line.turned(message, before)

    def hide(self, message: Message, visible_at: Instant) -> None:
        """Let *message*, now in flight, come back at *visible_at*."""
        message.visible_at = visible_at
        heappush(self._waiting, (visible_at, message.order, message))

    def advance(self, now: Instant, retention_period: Duration) -> None:
        """Do what has come due: hidden messages reappear, those that are too old go."""
        waiting = self._waiting
        while waiting and waiting[0][0] <= now:
            visible_at, _, message = heappop(waiting)
            if _waits_until(message, visible_at):
                self.turn(message, State.VISIBLE)
        ages = self._ages
        while ages and ages[0][0] + retention_period <= now:
            message = heappop(ages)[2]
            if message.state is not State.GONE:
                self.turn(message, State.GONE)

    def next_change(self) -> Instant | None:
        """Return when the next hidden or delayed message becomes visible."""
        waiting = self._waiting
        while waiting and not _waits_until(waiting[0][2], waiting[0][0]):
            heappop(waiting)
        return waiting[0][0] if waiting else None

    def _drop_stale(self) -> None:
        """Rebuild the heaps once most of what they hold is gone, so that memory stays bounded."""
        bound = _STALE_MAX + 2 * len(self._messages)
        if len(self._ages) > bound:
            self._ages = [entry for entry in self._ages if entry[2].state is not State.GONE]
            heapify(self._ages)
        if len(self._waiting) > bound:
            self._waiting = [entry for entry in self._waiting if _waits_until(entry[2], entry[0])]
            heapify(self._waiting)


def _waits_until(message: Message, visible_at: Instant) -> bool:
    """Whether a heap's entry still holds: the message is hidden, and not until another instant."""
    is_hidden = message.state in (State.DELAYED, State.IN_FLIGHT)
    return is_hidden and message.visible_at == visible_at
