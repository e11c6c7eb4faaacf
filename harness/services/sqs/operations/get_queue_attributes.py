"""GetQueueAttributes: settings and counts, all of them text."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.errors import error
from harness.services.sqs.message import State
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queue import Queue
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl", "AttributeNames"})
_OPTIONAL = (
    "Policy",
    "RedrivePolicy",
    "FifoQueue",
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "FifoThroughputLimit",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "RedriveAllowPolicy",
)
"""Attributes that a queue need not have; asking for them is no error."""


def get_queue_attributes(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Return the attributes asked for; the counts are exact, whatever their names say."""
    require_modelled("GetQueueAttributes", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    names = params.get("AttributeNames", [])
    if not names:
        return {}
    attributes = _all(queue, now)
    if "All" in names:
        return {"Attributes": attributes}
    for name in names:
        if name not in attributes and name not in _OPTIONAL:
            message = f"Unknown Attribute {name}."
            raise error("InvalidAttributeName", message, "InvalidAttributeName")
    chosen = {name: attributes[name] for name in names if name in attributes}
    return {"Attributes": chosen} if chosen else {}


def _all(queue: Queue, now: Instant) -> dict[str, str]:
    return queue.attributes | {
        "QueueArn": queue.arn,
        "CreatedTimestamp": str(queue.created // 1_000_000),
        "LastModifiedTimestamp": str(queue.last_modified // 1_000_000),
        "ApproximateNumberOfMessages": str(queue.count(State.VISIBLE, now)),
        "ApproximateNumberOfMessagesNotVisible": str(queue.count(State.IN_FLIGHT, now)),
        "ApproximateNumberOfMessagesDelayed": str(queue.count(State.DELAYED, now)),
    }
