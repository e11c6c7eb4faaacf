"""Which records have become too old to be processed."""

from collections.abc import Callable, Sequence
from typing import Any

from harness.kernel.instant import Duration, Instant


def expired_count(
    records: Sequence[Any],
    instant_of: Callable[[Any], Instant],
    *,
    now: Instant,
    maximum_record_age: Duration | None,
) -> int:
    """Return how many records at the head are older than *maximum_record_age*.

    Only the head counts: a shard is ordered, so what follows a record that is young enough is
    young enough too.
    """
    if maximum_record_age is None:
        return 0
    horizon = now - maximum_record_age
    for index, record in enumerate(records):
        if instant_of(record) >= horizon:
            return index
    return len(records)
