"""PurgeQueue: all messages of a queue are deleted at once."""

from harness.kernel.instant import Instant, seconds
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import prefixed
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl"})
_INTERVAL = seconds(60)


def purge_queue(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Purge a queue, once a minute at most."""
    require_modelled("PurgeQueue", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    if queue.purged is not None and now - queue.purged < _INTERVAL:
        raise prefixed(
            "PurgeQueueInProgress",
            f"Only one PurgeQueue operation on {queue.name} is allowed every 60 seconds.",
            status=403,
        )
    queue.purge(now)
    return {}
