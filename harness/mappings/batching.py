"""When a batch is due, and how much goes into it."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.json import encode

from harness.kernel.instant import Duration, Instant

EVENT_BYTES_MAX = 6 * 1024 * 1024
"""The payload of a synchronous invocation."""

_ENVELOPE_BYTES = len('{"Records":[]}')


def is_due(  # noqa: PLR0913 - the three limits and what is held against each
    *,
    count: int,
    batch_size: int,
    event_bytes: int,
    opened: Instant | None,
    batching_window: Duration,
    now: Instant,
) -> bool:
    """Whether *count* gathered records are to be sent: enough of them, large enough, or waited for."""
    if not count:
        return False
    if count >= batch_size or event_bytes >= EVENT_BYTES_MAX or not batching_window:
        return True
    return opened is not None and now >= opened + batching_window


def fitting_count(
    event_records: Sequence[dict[str, Any]],
    *,
    size_bound: Callable[[], int],
    limit: int = EVENT_BYTES_MAX,
) -> int:
    """Return how many of *event_records*, from the first on, fit an event; always at least one.

    Nothing is measured as long as *size_bound*, an upper bound of the whole, is within *limit*.
    """
    if size_bound() <= limit:
        return len(event_records)
    size = _ENVELOPE_BYTES - 1
    for index, record in enumerate(event_records):
        # One more for the comma; the first record has none, so it was taken off above.
        size += encoded_size(record) + 1
        if size > limit and index:
            return index
    return len(event_records)


def encoded_size(value: Any) -> int:
    """Return how many bytes *value* takes as compact JSON in UTF-8."""
    return len(encode(value))


def cut_options(count: int) -> tuple[int, ...]:
    """Return the sizes a batch of *count* records may be cut to; the first is production's choice.

    A poller may hand over less than it could (it read a smaller page); a handler must not care.
    """
    if count == 1:
        return (1,)
    return tuple(dict.fromkeys((count, 1, count // 2, count - 1)))
