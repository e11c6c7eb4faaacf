"""saveFanlistScores: the same work for a batch of the stream and for a file in the bucket."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from workers.clients.aws import AWS_ERRORS, error_code
from workers.clients.objects import SupersededError, open_object
from workers.domain.record import ScoreRecord
from workers.domain.refusals import Refusals
from workers.errors import RetryableError
from workers.events.kinesis import ScoreBatch, is_kinesis, score_batch
from workers.events.objecttext import CORRUPT_GZIP, open_text
from workers.events.s3 import CreatedObject, ObjectBatch, object_batch
from workers.events.scoredfile import scored_records
from workers.handlers.save_fanlist_scores.rules import is_fan_list_file
from workers.handlers.save_fanlist_scores.saving import SAVE_SECONDS, ask_for_reports, save
from workers.handlers.save_fanlist_scores.shapes import Tally
from workers.pipeline.invocation import Invocation, Response

_FILE_BATCH_RECORDS = 500
"""Rows of a file that are saved together: what one PutRecords takes."""


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
    """Save files portion by portion.

    Raises RetryableError, after everything else was done, when something failed: Lambda then
    repeats the whole event, and what is written already refuses to be written again.
    """
    tally = Tally()
    refusals = Refusals()
    problems: list[str] = []
    failed = 0
    for created in batch.objects:
        if not is_fan_list_file(created.key):
            invocation.warn("not a fan list file", correlation_id=created.correlation_id)
            continue
        records = _records(invocation, created, refusals, problems)
        for portion in _portions(invocation, records, problems):
            failed += len(save(invocation, portion, tally))
    tally.invalid += refusals.count
    if refusals.count:
        invocation.warn("rows refused", **refusals.summary())
    invocation.counts = tally.counts()
    if ask_for_reports(invocation, tally):
        problems.append("a message was not taken by the queue")
    if failed:
        problems.append(f"{failed} records were not saved")
    if problems:
        raise RetryableError("; ".join(problems))
    return dict(invocation.counts)


def _portions(
    invocation: Invocation, records: Iterator[ScoreRecord], problems: list[str]
) -> Iterator[list[ScoreRecord]]:
    """Yield *records* in portions that are saved together, as long as there is time for one."""
    while invocation.has_time(SAVE_SECONDS):
        portion = list(islice(records, _FILE_BATCH_RECORDS))
        if not portion:
            return
        yield portion
    problems.append("time ran out before the end of a file")


def _records(
    invocation: Invocation, created: CreatedObject, refusals: Refusals, problems: list[str]
) -> Iterator[ScoreRecord]:
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
