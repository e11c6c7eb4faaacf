"""ListQueueTags: the tags that CreateQueue gave."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl"})


def list_queue_tags(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the tags, if there are any."""
    require_modelled("ListQueueTags", params, _MODELLED)
    tags = queues.find(params["QueueUrl"]).tags
    return {"Tags": dict(tags)} if tags else {}
