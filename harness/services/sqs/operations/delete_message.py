"""DeleteMessage: one message by its receipt handle."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.deleting import delete
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl", "ReceiptHandle"})


def delete_message(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Delete a message; again is no error."""
    require_modelled("DeleteMessage", params, _MODELLED)
    delete(queues.find(params["QueueUrl"]), params["ReceiptHandle"], now)
    return {}
