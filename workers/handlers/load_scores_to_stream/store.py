"""What loadScoresToStream asks of AWS."""

import time
from collections.abc import Iterable
from typing import Any

from workers.clients.putrecords import Entry, batches, put_batch
from workers.handlers.load_scores_to_stream.rules import seconds_ahead
from workers.handlers.load_scores_to_stream.shapes import Tally
from workers.settings import Settings


def put_entries(kinesis: Any, entries: Iterable[Entry], tally: Tally, settings: Settings) -> None:
    """Put *entries* on scoresStream in full batches; what is not taken is counted as failed."""
    started = time.monotonic()
    put = 0
    for batch in batches(entries):
        missing = put_batch(
            kinesis, settings.scores_stream, batch, attempts=settings.max_retry_count + 1
        )
        tally.failed += len(missing)
        tally.out += len(batch) - len(missing)
        put += len(batch)
        if settings.put_records_per_second:
            elapsed = time.monotonic() - started
            time.sleep(seconds_ahead(put, elapsed, settings.put_records_per_second))
