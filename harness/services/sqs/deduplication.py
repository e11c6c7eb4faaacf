"""Which messages a FIFO queue has accepted in the last five minutes."""

from collections import deque

from harness.kernel.instant import Duration, Instant, minutes
from harness.services.sqs.message import Message

INTERVAL: Duration = minutes(5)


class Deduplication:
    """Remembers a message by its deduplication id for five minutes, deleted or not."""

    def __init__(self) -> None:
        self._messages: dict[tuple[str, str], Message] = {}
        self._ends: deque[tuple[Instant, tuple[str, str]]] = deque()

    def find(self, scope: str, deduplication_id: str, now: Instant) -> Message | None:
        """Return the message that was accepted with this id less than five minutes ago."""
        while self._ends and self._ends[0][0] <= now:
            del self._messages[self._ends.popleft()[1]]
        return self._messages.get((scope, deduplication_id))

    def remember(self, scope: str, deduplication_id: str, message: Message, now: Instant) -> None:
        """Keep *message* for repeats of it to be recognised; `find` found none before."""
        identity = (scope, deduplication_id)
        self._messages[identity] = message
        self._ends.append((Instant(now + INTERVAL), identity))
