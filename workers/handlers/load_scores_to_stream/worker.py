"""loadScoresToStream: rank, validate, filter and put the rows of scored files."""

from collections.abc import Iterator
from typing import Any

from workers.clients.aws import AWS_ERRORS, error_code
from workers.clients.objects import SupersededError, open_object
from workers.clients.putrecords import Entry, entry
from workers.domain.counts import ReportRequest
from workers.domain.record import encode_record
from workers.errors import RetryableError
from workers.events.objecttext import CORRUPT_GZIP, open_text
from workers.events.s3 import CreatedObject
from workers.events.scoredfile import scored_records
from workers.handlers.load_scores_to_stream.rules import is_scored_file
from workers.handlers.load_scores_to_stream.shapes import Tally
from workers.handlers.load_scores_to_stream.store import put_entries
from workers.pipeline.invocation import Invocation, Response
from workers.pipeline.reporting import request_report


def load_scores_to_stream(invocation: Invocation) -> Response:
    """Load every scored file of the event.

    Raises RetryableError, after everything else was done, when something failed: Lambda then
    repeats the whole event, which is harmless because the records come out the same.
    """
    tally = Tally()
    for created in invocation.batch.objects:
        if is_scored_file(created.key):
            _load(invocation, created, tally)
        else:
            invocation.warn("not a scored file", correlation_id=created.correlation_id)
    invocation.counts = tally.counts()
    if tally.refusals.count:
        invocation.warn("rows refused", **tally.refusals.summary())
    _ask_for_reports(invocation, tally)
    if tally.failed:
        tally.problems.append(f"{tally.failed} records were not taken by the stream")
    if tally.problems:
        raise RetryableError("; ".join(tally.problems))
    return dict(invocation.counts)


def _load(invocation: Invocation, created: CreatedObject, tally: Tally) -> None:
    try:
        body = open_object(
            invocation.services.aws.s3,
            bucket=created.bucket,
            key=created.key,
            version_id=created.version_id,
            etag=created.etag,
        )
    except SupersededError:
        invocation.info("superseded", correlation_id=created.correlation_id)
        return
    except RetryableError as error:
        tally.problems.append(str(error))
        return
    put_entries(invocation, _entries(invocation, created, body, tally), tally)


def _entries(
    invocation: Invocation, created: CreatedObject, body: Any, tally: Tally
) -> Iterator[Entry]:
    """Yield the records of the file; an end before the end is noted, and what came before goes on."""
    max_rank = invocation.settings.max_rank
    correlation_id = created.correlation_id
    campaigns = tally.campaigns
    valid = 0
    try:
        for record in scored_records(
            open_text(body),
            tally.refusals,
            correlation_id=correlation_id,
            traceparent=invocation.traceparent,
        ):
            valid += 1
            campaign_id = record.campaign_id
            if campaign_id not in campaigns:
                campaigns[campaign_id] = correlation_id
            if record.rank <= max_rank:
                yield entry(encode_record(record), record.member_id)
    except CORRUPT_GZIP as error:
        tally.problems.append(f"the compression is damaged: {type(error).__name__}")
    except AWS_ERRORS as error:
        tally.problems.append(f"reading broke off: {error_code(error)}")
    finally:
        tally.valid += valid


def _ask_for_reports(invocation: Invocation, tally: Tally) -> None:
    """Send one message per campaign seen, also when records failed: one too many does no harm."""
    for campaign_id, correlation_id in tally.campaigns.items():
        if not request_report(
            invocation,
            ReportRequest(campaign_id),
            correlation_id=correlation_id,
        ):
            tally.problems.append("a message was not taken by the queue")
