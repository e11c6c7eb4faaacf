"""verdictReporter: look once for each campaign, then bypass, requeue or post."""

from workers.domain.counts import Counts, ReportRequest, seen
from workers.errors import RetryableError, WorkerError
from workers.events.sqs import Message
from workers.handlers.verdict_reporter import store
from workers.handlers.verdict_reporter.rules import decide, looks, slack_message
from workers.handlers.verdict_reporter.shapes import CampaignLook, Decision, Tally
from workers.pipeline.invocation import Invocation, Response
from workers.pipeline.reporting import request_report


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
            invocation.warn("no report", campaign_id=look.campaign_id, problem=str(error))
            invocation.failures += [message.message_id for message in look.messages]
    invocation.counts = {
        "counts": {
            "requeue": {"success": tally.requeued},
            "slack": {"success": tally.posted},
            "input": batch.size,
        }
    }
    return invocation.batch_response()


def _look(invocation: Invocation, look: CampaignLook, tally: Tally) -> None:
    dynamodb = invocation.services.aws.dynamodb
    table = invocation.settings.demand_table
    posted = store.read_posted(dynamodb, table, look.campaign_id)
    counts = store.read_counts(dynamodb, table, look.campaign_id)
    decision = decide(counts, posted, look.seen)
    if decision is Decision.POST:
        decision, counts = _post(invocation, look, counts, tally)
    if decision is Decision.REQUEUE:
        _requeue(invocation, look, ReportRequest(look.campaign_id, seen(counts)))
        tally.requeued += 1


def _post(
    invocation: Invocation, look: CampaignLook, counts: Counts, tally: Tally
) -> tuple[Decision, Counts]:
    """Post *counts* under a claim; return what is left to do, and the counts to do it with."""
    dynamodb = invocation.services.aws.dynamodb
    table = invocation.settings.demand_table
    claim = store.claim(dynamodb, invocation.settings, look.campaign_id)
    if claim is None:
        return Decision.REQUEUE, counts
    try:
        # Another reporter may have posted, or the counts moved on, before the claim was ours.
        now = store.read_counts(dynamodb, table, look.campaign_id)
        decision = decide(now, claim.posted, {counts})
        if decision is Decision.POST:
            correlation_id = look.correlation_id or invocation.correlation_id
            store.post(
                invocation.services.http,
                invocation.settings.slack_webhook_url,
                slack_message(look.campaign_id, now, correlation_id),
                correlation_id,
            )
    except WorkerError:
        store.release(dynamodb, table, look.campaign_id, claim.token)
        raise
    if decision is not Decision.POST:
        store.release(dynamodb, table, look.campaign_id, claim.token)
        return decision, now
    tally.posted += 1
    if not store.record(dynamodb, table, look.campaign_id, claim.token, now):
        # What is in Slack must not be posted again only because the table is throttled: a
        # receipt brings it to the table later, and until then the claim keeps others away.
        receipt = ReportRequest(look.campaign_id, posted=seen(now), claim=claim.token)
        _requeue(invocation, look, receipt)
    return Decision.BYPASS, now


def _settle(invocation: Invocation, message: Message) -> None:
    """Record what a receipt tells of; one that fails again is written anew."""
    request = message.request
    assert request.posted is not None, "a receipt tells what was posted"
    if store.record(
        invocation.services.aws.dynamodb,
        invocation.settings.demand_table,
        request.campaign_id,
        request.claim or "",
        request.posted.counts,
    ):
        return
    try:
        _requeue(invocation, CampaignLook(request.campaign_id, [message]), request)
    except RetryableError:
        invocation.failures.append(message.message_id)


def _requeue(invocation: Invocation, look: CampaignLook, request: ReportRequest) -> None:
    """Send *request* with a delay; raises RetryableError when the queue does not take it."""
    is_taken = request_report(
        invocation,
        request,
        correlation_id=look.correlation_id or invocation.correlation_id,
        delay_seconds=invocation.settings.requeue_delay_seconds,
    )
    if not is_taken:
        raise RetryableError("the queue took no message")
