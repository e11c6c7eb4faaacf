"""processSavedScores: count each campaign's changes and have the reporter look."""

from workers.clients.aws import CALL_SECONDS
from workers.domain.counts import ReportRequest
from workers.handlers.process_saved_scores.rules import (
    in_transactions,
    is_registration,
    movements_by_campaign,
)
from workers.handlers.process_saved_scores.shapes import CampaignMovements
from workers.handlers.process_saved_scores.store import apply
from workers.pipeline.invocation import Invocation, Response
from workers.pipeline.reporting import request_report


def process_saved_scores(invocation: Invocation) -> Response:
    """Move the counts of every campaign in the batch; one that fails does not stop the others.

    Lambda delivers everything from the lowest failure on again; what was counted stays counted once.
    """
    registrations = [change for change in invocation.batch.changes if is_registration(change)]
    for campaign in movements_by_campaign(registrations):
        invocation.failures += _count(invocation, campaign)
    invocation.counts = {"count": len(registrations) - len(invocation.failures)}
    return invocation.batch_response()


def _count(invocation: Invocation, campaign: CampaignMovements) -> list[str]:
    """Count one campaign and return the sequence numbers of what has to come again."""
    failures: list[str] = []
    for movements in in_transactions(campaign.movements):
        # The message that follows takes a call too.
        if not invocation.has_time(2 * CALL_SECONDS) or not apply(
            invocation.services.aws.dynamodb,
            invocation.settings,
            campaign.campaign_id,
            movements,
            invocation.problems,
        ):
            failures += [movement.sequence_number for movement in movements]
    # Also when nothing was left to count: the delivery that counted it may have died before it
    # could say so.  And only now: a report is asked for after the counts that it is to tell.
    is_asked_for = request_report(
        invocation,
        ReportRequest(campaign.campaign_id),
        correlation_id=campaign.correlation_id or invocation.correlation_id,
    )
    if is_asked_for:
        return failures
    return [movement.sequence_number for movement in campaign.movements]
