"""The way of one batch of records to the table, the stream and the reporter."""

from collections.abc import Sequence

from workers.clients.aws import CALL_SECONDS
from workers.clients.concurrently import concurrently
from workers.clients.putrecords import batches, put_batch
from workers.clients.putrecords import entry as stream_entry
from workers.domain.counts import ReportRequest
from workers.domain.record import ScoreRecord
from workers.errors import WorkerError
from workers.handlers.save_fanlist_scores import store
from workers.handlers.save_fanlist_scores.rules import (
    ON_THE_STREAM,
    campaign_data,
    entries_of,
    identifiers_of,
)
from workers.handlers.save_fanlist_scores.shapes import Entry, Tally, Written
from workers.pipeline.invocation import Invocation
from workers.pipeline.reporting import request_report

SAVE_SECONDS = 3 * CALL_SECONDS
"""A write, the stream and the message."""


def save(invocation: Invocation, records: Sequence[ScoreRecord], tally: Tally) -> list[int]:
    """Save *records* and return the positions of those that have to come again."""
    entries = entries_of(records, tally)
    ready, unready = _equip(invocation, entries)
    tally.dynamo_failed += len(unready)
    failed = list(unready)
    on_the_stream = []
    for entry, written in zip(ready, _write(invocation, ready), strict=True):
        if written == "failed":
            tally.dynamo_failed += 1
            failed.append(entry)
        elif written == "written":
            tally.dynamo_out += 1
        else:
            tally.dynamo_rejected += 1
        if written in ON_THE_STREAM:
            on_the_stream.append(entry)
    failed += _put_on_stream(invocation, on_the_stream, tally)
    return sorted(position for entry in failed for position in entry.positions)


def _equip(invocation: Invocation, entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Give each entry its fan and its campaign's properties; return those with and without.

    An entry is not written with less than it should have: a later delivery would find it equal.
    """
    settings = invocation.settings
    fans, unanswered = store.fan_ids(
        invocation.services.aws.dynamodb, settings, identifiers_of(entries), invocation.problems
    )
    properties = {}
    http = invocation.services.http
    for campaign_id in dict.fromkeys(entry.record.campaign_id for entry in entries):
        if not invocation.has_time(http.call_seconds + SAVE_SECONDS):
            continue
        try:
            properties[campaign_id] = store.campaign_properties(
                http, settings, campaign_id, invocation.correlation_id
            )
        except WorkerError as error:
            invocation.warn("no properties", campaign_id=campaign_id, problem=str(error))
    ready, unready = [], []
    for entry in entries:
        member_id = entry.record.member_id
        campaign_id = entry.record.campaign_id
        if member_id in unanswered or campaign_id not in properties:
            unready.append(entry)
            continue
        entry.fan_id = fans.get(member_id)
        entry.properties = properties[campaign_id]
        ready.append(entry)
    return ready, unready


def _write(invocation: Invocation, entries: list[Entry]) -> list[Written]:
    dynamodb = invocation.services.aws.dynamodb
    table = invocation.settings.demand_table

    def written(entry: Entry) -> Written:
        if not invocation.has_time(SAVE_SECONDS):
            return "failed"
        return store.put(dynamodb, table, entry, invocation.problems)

    return concurrently(
        written,
        entries,
        concurrency=invocation.settings.write_concurrency,
    )


def _put_on_stream(invocation: Invocation, entries: list[Entry], tally: Tally) -> list[Entry]:
    """Put *entries* on campaignDataStream and return those it did not take."""
    settings = invocation.settings
    failed: list[Entry] = []
    start = 0
    for batch in batches(
        stream_entry(campaign_data(entry), entry.record.member_id) for entry in entries
    ):
        missing = put_batch(
            invocation.services.aws.kinesis,
            settings.campaign_data_stream,
            batch,
            invocation.problems,
            attempts=settings.max_retry_count + 1,
        )
        failed += [entries[start + position] for position in missing]
        start += len(batch)
    tally.stream_in += len(entries)
    tally.stream_failed += len(failed)
    return failed


def ask_for_reports(invocation: Invocation, tally: Tally) -> set[str]:
    """Send one message per campaign and return the campaigns whose message was not taken."""
    return {
        campaign_id
        for campaign_id, correlation_id in tally.campaigns.items()
        if not request_report(
            invocation,
            ReportRequest(campaign_id),
            correlation_id=correlation_id or invocation.correlation_id,
        )
    }
