"""Gathering: the records of a lane that are not part of a batch yet, and when they become one."""

from collections.abc import Sequence
from typing import Any

from harness.kernel.instant import Instant
from harness.kernel.scheduler import Timer
from harness.mappings.batching import EVENT_BYTES_MAX, cut_options, encoded_size, is_due
from harness.mappings.laneowner import LaneOwner
from harness.mappings.segment import Segment
from harness.mappings.tumbling import Windowing


class Gathering:
    """Collects records until a batch of them is due.

    The batching window opens with the first record, or when the invocation before it ends if
    records are waiting by then.
    """

    __slots__ = ("_opened", "_owner", "_timer", "positions", "records", "windowing")

    def __init__(self, owner: LaneOwner) -> None:
        self._owner = owner
        self.records: list[Any] = []
        self.positions: list[int] = []
        length = owner.mapping.tumbling_window
        self.windowing = Windowing(length) if length else None
        """The tumbling windows, if the mapping has any."""
        self._opened: Instant | None = None
        self._timer: Timer | None = None

    def add(self, records: Sequence[Any], positions: Sequence[int]) -> None:
        """Take in records, in order."""
        self.records.extend(records)
        self.positions.extend(positions)

    def take(self) -> Segment | None:
        """Return the gathered records as a batch, if they are due."""
        if self.windowing is not None and self._is_window_over(self.windowing):
            self._cancel_timer()
            return Segment((), (), is_final=True)
        mapping, now = self._owner.mapping, self._owner.machinery.scheduler.now
        if self._opened is None and self.records:
            self._opened = now
        window, is_full = mapping.batching_window, len(self.records) >= mapping.batch_size
        if not is_due(
            count=len(self.records),
            batch_size=mapping.batch_size,
            event_bytes=self._event_bytes() if window and not is_full else 0,
            opened=self._opened,
            batching_window=window,
            now=now,
        ):
            self._set_timer(now)
            return None
        self._cancel_timer()
        self._opened = None
        count = min(len(self.records), mapping.batch_size)
        if self.windowing is not None:
            head = self.records[:count]
            count = self.windowing.admit(head, self._owner.kind.instant_of)
        options = cut_options(count)
        count = options[self._owner.machinery.chooser.choose("mapping.cut", len(options))]
        return self._split_off(count)

    def _split_off(self, count: int) -> Segment:
        """Return the first *count* gathered records as a segment."""
        if count == len(self.records):
            segment = Segment(self.records, self.positions)
            self.records, self.positions = [], []
            return segment
        segment = Segment(self.records[:count], self.positions[:count])
        del self.records[:count], self.positions[:count]
        return segment

    def _event_bytes(self) -> int:
        """Return the size of the gathered records in an event: bounded, or exact near the limit."""
        kind = self._owner.kind
        bound = kind.event_size_bound(self.records)
        if bound < EVENT_BYTES_MAX:
            return bound
        return encoded_size(kind.event_records(self.records, self._owner.shard.shard_id))

    def _is_window_over(self, windowing: Windowing) -> bool:
        owner = self._owner
        if windowing.window is None:
            return False
        if self.records:
            next_instant: Instant | None = owner.kind.instant_of(self.records[0])
        elif owner.renews_lanes:
            # What comes next is read by other lanes, with windows of their own.
            next_instant = None
        else:
            next_instant = owner.next_unread_instant()
        return windowing.is_over(
            now=owner.machinery.scheduler.now,
            next_instant=next_instant,
            is_drained=next_instant is None and (owner.shard.is_closed or owner.renews_lanes),
        )

    def _set_timer(self, now: Instant) -> None:
        """Come back when the batching window, or else the tumbling window, is over."""
        if self._timer is not None:
            return
        if self._opened is not None:
            due = Instant(self._opened + self._owner.mapping.batching_window)
            self._timer = self._owner.machinery.scheduler.at(
                due, self._on_timer, "batching window"
            )
        elif self.windowing is not None and self.windowing.window is not None:
            due = self.windowing.window.end
            if due > now:
                self._timer = self._owner.machinery.scheduler.at(
                    due, self._on_timer, "tumbling window"
                )

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._owner.machinery.scheduler.cancel(self._timer)
            self._timer = None

    def _on_timer(self) -> None:
        self._timer = None
        self._owner.poll_now()
