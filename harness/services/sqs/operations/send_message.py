"""SendMessage: one message."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues
from harness.services.sqs.sending import draft, send

_MODELLED = frozenset(
    {
        "QueueUrl",
        "MessageBody",
        "DelaySeconds",
        "MessageAttributes",
        "MessageSystemAttributes",
        "MessageDeduplicationId",
        "MessageGroupId",
    }
)


def send_message(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Send a message."""
    require_modelled("SendMessage", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    return send(queue, draft(queues, queue, params, now), now)
