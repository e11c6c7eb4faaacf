"""What loadScoresToStream asks of AWS."""

import time
from collections.abc import Iterable, Iterator

from workers.clients.aws import CALL_SECONDS
from workers.clients.putrecords import Entry, batches, put_batch
from workers.handlers.load_scores_to_stream.rules import seconds_ahead
from workers.handlers.load_scores_to_stream.shapes import Tally
from workers.pipeline.invocation import Invocation

_PUT_SECONDS = 2 * CALL_SECONDS
"""A batch and a message."""


def put_entries(invocation: Invocation, entries: Iterable[Entry], tally: Tally) -> None:
    """Put *entries* on scoresStream in full batches; what is not taken is counted as failed.

    What there is no time for is not read, and *tally* knows the problem.
    """
    settings = invocation.settings
    started = time.monotonic()
    put = 0
    for batch in _while_there_is_time(invocation, batches(entries), tally):
        missing = put_batch(
            invocation.services.aws.kinesis,
            settings.scores_stream,
            batch,
            invocation.problems,
            attempts=settings.max_retry_count + 1,
        )
        tally.failed += len(missing)
        tally.out += len(batch) - len(missing)
        put += len(batch)
        if settings.put_records_per_second:
            elapsed = time.monotonic() - started
            time.sleep(seconds_ahead(put, elapsed, settings.put_records_per_second))


def _while_there_is_time(
    invocation: Invocation, every: Iterator[list[Entry]], tally: Tally
) -> Iterator[list[Entry]]:
    """Yield *every* batch while one more can be put and the messages be sent."""
    while invocation.has_time(_PUT_SECONDS):
        batch = next(every, None)
        if batch is None:
            return
        yield batch
    tally.problems.append("time ran out before the end of a file")
