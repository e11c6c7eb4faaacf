"""A segment: records of one shard that are delivered, retried and split together."""

from collections.abc import Sequence
from typing import Any


class Segment:
    """What one lane has under way.

    *attempts* counts the failed invocations that used up the retry quota since the checkpoint
    last moved; *throttles* those that never ran.
    """

    __slots__ = (
        "attempts",
        "function_error",
        "is_final",
        "is_repeat",
        "positions",
        "records",
        "request_id",
        "throttles",
    )

    def __init__(
        self, records: Sequence[Any], positions: Sequence[int], *, is_final: bool = False
    ) -> None:
        self.records = records
        self.positions = positions
        self.attempts = 0
        self.throttles = 0
        self.is_final = is_final
        """Whether this closes a tumbling window, and so carries no records."""
        self.is_repeat = False
        """Whether the segment has succeeded before and is delivered once more."""
        self.request_id: str | None = None
        """The last invocation that was tried with it."""
        self.function_error: str | None = None
        """``Unhandled`` when the last failure was the function's, None when it was reported."""

    def __len__(self) -> int:
        return len(self.records)

    def part(self, start: int, end: int | None = None) -> "Segment":
        """Return the records from index *start* up to *end*, with a quota of their own."""
        part = Segment(self.records[start:end], self.positions[start:end])
        part.request_id = self.request_id
        part.function_error = self.function_error
        return part
