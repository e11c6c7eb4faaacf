"""Tumbling windows: fixed spans of time over which a function carries state from batch to batch.

Source: AWS Lambda developer guide, "Implementing stateful stream processing" (Kinesis, DynamoDB).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.kernel.instant import Duration, Instant, to_datetime
from harness.mappings.batching import encoded_size

STATE_BYTES_MAX = 1024 * 1024


class Window:
    """One window of one lane: the records that came from *start* up to, not including, *end*.

    Open until its final invocation; *is_early* when its state outgrew the limit.
    """

    __slots__ = ("end", "is_early", "start", "state_text")

    def __init__(self, start: Instant, length: Duration) -> None:
        self.start = start
        self.end = Instant(start + length)
        self.is_early = False
        self.state_text = "{}"
        """The state as JSON, so that no two deliveries share objects."""


class Windowing:
    """The windows of one lane, one after another; at most one is open."""

    __slots__ = ("_length", "window")

    def __init__(self, length: Duration) -> None:
        self._length = length
        self.window: Window | None = None

    def admit(self, records: Sequence[Any], instant_of: Callable[[Any], Instant]) -> int:
        """Return how many of *records* the open window takes; open one if there is none."""
        if self.window is None:
            self.window = Window(window_start(instant_of(records[0]), self._length), self._length)
        return count_within(records, self.window, instant_of)

    def is_over(self, *, now: Instant, next_instant: Instant | None, is_drained: bool) -> bool:
        """Whether the open window is to be closed now.

        *next_instant* is the instant of the next record that is not delivered yet; None when
        there is none, and *is_drained* when there never will be one.
        """
        window = self.window
        if window is None:
            return False
        if window.is_early:
            return True
        if next_instant is not None:
            return next_instant >= window.end
        return is_drained or now >= window.end

    def event(
        self,
        event_records: list[dict[str, Any]],
        *,
        shard_id: str,
        stream_arn: str,
        is_final: bool,
    ) -> dict[str, Any]:
        """Return the event of a batch in the open window, or of its final invocation."""
        window = self.window
        assert window is not None, "a batch of a tumbling mapping lies in a window"
        return {
            "Records": event_records,
            "window": {"start": window_text(window.start), "end": window_text(window.end)},
            "state": json.loads(window.state_text),
            "shardId": shard_id,
            "eventSourceARN": stream_arn,
            # After an early end the same window goes on with a fresh state, so it is not the last
            # invocation of its window (AWS's aws-lambda-java-events, KinesisTimeWindowEvent).
            "isFinalInvokeForWindow": is_final and not window.is_early,
            "isWindowTerminatedEarly": is_final and window.is_early,
        }

    def keep(self, payload: Any) -> None:
        """Keep the state that a function handed back; one that is too large ends the window."""
        state, window = returned_state(payload), self.window
        assert window is not None, "state belongs to a window"
        if state is None:
            return
        window.state_text = json.dumps(state)
        window.is_early = is_too_large(state)

    def close(self) -> None:
        """Forget the open window and its state."""
        self.window = None


def window_start(instant: Instant, length: Duration) -> Instant:
    """Return the beginning of the window that *instant* lies in."""
    return Instant(instant - instant % length)


def count_within(
    records: Sequence[Any], window: Window, instant_of: Callable[[Any], Instant]
) -> int:
    """Return how many records at the head belong to *window*."""
    for index, record in enumerate(records):
        if instant_of(record) >= window.end:
            return index
    return len(records)


def returned_state(payload: Any) -> Mapping[str, Any] | None:
    """Return the state that a function handed back, or None when it broke the contract."""
    state = payload.get("state") if isinstance(payload, Mapping) else None
    return state if isinstance(state, Mapping) else None


def is_too_large(state: Mapping[str, Any]) -> bool:
    """Whether *state* ends its window early."""
    return encoded_size(state) > STATE_BYTES_MAX


def window_text(instant: Instant) -> str:
    """Return a boundary as the event prints it, to the second."""
    return to_datetime(instant).strftime("%Y-%m-%dT%H:%M:%SZ")
