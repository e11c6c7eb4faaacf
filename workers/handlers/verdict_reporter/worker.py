"""verdictReporter: look once for each campaign, then bypass, requeue or post.

A message that goes back waits for its visibility timeout, and the fifth time it is a dead letter.  So
only failures go back.  What there is no time for, or what Slack would refuse after it has refused one
post as one too many, goes on as a new message that asks for the same.
"""

import time

from workers.clients.aws import CALL_SECONDS
from workers.domain.counts import Counts, ReportRequest
from workers.errors import RetryableError, UncertainError, WorkerError
from workers.events.sqs import Message
from workers.handlers.verdict_reporter import store
from workers.handlers.verdict_reporter.rules import decide, looks, put_off_seconds, slack_message
from workers.handlers.verdict_reporter.shapes import CampaignLook, Claim, Decision, Tally
from workers.pipeline.invocation import Invocation, Response
from workers.pipeline.reporting import request_report

_PAUSES_SECONDS = (0.2, 0.8, 2.0)
"""Between attempts to remember a post: together far less than a claim holds."""


def verdict_reporter(invocation: Invocation) -> Response:
    """Answer every message of the batch; those that failed go back to the queue.

    A message that cannot be read goes back as well: its redrive ends in the dead-letter queue.
    """
    batch = invocation.batch
    tally = Tally()
    invocation.failures += [message_id for message_id, _ in batch.malformed]
    receipts = [message for message in batch.messages if message.request.posted]
    for receipt in receipts:
        _settle(invocation, receipt)
    for look in looks(message for message in batch.messages if not message.request.posted):
        try:
            _look(invocation, look, tally)
        except WorkerError as error:
            if isinstance(error, RetryableError) and error.retry_after_seconds is not None:
                tally.is_slack_busy = True
                tally.retry_after_seconds = error.retry_after_seconds
            invocation.warn("no report", campaign_id=look.campaign_id, problem=str(error))
            invocation.failures += [message.message_id for message in look.messages]
    if tally.put_off:
        invocation.info(
            "posts put off", campaigns=tally.put_off, slack_is_busy=tally.is_slack_busy
        )
    invocation.counts = {
        "counts": {
            "requeue": {"success": tally.requeued},
            "slack": {"success": tally.posted},
            "input": batch.size,
        }
    }
    return invocation.batch_response()


def _look(invocation: Invocation, look: CampaignLook, tally: Tally) -> None:
    if not _has_time_to_post(invocation):
        _put_off(invocation, look, ReportRequest(look.campaign_id, look.last_seen), tally)
        return
    dynamodb = invocation.services.aws.dynamodb
    table = invocation.settings.demand_table
    posted = store.read_posted(dynamodb, table, look.campaign_id)
    counts = store.read_counts(dynamodb, table, look.campaign_id)
    decision = decide(counts, posted, look.seen)
    if decision == "post" and tally.is_slack_busy:
        decision = "put off"
    if decision == "post":
        decision, counts = _post(invocation, look, counts, tally)
    if decision == "put off":
        _put_off(invocation, look, ReportRequest(look.campaign_id, counts), tally)
    elif decision == "requeue":
        delay = invocation.settings.requeue_delay_seconds
        _requeue(invocation, look, ReportRequest(look.campaign_id, counts), delay)
        tally.requeued += 1


def _has_time_to_post(invocation: Invocation) -> bool:
    """Tell whether a post can be made and recorded before Lambda stops the function.

    What was posted and not recorded is posted again.
    """
    return invocation.is_early_enough_for(invocation.services.http.call_seconds + CALL_SECONDS)


def _put_off(
    invocation: Invocation, look: CampaignLook, request: ReportRequest, tally: Tally
) -> None:
    """Send on a message with the counts that were seen; raises RetryableError if even that fails."""
    delay = put_off_seconds(invocation.settings.requeue_delay_seconds, tally.retry_after_seconds)
    _requeue(invocation, look, request, delay)
    tally.requeued += 1
    tally.put_off += 1


def _post(
    invocation: Invocation, look: CampaignLook, counts: Counts, tally: Tally
) -> tuple[Decision, Counts]:
    """Post *counts* under a claim; return what is left to do, and the counts to do it with."""
    dynamodb = invocation.services.aws.dynamodb
    table = invocation.settings.demand_table
    claim = store.claim(dynamodb, invocation.settings, look.campaign_id)
    if claim is None:
        return "requeue", counts
    try:
        # Another reporter may have posted, or the counts moved on, before the claim was ours.
        now = store.read_counts(dynamodb, table, look.campaign_id)
        decision = decide(now, claim.posted, {counts})
        if decision == "post" and not _has_time_to_post(invocation):
            decision = "put off"
        if decision == "post":
            correlation_id = look.correlation_id or invocation.correlation_id
            store.post(
                invocation.services.http,
                invocation.settings.slack_webhook_url,
                slack_message(look.campaign_id, now, correlation_id),
                correlation_id,
            )
    except UncertainError:
        store.abandon(dynamodb, table, look.campaign_id, claim.token)
        raise
    except WorkerError:
        _give_back(invocation, look, claim)
        raise
    if decision != "post":
        _give_back(invocation, look, claim)
        return decision, now
    tally.posted += 1
    _remember(invocation, look, ReportRequest(look.campaign_id, posted=now, claim=claim.token))
    return "bypass", now


def _give_back(invocation: Invocation, look: CampaignLook, claim: Claim) -> None:
    """Give back a claim under which nothing was posted; what was uncertain before stays so."""
    give_back = store.abandon if claim.posted is None else store.release
    table = invocation.settings.demand_table
    give_back(invocation.services.aws.dynamodb, table, look.campaign_id, claim.token)


def _remember(invocation: Invocation, look: CampaignLook, receipt: ReportRequest) -> None:
    """Record what *receipt* tells of, or send it on for a later look; raises RetryableError.

    What is in Slack must not be posted again only because the table is throttled: a receipt brings
    it to the table later, and until then the claim keeps others away.  This is the one place
    that tries again by itself: a message that went back would come as if nothing had been posted.
    """
    assert receipt.posted is not None, "a receipt tells what was posted"
    for pause in (0.0, *_PAUSES_SECONDS):
        if pause:
            time.sleep(pause)
        try:
            store.record(
                invocation.services.aws.dynamodb,
                invocation.settings.demand_table,
                receipt.campaign_id,
                receipt.claim or "",
                receipt.posted,
            )
        except RetryableError as error:
            invocation.problems.append(str(error))
        else:
            return
        try:
            _requeue(invocation, look, receipt, invocation.settings.requeue_delay_seconds)
        except RetryableError:
            continue
        return
    raise RetryableError("the post was neither recorded nor put on the queue")


def _settle(invocation: Invocation, message: Message) -> None:
    """Record what a receipt tells of; one that fails again is written anew."""
    look = CampaignLook(message.request.campaign_id, [message])
    try:
        _remember(invocation, look, message.request)
    except RetryableError:
        invocation.failures.append(message.message_id)


def _requeue(
    invocation: Invocation, look: CampaignLook, request: ReportRequest, delay_seconds: int
) -> None:
    """Send *request* with a delay; raises RetryableError when the queue does not take it."""
    is_taken = request_report(
        invocation,
        request,
        correlation_id=look.correlation_id or invocation.correlation_id,
        delay_seconds=delay_seconds,
    )
    if not is_taken:
        raise RetryableError("the queue took no message")
