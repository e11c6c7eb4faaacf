"""Sending to a queue of the backend: at once, later, or not at all because it is a repeat."""

from collections.abc import Mapping
from hashlib import md5, sha256
from typing import Any

from harness.backends.remote.connection import Connection
from harness.backends.remote.sqs.queue import RemoteQueue
from harness.kernel.instant import Duration, Instant, seconds
from harness.services.base.service import Output
from harness.services.sqs import messageattributes
from harness.services.sqs.message import Message

Parameters = Mapping[str, Any]


def delay_of(queue: RemoteQueue, parameters: Parameters) -> Duration:
    """Return how long the message is not to be received."""
    delay = parameters.get("DelaySeconds")
    if delay is None or queue.is_fifo:
        return queue.configuration.delay
    return seconds(delay)


def is_held(queue: RemoteQueue, parameters: Parameters) -> bool:
    """Whether the message is kept back here, because the backend would delay it in real time."""
    return not queue.has_virtual_clock and delay_of(queue, parameters) > 0


def repeated(queue: RemoteQueue, parameters: Parameters, now: Instant) -> Output | None:
    """Return the answer that the message was given which *parameters* repeat, None if none."""
    identity = _deduplication(queue, parameters)
    if identity is None:
        return None
    earlier = queue.deduplication.find(*identity, now)
    return None if earlier is None else queue.answers[earlier.message_id]


def hold(queue: RemoteQueue, parameters: Parameters, now: Instant) -> Output:
    """Keep the message back and return the answer that SQS would give at once."""
    message_id = queue.surroundings.identifiers.uuid("sqs.held")
    body = parameters["MessageBody"]
    digest = md5(body.encode(), usedforsecurity=False).hexdigest()
    answer: Output = {"MessageId": message_id, "MD5OfMessageBody": digest}
    attributes = parameters.get("MessageAttributes")
    if attributes:
        answer["MD5OfMessageAttributes"] = messageattributes.digest(attributes)
    message = _message(message_id, parameters, now, answer)
    queue.hold(message, _at_once(parameters), delay_of(queue, parameters), now)
    return answer


def send(
    queue: RemoteQueue, connection: Connection, parameters: Parameters, now: Instant
) -> Output:
    """Let the backend take one message."""
    sent = parameters if queue.has_virtual_clock else _at_once(parameters)
    answer = connection.call("SendMessage", {**sent, "QueueUrl": queue.url})
    was_taken(queue, parameters, answer, now)
    return answer


def was_taken(queue: RemoteQueue, parameters: Parameters, answer: Output, now: Instant) -> None:
    """Take note of a message that the backend has taken and answered."""
    message = _message(answer["MessageId"], parameters, now, answer)
    queue.answers[message.message_id] = answer
    identity = _deduplication(queue, parameters)
    if identity is not None:
        message.deduplication_id = identity[1]
        queue.deduplication.remember(*identity, message, now)
    queue.enter(message, delay_of(queue, parameters), now)


def _at_once(parameters: Parameters) -> dict[str, Any]:
    left_out = ("QueueUrl", "DelaySeconds", "Id")
    return {name: value for name, value in parameters.items() if name not in left_out}


def _message(message_id: str, parameters: Parameters, now: Instant, answer: Output) -> Message:
    header = parameters.get("MessageSystemAttributes", {}).get("AWSTraceHeader", {})
    message = Message(
        message_id,
        parameters["MessageBody"],
        message_attributes=parameters.get("MessageAttributes", {}),
        md5_of_message_attributes=answer.get("MD5OfMessageAttributes"),
        sent_at=now,
        group_id=parameters.get("MessageGroupId"),
        deduplication_id=parameters.get("MessageDeduplicationId"),
        trace_header=header.get("StringValue"),
    )
    message.sequence_number = answer.get("SequenceNumber")
    return message


def _deduplication(queue: RemoteQueue, parameters: Parameters) -> tuple[str, str] | None:
    """Return the scope and the id by which repeats are recognised, None for a standard queue."""
    if not queue.is_fifo:
        return None
    identity = parameters.get("MessageDeduplicationId")
    if identity is None and queue.configuration.is_content_based:
        identity = sha256(parameters["MessageBody"].encode()).hexdigest()
    if identity is None:
        return None
    is_per_group = queue.configuration.is_deduplicated_per_group
    return (parameters.get("MessageGroupId", "") if is_per_group else ""), identity
