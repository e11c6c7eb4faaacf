"""loadScoresToDynamoDB: merge, write concurrently, hand back what failed."""

from workers.clients.aws import CALL_SECONDS
from workers.clients.concurrently import concurrently
from workers.handlers.load_scores_to_dynamodb.rules import merge
from workers.handlers.load_scores_to_dynamodb.shapes import MemberUpdate, Tally
from workers.handlers.load_scores_to_dynamodb.store import write
from workers.pipeline.invocation import Invocation, Response


def load_scores_to_dynamodb(invocation: Invocation) -> Response:
    """Upsert the members of the batch.  A malformed record is counted, not retried."""
    batch = invocation.batch
    settings = invocation.settings
    dynamodb = invocation.services.aws.dynamodb
    updates = merge(batch.records, batch.sequence_numbers)

    def written(update: MemberUpdate) -> Tally:
        if not invocation.has_time(CALL_SECONDS):
            return Tally(failed=len(update.arrived))
        return write(dynamodb, settings.demand_table, update, invocation.problems)

    total = Tally()
    for update, tally in zip(
        updates,
        concurrently(written, updates, concurrency=settings.write_concurrency),
        strict=True,
    ):
        total.add(tally)
        if tally.failed:
            invocation.failures += update.sequence_numbers
    if batch.malformed:
        invocation.warn("records refused", **batch.refusals().summary())
    invocation.counts = total.counts(invalid=len(batch.malformed))
    return invocation.batch_response()
