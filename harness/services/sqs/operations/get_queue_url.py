"""GetQueueUrl: the URL of a queue by its name."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import no_such_queue
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueName", "QueueOwnerAWSAccountId"})


def get_queue_url(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the URL; other accounts have no queues here."""
    require_modelled("GetQueueUrl", params, _MODELLED)
    name = params["QueueName"]
    account_id = queues.surroundings.identity.account_id
    if name not in queues.queues or params.get("QueueOwnerAWSAccountId", account_id) != account_id:
        raise no_such_queue()
    return {"QueueUrl": queues.url(name)}
