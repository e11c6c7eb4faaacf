"""ReceiveMessage: hand out visible messages and start their visibility timeout.

It never waits: a long poll is the caller's business, who asks again at
`Queue.next_visible_at`.
"""

from collections.abc import Collection

from harness.kernel.instant import Duration, Instant, seconds
from harness.services.base.service import Output, Parameters
from harness.services.sqs import messageattributes
from harness.services.sqs.errors import invalid_value, over_limit
from harness.services.sqs.message import Message, State
from harness.services.sqs.parameters import (
    RECEIVED_MAX,
    WAIT_SECONDS_MAX,
    require_between,
    require_modelled,
    require_token,
    require_visibility_timeout,
)
from harness.services.sqs.queue import IN_FLIGHT_MAX, Queue
from harness.services.sqs.queues import Queues

_MODELLED = frozenset(
    {
        "QueueUrl",
        "AttributeNames",
        "MessageSystemAttributeNames",
        "MessageAttributeNames",
        "MaxNumberOfMessages",
        "VisibilityTimeout",
        "WaitTimeSeconds",
        "ReceiveRequestAttemptId",
    }
)


def receive_message(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Return up to *MaxNumberOfMessages* messages; there is no list at all when there are none."""
    require_modelled("ReceiveMessage", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    maximum = params.get("MaxNumberOfMessages", 1)
    if not 1 <= maximum <= RECEIVED_MAX:
        reason = f"Must be between 1 and {RECEIVED_MAX}, if provided."
        raise invalid_value(maximum, "MaxNumberOfMessages", reason)
    wait_reason = f"Must be >= 0 and <= {WAIT_SECONDS_MAX}, if provided."
    wait = params.get("WaitTimeSeconds", 0)
    require_between(wait, "WaitTimeSeconds", WAIT_SECONDS_MAX, wait_reason)
    timeout = params.get("VisibilityTimeout")
    if timeout is not None:
        require_visibility_timeout(timeout)
    waits = params.get("WaitTimeSeconds", queue.configuration.wait_time)
    if not (queue.is_fifo or waits) and queue.count(State.IN_FLIGHT, now) >= IN_FLIGHT_MAX:
        raise over_limit(
            "Too many messages have been received without being deleted. "
            "Please delete your received messages or let them timeout before receiving more."
        )
    hidden = None if timeout is None else seconds(timeout)
    if "ReceiveRequestAttemptId" in params:
        received = _repeated(queue, params["ReceiveRequestAttemptId"], maximum, hidden, now)
    else:
        received = queue.receive(now, maximum, hidden)
    system = [
        *params.get("AttributeNames", []),
        *params.get("MessageSystemAttributeNames", []),
    ]
    own = params.get("MessageAttributeNames", [])
    shown = [_shown(message, system, own) for message in received]
    return {"Messages": shown} if shown else {}


def _repeated(
    queue: Queue, attempt_id: str, maximum: int, timeout: Duration | None, now: Instant
) -> list[Message]:
    """Return what the attempt that this receive repeats has got, or else what there is."""
    if not queue.is_fifo:
        reason = "The request include parameter that is not valid for this queue type."
        raise invalid_value(attempt_id, "ReceiveRequestAttemptId", reason)
    require_token(attempt_id, "ReceiveRequestAttemptId")
    received = queue.receive_again(attempt_id, now, timeout)
    if not received:
        received = queue.receive(now, maximum, timeout)
        queue.attempts.remember(attempt_id, received, now)
    return received


def _shown(message: Message, system: Collection[str], own: Collection[str]) -> Output:
    output: Output = {
        "MessageId": message.message_id,
        "ReceiptHandle": message.receipt_handle,
        "MD5OfBody": message.md5_of_body,
        "Body": message.body,
    }
    if system:
        attributes = message.system_attributes()
        if "All" not in system:
            attributes = {name: attributes[name] for name in system if name in attributes}
        output["Attributes"] = attributes
    chosen = messageattributes.chosen(message.message_attributes, own)
    if chosen:
        output["MessageAttributes"] = chosen
        output["MD5OfMessageAttributes"] = messageattributes.digest(chosen)
    return output
