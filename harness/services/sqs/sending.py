"""From the parameters of a send to a message in the queue; one path for single and batched ones."""

from dataclasses import dataclass
from hashlib import sha256

from harness.kernel.instant import Duration, Instant, seconds
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.sqs import characters, messageattributes
from harness.services.sqs.errors import error, invalid_parameter, invalid_value, missing
from harness.services.sqs.message import Message
from harness.services.sqs.parameters import DELAY_SECONDS_MAX, require_between, require_token
from harness.services.sqs.queue import Queue
from harness.services.sqs.queues import Queues


@dataclass(frozen=True, slots=True)
class Draft:
    """A checked message that is not sent yet."""

    message: Message
    delay: Duration
    size: int


def message_size(params: Parameters) -> int:
    """Return the bytes of a message's body and attributes, as far as they can be measured.

    Attributes that are wrong count nothing: they fail their own message of a batch, and no other.
    """
    size = len(params["MessageBody"].encode())
    try:
        attributes = messageattributes.checked(params.get("MessageAttributes", {}))
    except ServiceError:
        return size
    return size + messageattributes.size(attributes)


def draft(
    queues: Queues, queue: Queue, params: Parameters, now: Instant, *, is_entry: bool = False
) -> Draft:
    """Return the message that *params* describe, or raise for the first thing AWS refuses.

    An entry of a batch is refused for its length in words of its own.
    """
    body: str = params["MessageBody"]
    if not body:
        raise missing("MessageBody")
    if not characters.are_allowed(body):
        raise error("InvalidMessageContents", characters.REFUSAL, "InvalidMessageContents")
    attributes = messageattributes.checked(params.get("MessageAttributes", {}))
    size = len(body.encode()) + messageattributes.size(attributes)
    limit = queue.configuration.maximum_message_size
    if size > limit:
        problem = "cannot be validated" if is_entry else "are invalid"
        raise invalid_parameter(
            f"One or more parameters {problem}. "
            f"Reason: Message must be shorter than {limit} bytes."
        )
    group_id, deduplication_id = _fifo_ids(queue, params, body)
    message = Message(
        queues.surroundings.identifiers.uuid("sqs.message"),
        body,
        message_attributes=attributes,
        md5_of_message_attributes=messageattributes.digest(attributes),
        sent_at=now,
        group_id=group_id,
        deduplication_id=deduplication_id,
        trace_header=_trace_header(params),
    )
    return Draft(message, _delay(queue, params), size)


def send(queue: Queue, draft: Draft, now: Instant) -> Output:
    """Put the drafted message into *queue*, unless it repeats one; return AWS's answer."""
    message = draft.message
    if queue.is_fifo:
        assert message.deduplication_id is not None, "a FIFO message has a deduplication id"
        is_per_group = queue.configuration.is_deduplicated_per_group
        scope = (message.group_id or "") if is_per_group else ""
        earlier = queue.deduplication.find(scope, message.deduplication_id, now)
        if earlier is None:
            queue.deduplication.remember(scope, message.deduplication_id, message, now)
            queue.put(message, draft.delay, now)
        else:
            message = earlier
    else:
        queue.put(message, draft.delay, now)
    return _answer(message, draft)


def require_fifo_ids(queue: Queue, params: Parameters, *, is_entry: bool = False) -> None:
    """Raise AWS's error for a FIFO queue's message without a group or a deduplication id.

    One such message refuses the whole batch, with another code than alone (LocalStack's
    recordings of AWS).
    """
    if not queue.is_fifo:
        return
    if params.get("MessageGroupId") is None:
        absent = missing("MessageGroupId")
        raise invalid_parameter(absent.message) if is_entry else absent
    if "MessageDeduplicationId" not in params and not queue.configuration.is_content_based:
        raise invalid_parameter(
            "The queue should either have ContentBasedDeduplication enabled or "
            "MessageDeduplicationId provided explicitly"
        )


def _answer(message: Message, draft: Draft) -> Output:
    answer = {"MessageId": message.message_id, "MD5OfMessageBody": draft.message.md5_of_body}
    optional = {
        "MD5OfMessageAttributes": draft.message.md5_of_message_attributes,
        "SequenceNumber": message.sequence_number,
    }
    if draft.message.trace_header is not None:
        value = {"DataType": "String", "StringValue": draft.message.trace_header}
        optional["MD5OfMessageSystemAttributes"] = messageattributes.digest(
            {"AWSTraceHeader": value}
        )
    answer.update((name, value) for name, value in optional.items() if value is not None)
    return answer


def _delay(queue: Queue, params: Parameters) -> Duration:
    delay = params.get("DelaySeconds")
    if delay is None:
        return queue.configuration.delay
    if queue.is_fifo and delay > 0:
        raise invalid_value(
            delay,
            "DelaySeconds",
            "The request include parameter that is not valid for this queue type.",
        )
    reason = f"DelaySeconds must be >= 0 and <= {DELAY_SECONDS_MAX}."
    require_between(delay, "DelaySeconds", DELAY_SECONDS_MAX, reason)
    return queue.configuration.delay if queue.is_fifo else seconds(delay)


def _trace_header(params: Parameters) -> str | None:
    attributes = params.get("MessageSystemAttributes", {})
    header = attributes.get("AWSTraceHeader")
    if len(attributes) > (header is not None):
        name = next(name for name in attributes if name != "AWSTraceHeader")
        raise invalid_parameter(f"Message system attribute name '{name}' is invalid.")
    value: str | None = header.get("StringValue") if header is not None else None
    return value


def _fifo_ids(queue: Queue, params: Parameters, body: str) -> tuple[str | None, str | None]:
    group_id = params.get("MessageGroupId")
    deduplication_id = params.get("MessageDeduplicationId")
    if group_id is not None:
        require_token(group_id, "MessageGroupId")
    if not queue.is_fifo:
        if deduplication_id is not None:
            raise invalid_value(
                deduplication_id,
                "MessageDeduplicationId",
                "The request include parameter that is not valid for this queue type.",
            )
        return group_id, None
    require_fifo_ids(queue, params)
    if deduplication_id is None:
        deduplication_id = sha256(body.encode()).hexdigest()
    else:
        require_token(deduplication_id, "MessageDeduplicationId")
    return group_id, deduplication_id
