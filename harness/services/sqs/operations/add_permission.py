"""AddPermission: a statement more in the queue's policy."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.permissions import granted
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl", "Label", "AWSAccountIds", "Actions"})


def add_permission(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Write a permission down; every caller may do everything here anyway."""
    require_modelled("AddPermission", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    partition = queues.surroundings.identity.partition
    policy = granted(
        queue.attributes.get("Policy", ""),
        queue.arn,
        params["Label"],
        [partition.arn("iam", "root", account_id) for account_id in params["AWSAccountIds"]],
        params["Actions"],
    )
    queue.change_attributes({"Policy": policy}, now)
    return {}
