"""Whether a redrive policy can work: its dead-letter queue exists and is of the same kind."""

from collections.abc import Mapping

from harness.services.sqs.configuration import read_redrive_policy
from harness.services.sqs.errors import invalid_value
from harness.services.sqs.queues import Queues


def require_dead_letter_queue(
    queues: Queues, attributes: Mapping[str, str], *, is_fifo: bool
) -> None:
    """Raise AWS's error unless the RedrivePolicy among *attributes* names a usable queue."""
    text = attributes.get("RedrivePolicy", "")
    policy = read_redrive_policy(text)
    if policy is None:
        return
    target = queues.find_by_arn(policy.dead_letter_queue_arn)
    if target is None:
        raise invalid_value(text, "RedrivePolicy", "Dead letter target does not exist.")
    if target.is_fifo != is_fifo:
        raise invalid_value(
            text, "RedrivePolicy", "Dead-letter queue must be same type of queue as the source."
        )
