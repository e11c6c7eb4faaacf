"""loadScoresToStream: rank, validate, filter and put the rows of scored files."""

from collections.abc import Iterator
from typing import Any

from workers.clients.aws import AWS_ERRORS, error_code
from workers.clients.objects import SupersededError, open_object
from workers.clients.putrecords import entry
from workers.domain.counts import ReportRequest
from workers.domain.record import encode_record
from workers.errors import RetryableError
from workers.events.objecttext import CORRUPT_GZIP, open_text
from workers.events.s3 import CreatedObject
from workers.events.scoredfile import scored_records
from workers.handlers.load_scores_to_stream.rules import is_scored_file
from workers.handlers.load_scores_to_stream.shapes import Tally
from workers.handlers.load_scores_to_stream.store import PlacedEntry, put_entries
from workers.pipeline.invocation import Invocation, Response
from workers.pipeline.parts import end_part, work_through
from workers.pipeline.reporting import request_report


def load_scores_to_stream(invocation: Invocation) -> Response:
    """Load every scored file of the event, and hand on what there is no time for.

    Raises RetryableError, after everything else was done, when something failed: Lambda then
    repeats the whole event, which is harmless because the records come out the same.
    """
    tally = Tally()
    rest = work_through(
        invocation.batch.objects, lambda created: _load(invocation, created, tally)
    )
    invocation.counts = tally.counts()
    if tally.refusals.count:
        invocation.warn("rows refused", **tally.refusals.summary())
    _ask_for_reports(invocation, tally)
    if tally.failed:
        tally.problems.append(f"{tally.failed} records were not taken by the stream")
    end_part(invocation, rest, tally.problems)
    return dict(invocation.counts)


def _load(invocation: Invocation, created: CreatedObject, tally: Tally) -> int | None:
    """Load a file from its place on; return the place that was reached before time ran out."""
    if not is_scored_file(created.key):
        invocation.warn("not a scored file", correlation_id=created.correlation_id)
        return None
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
        return None
    except RetryableError as error:
        tally.problems.append(str(error))
        return None
    entries = _entries(invocation, created, body, tally)
    return put_entries(invocation, entries, tally, place=created.after_line)


def _entries(
    invocation: Invocation, created: CreatedObject, body: Any, tally: Tally
) -> Iterator[PlacedEntry]:
    """Yield what becomes of each row; an end before the end is noted, and what came before goes on."""
    max_rank = invocation.settings.max_rank
    correlation_id = created.correlation_id
    campaigns = tally.campaigns
    valid = 0
    try:
        for place, record in scored_records(
            open_text(body),
            tally.refusals,
            after=created.after_line,
            correlation_id=correlation_id,
            traceparent=invocation.traceparent,
        ):
            if record is None:
                yield place, None
                continue
            valid += 1
            campaign_id = record.campaign_id
            if campaign_id not in campaigns:
                campaigns[campaign_id] = correlation_id
            if record.rank <= max_rank:
                yield place, entry(encode_record(record), record.member_id)
            else:
                yield place, None
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
