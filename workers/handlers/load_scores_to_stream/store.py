"""What loadScoresToStream asks of AWS."""

import time
from collections.abc import Iterator

from workers.clients.aws import CALL_SECONDS
from workers.clients.putrecords import BATCH_RECORDS_MAX, Entry, batches, put_batch
from workers.handlers.load_scores_to_stream.rules import seconds_ahead
from workers.handlers.load_scores_to_stream.shapes import Tally
from workers.pipeline.invocation import Invocation
from workers.pipeline.parts import HAND_ON_SECONDS, next_group
from workers.pipeline.reporting import reports_seconds

PlacedEntry = tuple[int, Entry | None]
"""The line number of a row, and the record that it becomes, if it becomes one."""


def put_entries(
    invocation: Invocation, entries: Iterator[PlacedEntry], tally: Tally, *, place: int
) -> int | None:
    """Put *entries* on scoresStream in full batches; what is not taken is counted as failed.

    Return None at their end.  What there is no time for is not read: then return the place of the last
    row that was, *place* if none was.
    """
    rate = invocation.settings.put_records_per_second
    started = time.monotonic()
    put = 0

    def ahead() -> float:
        return seconds_ahead(put, time.monotonic() - started, rate)

    while invocation.is_early_enough_for(ahead() + _seconds_to_end(tally)):
        group, reached = next_group(entries, BATCH_RECORDS_MAX)
        if (pause := ahead()) > 0:
            time.sleep(pause)
        _put(invocation, group, tally)
        put += len(group)
        if reached is None:
            return None
        place = reached
    return place


def _seconds_to_end(tally: Tally) -> float:
    """Return how long a batch may take, the messages after it, and handing on."""
    return CALL_SECONDS + reports_seconds(len(tally.campaigns)) + HAND_ON_SECONDS


def _put(invocation: Invocation, entries: list[Entry], tally: Tally) -> None:
    settings = invocation.settings
    for batch in batches(entries):
        missing = put_batch(
            invocation.services.aws.kinesis,
            settings.scores_stream,
            batch,
            invocation.problems,
            attempts=settings.max_retry_count + 1,
        )
        tally.failed += len(missing)
        tally.out += len(batch) - len(missing)
