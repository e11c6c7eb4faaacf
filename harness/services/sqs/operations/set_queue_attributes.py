"""SetQueueAttributes: other settings from now on."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.configuration import checked
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues
from harness.services.sqs.redriving import require_dead_letter_queue

_MODELLED = frozenset({"QueueUrl", "Attributes"})


def set_queue_attributes(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Change attributes; messages that wait already keep the instant at which they reappear."""
    require_modelled("SetQueueAttributes", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    given = params["Attributes"]
    attributes = checked(given, is_fifo=queue.is_fifo)
    require_dead_letter_queue(queues, given, source_arn=queue.arn, is_fifo=queue.is_fifo)
    queue.change_attributes(attributes, now)
    return {}
