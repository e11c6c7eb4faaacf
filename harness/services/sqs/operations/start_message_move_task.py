"""StartMessageMoveTask: a dead-letter queue's messages go back, or to another queue."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import invalid_parameter
from harness.services.sqs.movetasks import require_destination, require_source, run
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues
from harness.services.sqs.redriving import sources

_MODELLED = frozenset({"SourceArn", "DestinationArn"})


def start_message_move_task(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Move all visible messages at once; a rate, which would take time, is refused by name."""
    require_modelled("StartMessageMoveTask", params, _MODELLED)
    source = require_source(queues, params["SourceArn"])
    if not sources(queues, source):
        raise invalid_parameter("Source queue must be configured as a Dead Letter Queue.")
    arn = params.get("DestinationArn")
    destination = None if arn is None else require_destination(queues, arn)
    return {"TaskHandle": run(queues, source, destination, now).handle}
