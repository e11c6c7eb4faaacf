"""UntagQueue: tags are gone."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import invalid_parameter
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl", "TagKeys"})


def untag_queue(queues: Queues, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Take tags away; one that is not there is no error."""
    require_modelled("UntagQueue", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    keys = params["TagKeys"]
    if not keys:
        raise invalid_parameter("Tag keys must be between 1 and 128 characters in length.")
    queue.tags = {key: value for key, value in queue.tags.items() if key not in keys}
    return {}
