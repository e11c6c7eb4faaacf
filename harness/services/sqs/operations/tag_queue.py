"""TagQueue: more tags, or other values for those that are there."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import missing
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues
from harness.services.sqs.tagging import require_room

_MODELLED = frozenset({"QueueUrl", "Tags"})


def tag_queue(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Add tags; a tag with a known key takes the place of the old one."""
    require_modelled("TagQueue", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    tags = params["Tags"]
    if not tags:
        raise missing("Tags")
    after = queue.tags | tags
    require_room(queue.name, after)
    queue.tags = after
    return {}
