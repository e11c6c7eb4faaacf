"""DeleteQueue: the queue and its messages are gone at once."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl"})


def delete_queue(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Delete a queue; its name stays taken for a minute."""
    require_modelled("DeleteQueue", params, _MODELLED)
    name = queues.find(params["QueueUrl"]).name
    # Who holds on to the queue, as a mapping does, finds it empty.
    queues.queues.pop(name).purge(now)
    queues.deleted[name] = now
    return {}
