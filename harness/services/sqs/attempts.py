"""Repeating a receive: what a FIFO queue handed out under a ReceiveRequestAttemptId.

A caller that never saw the answer asks again with the same id and gets the same messages with
the same handles, as long as nobody deleted one or changed its visibility (SQS API reference,
"ReceiveMessage").
"""

from collections import deque
from collections.abc import Sequence

from harness.kernel.instant import Duration, Instant, minutes
from harness.services.sqs.message import Message, State

INTERVAL: Duration = minutes(5)

_Seen = tuple[Message, str, Instant]
"""A message, its receipt handle and the instant until which it was hidden."""


class Attempts:
    """Remembers each attempt for five minutes."""

    def __init__(self) -> None:
        self._attempts: dict[str, tuple[Instant, list[_Seen]]] = {}
        self._ends: deque[tuple[Instant, str]] = deque()

    def remember(self, attempt_id: str, received: Sequence[Message], now: Instant) -> None:
        """Keep what was *received*; nothing is kept of an attempt that got nothing."""
        if not received:
            return
        end = Instant(now + INTERVAL)
        seen = [(message, message.receipt_handle, message.visible_at) for message in received]
        self._attempts[attempt_id] = (end, seen)
        self._ends.append((end, attempt_id))

    def find(self, attempt_id: str, now: Instant) -> list[Message]:
        """Return what the attempt received, nothing when it cannot be repeated."""
        while self._ends and self._ends[0][0] <= now:
            end, ended = self._ends.popleft()
            if ended in self._attempts and self._attempts[ended][0] == end:
                del self._attempts[ended]
        _, seen = self._attempts.get(attempt_id, (now, []))
        return [message for message, _, _ in seen] if all(map(_is_untouched, seen)) else []


def _is_untouched(seen: _Seen) -> bool:
    message, receipt_handle, visible_at = seen
    return (
        message.state is State.IN_FLIGHT
        and message.receipt_handle == receipt_handle
        and message.visible_at == visible_at
    )
