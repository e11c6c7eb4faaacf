"""A lane: one batch of a shard at a time, from the gathered records to the checkpoint.

A lane is *free* (nothing under way), *invoking*, or *waiting* (backing off before it tries
again).  What it has under way lies on a stack of segments, the next one on top: a split batch
is two segments, its first half above its second.  Nothing else is taken up before the stack is
empty: a batch that fails blocks its lane.
"""

from bisect import bisect_left
from functools import partial
from typing import Any

from harness.kernel.instant import Duration
from harness.mappings.batching import fitting_count
from harness.mappings.batchjournal import note_batch, note_failure
from harness.mappings.bisecting import halves
from harness.mappings.gathering import Gathering
from harness.mappings.givingup import give_up
from harness.mappings.laneowner import LaneOwner
from harness.mappings.recordage import expired_count
from harness.mappings.segment import Segment
from harness.mappings.verdict import Verdict, verdict
from harness.runtime.outcome import Outcome


class Lane:
    """Delivers the records of one lane of a shard, in order."""

    __slots__ = ("_cause", "_owner", "_stack", "gathering", "is_busy")

    def __init__(self, owner: LaneOwner) -> None:
        self._owner = owner
        self.gathering = Gathering(owner)
        self.is_busy = False
        """Whether the lane is invoking or waiting."""
        self._stack: list[Segment] = []
        self._cause: int | None = None

    # What the poller asks and gives

    @property
    def first_pending(self) -> int | None:
        """The position of the first record that is not done, or None."""
        if self._stack and self._stack[-1].positions:
            return self._stack[-1].positions[0]
        positions = self.gathering.positions
        return positions[0] if positions else None

    @property
    def has_open_window(self) -> bool:
        """Whether a tumbling window waits for its final invocation."""
        windowing = self.gathering.windowing
        return windowing is not None and windowing.window is not None

    @property
    def is_done(self) -> bool:
        """Whether nothing at all is under way, gathered or open."""
        return not (self.is_busy or self._stack or self.gathering.records or self.has_open_window)

    @property
    def room(self) -> int:
        """How many more records would make a full batch; 0 while one is under way."""
        if self.is_busy or self._stack:
            return 0
        return max(self._owner.mapping.batch_size - len(self.gathering.records), 0)

    def advance(self) -> None:
        """Invoke the function if the lane is free and a batch is due."""
        if self.is_busy or not self._owner.mapping.is_enabled:
            return
        segment = self._next_segment()
        if segment is not None:
            self._invoke(segment)

    # Taking up

    def _next_segment(self) -> Segment | None:
        """Return the segment to deliver next, or None when none is due."""
        while True:
            if not self._stack:
                taken = self.gathering.take()
                if taken is None:
                    return None
                self._stack.append(taken)
            segment = self._without_expired(self._stack[-1])
            if segment is not None:
                return segment

    def _without_expired(self, segment: Segment) -> Segment | None:
        """Return *segment* without the records that became too old, or None if none is left.

        They are given up together; what has left the stream is just gone.
        """
        owner = self._owner
        trimmed = bisect_left(segment.positions, owner.shard.trim_horizon)
        expired = expired_count(
            segment.records,
            owner.kind.instant_of,
            now=owner.machinery.scheduler.now,
            maximum_record_age=owner.mapping.maximum_record_age,
        )
        count = max(trimmed, expired)
        if not count:
            return segment
        if expired:
            give_up(owner, segment.part(0, expired), "RecordAgeExceeded", self._cause)
        if trimmed > expired:
            give_up(owner, segment.part(expired, trimmed), "RecordsTrimmed", self._cause)
        self._stack.pop()
        rest = segment.part(count) if count < len(segment) else None
        if rest is not None:
            self._stack.append(rest)
        owner.note_progress(self._cause)
        return rest

    # Invoking

    def _invoke(self, segment: Segment) -> None:
        owner = self._owner
        machinery, mapping, shard_id = owner.machinery, owner.mapping, owner.shard.shard_id
        records = segment.records
        event_records = owner.kind.event_records(records, shard_id)
        count = fitting_count(
            event_records, size_bound=partial(owner.kind.event_size_bound, records)
        )
        if count < len(records):
            segment = self._cut(segment, count)
            records = segment.records
            del event_records[count:]
        event: dict[str, Any] = {"Records": event_records}
        if self.gathering.windowing is not None:
            event = self.gathering.windowing.event(
                event_records,
                shard_id=shard_id,
                stream_arn=owner.stream.arn,
                is_final=segment.is_final,
            )
        cause = self._cause if self._cause is not None else owner.cause
        entry = note_batch(owner, segment, cause)
        self.is_busy = True
        machinery.invoker.invoke(
            mapping.function_name,
            event,
            source=mapping.logical_id,
            cause=entry,
            done=partial(self._ended, segment),
        )

    def _cut(self, segment: Segment, count: int) -> Segment:
        """Put what does not fit the event back under the rest, and return what fits."""
        self._stack.pop()
        first, second = segment.part(0, count), segment.part(count)
        first.attempts = segment.attempts
        self._stack += [second, first]
        return first

    def _ended(self, segment: Segment, outcome: Outcome) -> None:
        self.is_busy = False
        self._cause = outcome.entry
        segment.request_id = outcome.request_id
        needs_state = self.gathering.windowing is not None
        result = verdict(outcome, segment, self._owner.mapping, needs_state=needs_state)
        if result.kind == "success":
            self._succeed(segment, outcome)
        elif result.kind == "partial" and result.first_failure:
            self._succeed_in_part(segment, outcome, result)
        elif result.kind == "throttled":
            segment.throttles += 1
            self._cause = note_failure(self._owner, segment, result, self._cause)
            self._wait(segment.throttles)
        else:
            self._fail(segment, result)
        self._go_on()

    def _go_on(self) -> None:
        self.advance()
        if not self.is_busy:
            self._cause = None
            self._owner.lane_is_free()

    def _succeed(self, segment: Segment, outcome: Outcome) -> None:
        if not segment.is_repeat and self._is_repeated():
            segment.is_repeat = True
            segment.attempts = 0
            return
        self._stack.pop()
        if self.gathering.windowing is not None:
            if segment.is_final:
                self.gathering.windowing.close()
            else:
                self.gathering.windowing.keep(outcome.payload)
        self._owner.note_progress(outcome.entry)

    def _is_repeated(self) -> bool:
        """Whether the poller loses its checkpoint and delivers the batch once more."""
        return self._owner.machinery.chooser.choose("mapping.duplicate", 2) == 1

    def _succeed_in_part(self, segment: Segment, outcome: Outcome, result: Verdict) -> None:
        """Move past what succeeded; the rest starts again with a full quota."""
        self._cause = note_failure(self._owner, segment, result, self._cause)
        self._stack[-1] = rest = segment.part(result.first_failure)
        rest.function_error = None
        if self.gathering.windowing is not None:
            self.gathering.windowing.keep(outcome.payload)
        self._owner.note_progress(outcome.entry)
        self._wait(1)

    def _fail(self, segment: Segment, result: Verdict) -> None:
        mapping = self._owner.mapping
        segment.function_error = result.function_error
        self._cause = note_failure(self._owner, segment, result, self._cause)
        is_split = mapping.bisect_batch_on_function_error and result.kind == "failed"
        if is_split and len(segment) > 1:
            self._stack.pop()
            first, second = halves(segment)
            self._stack += [second, first]
            return
        segment.attempts += 1
        limit = mapping.maximum_retry_attempts
        # The end of a window suspends the shard until it has been processed, however often it fails.
        if limit is None or segment.attempts <= limit or segment.is_final:
            self._wait(segment.attempts)
            return
        self._stack.pop()
        give_up(self._owner, segment, "RetryAttemptsExhausted", self._cause)
        self._owner.note_progress(self._cause)

    def _wait(self, failure_count: int) -> None:
        machinery = self._owner.machinery
        delay: Duration = machinery.back_off.wait(failure_count)
        self.is_busy = True
        machinery.scheduler.after(delay, self._try_again, "retry of a batch")

    def _try_again(self) -> None:
        self.is_busy = False
        self._go_on()
