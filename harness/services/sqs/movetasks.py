"""Message move tasks: the messages of a dead-letter queue go back to where they came from.

A task moves what is visible when it starts, all at once, and is over when its start answers, so
none is ever RUNNING.  Redriven messages are new ones, with another id and another time of sending
(SQS developer guide, "Configure a dead-letter queue redrive").
"""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.sqs.errors import no_such_resource
from harness.services.sqs.message import Message
from harness.services.sqs.movetask import MoveTask
from harness.services.sqs.queue import Queue
from harness.services.sqs.queues import Queues

_SOURCE_UNKNOWN = "CouldNotDetermineMessageSource"


def require_source(queues: Queues, source_arn: str) -> Queue:
    """Return the queue *source_arn*, or raise AWS's error."""
    source = queues.find_by_arn(source_arn)
    if source is None:
        raise _no_such_queue("SourceArn")
    return source


def require_destination(queues: Queues, destination_arn: str) -> Queue:
    """Return the queue *destination_arn*, or raise AWS's error."""
    destination = queues.find_by_arn(destination_arn)
    if destination is None:
        raise _no_such_queue("DestinationArn")
    return destination


def run(queues: Queues, source: Queue, destination: Queue | None, now: Instant) -> MoveTask:
    """Move the visible messages of *source*, each to where it came from unless *destination*."""
    identifiers = queues.surroundings.identifiers
    visible = source.visible(now)
    moved = 0
    for message in visible:
        target = destination or queues.find_by_arn(message.dead_letter_source_arn or "")
        if target is not None:
            source.give_up(message)
            renewed = _renewed(message, identifiers.uuid("sqs.message"), now)
            target.put(renewed, target.configuration.delay, now)
            moved += 1
    task = MoveTask(
        identifiers.uuid("sqs.movetask"),
        source.arn,
        None if destination is None else destination.arn,
        now,
        len(visible),
        moved,
        None if moved == len(visible) else _SOURCE_UNKNOWN,
    )
    queues.move_tasks.setdefault(source.arn, []).insert(0, task)
    return task


def _renewed(message: Message, message_id: str, now: Instant) -> Message:
    return Message(
        message_id,
        message.body,
        message_attributes=message.message_attributes,
        md5_of_message_attributes=message.md5_of_message_attributes,
        sent_at=now,
        group_id=message.group_id,
        deduplication_id=message.deduplication_id,
        trace_header=message.trace_header,
    )


def _no_such_queue(parameter: str) -> ServiceError:
    return no_such_resource(
        f"The resource that you specified for the {parameter} parameter doesn't exist."
    )
