"""saveEntryScoring: one request for each campaign of the batch."""

import msgspec

from workers.errors import WorkerError
from workers.handlers.save_entry_scoring.rules import scoring_by_campaign
from workers.handlers.save_entry_scoring.shapes import Tally
from workers.handlers.save_entry_scoring.store import post_scoring
from workers.pipeline.invocation import Invocation, Response


def save_entry_scoring(invocation: Invocation) -> Response:
    """Send the first choices on; a campaign that fails goes back without the others."""
    batch = invocation.batch
    http = invocation.services.http
    tally = Tally(records=batch.size)
    for campaign in scoring_by_campaign(batch.records, batch.sequence_numbers):
        tally.input += len(campaign.scoring)
        if not invocation.has_time(http.call_seconds):
            invocation.failures += campaign.sequence_numbers
            continue
        try:
            answer = post_scoring(
                http,
                invocation.settings,
                campaign,
                invocation.correlation_id,
            )
        except WorkerError as error:
            invocation.warn("not saved", campaign_id=campaign.campaign_id, problem=str(error))
            invocation.failures += campaign.sequence_numbers
        else:
            tally.add(len(campaign.scoring), answer)
    if batch.malformed:
        invocation.warn("records refused", **batch.refusals().summary())
    invocation.counts = msgspec.structs.asdict(tally)
    return invocation.batch_response()
