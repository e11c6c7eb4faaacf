"""RemovePermission: a statement less in the queue's policy."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.permissions import revoked
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl", "Label"})


def remove_permission(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Take a permission away; the policy goes with its last statement."""
    require_modelled("RemovePermission", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    policy = revoked(queue.attributes.get("Policy", ""), params["Label"])
    queue.change_attributes({"Policy": policy}, now)
    return {}
