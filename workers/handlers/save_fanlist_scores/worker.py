"""saveFanlistScores: the same work for a batch of the stream and for a file in the bucket."""

from collections.abc import Iterator, Mapping
from typing import Any

from workers.clients.aws import AWS_ERRORS, error_code
from workers.clients.objects import SupersededError, open_object
from workers.domain.refusals import Refusals
from workers.errors import RetryableError
from workers.events.kinesis import ScoreBatch, is_kinesis, score_batch
from workers.events.objecttext import CORRUPT_GZIP, open_text
from workers.events.s3 import CreatedObject, ObjectBatch, object_batch
from workers.events.scoredfile import PlacedRecord, scored_records
from workers.handlers.save_fanlist_scores.rules import is_fan_list_file
from workers.handlers.save_fanlist_scores.saving import SAVE_SECONDS, ask_for_reports, save
from workers.handlers.save_fanlist_scores.shapes import Tally
from workers.pipeline.invocation import Invocation, Response
from workers.pipeline.parts import HAND_ON_SECONDS, end_part, next_group, work_through
from workers.pipeline.reporting import reports_seconds

_FILE_BATCH_RECORDS = 500
"""Rows of a file that are saved together: what one PutRecords takes."""
_PORTION_SECONDS = 60
"""Many times what 500 writes take, and a look-up for each of some hundred campaigns."""


def fan_list_batch(event: Mapping[str, Any]) -> ScoreBatch | ObjectBatch:
    """Return the records or the objects that *event* brings."""
    return score_batch(event) if is_kinesis(event) else object_batch(event)


def save_fanlist_scores(invocation: Invocation) -> Response:
    """Save the batch or the files of the event."""
    if isinstance(invocation.batch, ScoreBatch):
        return _save_batch(invocation, invocation.batch)
    return _save_files(invocation, invocation.batch)


def _save_batch(invocation: Invocation, batch: ScoreBatch) -> Response:
    tally = Tally(invalid=len(batch.malformed))
    failed = set(save(invocation, batch.records, tally))
    unasked = ask_for_reports(invocation, tally)
    invocation.failures += [
        sequence_number
        for position, sequence_number in enumerate(batch.sequence_numbers)
        if position in failed or batch.records[position].campaign_id in unasked
    ]
    if batch.malformed:
        invocation.warn("records refused", **batch.refusals().summary())
    invocation.counts = tally.counts()
    return invocation.batch_response()


def _save_files(invocation: Invocation, batch: ObjectBatch) -> Response:
    """Save files portion by portion, and hand on what there is no time for.

    Raises RetryableError, after everything else was done, when something failed: Lambda then
    repeats the whole event, and what is written already refuses to be written again.
    """
    tally = Tally()
    refusals = Refusals()
    problems: list[str] = []
    failed = 0

    def take(created: CreatedObject) -> int | None:
        nonlocal failed
        if not is_fan_list_file(created.key):
            invocation.warn("not a fan list file", correlation_id=created.correlation_id)
            return None
        records = _records(invocation, created, refusals, problems)
        place = created.after_line
        while invocation.is_early_enough_for(_seconds_to_end(invocation, tally)):
            portion, reached = next_group(records, _FILE_BATCH_RECORDS)
            failed += len(save(invocation, portion, tally))
            if reached is None:
                return None
            place = reached
        return place

    rest = work_through(batch.objects, take)
    tally.invalid += refusals.count
    if refusals.count:
        invocation.warn("rows refused", **refusals.summary())
    invocation.counts = tally.counts()
    if ask_for_reports(invocation, tally):
        problems.append("a message was not taken by the queue")
    if failed:
        problems.append(f"{failed} records were not saved")
    end_part(invocation, rest, problems)
    return dict(invocation.counts)


def _seconds_to_end(invocation: Invocation, tally: Tally) -> float:
    """Return how long a portion may take, the messages after it, and handing on.

    An entry that there is no time for fails, and with it the part.  So no portion is begun in which
    that might happen on an ordinary day.
    """
    unanswered = invocation.services.http.call_seconds + SAVE_SECONDS
    messages = reports_seconds(len(tally.campaigns))
    return _PORTION_SECONDS + unanswered + messages + HAND_ON_SECONDS


def _records(
    invocation: Invocation, created: CreatedObject, refusals: Refusals, problems: list[str]
) -> Iterator[PlacedRecord]:
    """Yield the records of a file; what ends it early is noted, and what came before is saved."""
    try:
        body = open_object(
            invocation.services.aws.s3,
            bucket=created.bucket,
            key=created.key,
            version_id=created.version_id,
            etag=created.etag,
        )
        yield from scored_records(
            open_text(body),
            refusals,
            after=created.after_line,
            correlation_id=created.correlation_id,
            traceparent=invocation.traceparent,
        )
    except SupersededError:
        invocation.info("superseded", correlation_id=created.correlation_id)
    except RetryableError as error:
        problems.append(str(error))
    except CORRUPT_GZIP as error:
        problems.append(f"the compression is damaged: {type(error).__name__}")
    except AWS_ERRORS as error:
        problems.append(f"reading broke off: {error_code(error)}")
