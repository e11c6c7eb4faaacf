"""ChangeMessageVisibility: hide one received message for longer, or no longer."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.hiding import change_visibility
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl", "ReceiptHandle", "VisibilityTimeout"})


def change_message_visibility(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Set the visibility timeout of a message anew, counted from now."""
    require_modelled("ChangeMessageVisibility", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    change_visibility(queue, params["ReceiptHandle"], params["VisibilityTimeout"], now)
    return {}
