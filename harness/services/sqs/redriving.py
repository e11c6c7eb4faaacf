"""Redrive policies across queues: whether one can work, and which queues have it."""

from collections.abc import Mapping

from harness.services.sqs import redriveallowance
from harness.services.sqs.configuration import read_redrive_policy
from harness.services.sqs.errors import invalid_value
from harness.services.sqs.queue import Queue
from harness.services.sqs.queues import Queues


def require_dead_letter_queue(
    queues: Queues, attributes: Mapping[str, str], *, source_arn: str, is_fifo: bool
) -> None:
    """Raise AWS's error unless the RedrivePolicy among *attributes* names a usable queue.

    The error quotes the policy, so the attributes are to be those that were given.
    """
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
    if not redriveallowance.read(target.attributes.get("RedriveAllowPolicy", "")).covers(
        source_arn
    ):
        raise invalid_value(
            text, "RedrivePolicy", "The dead-letter queue does not allow this source queue."
        )


def sources(queues: Queues, dead_letter_queue: Queue) -> list[Queue]:
    """Return the queues whose redrive policy names *dead_letter_queue*, by name."""
    return [
        queue
        for _, queue in sorted(queues.queues.items())
        if (policy := queue.configuration.redrive_policy) is not None
        and policy.dead_letter_queue_arn == dead_letter_queue.arn
    ]
