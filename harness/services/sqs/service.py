"""SQS: the engine, and the operations it knows by AWS's names."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.operations.add_permission import add_permission
from harness.services.sqs.operations.cancel_message_move_task import cancel_message_move_task
from harness.services.sqs.operations.change_message_visibility import change_message_visibility
from harness.services.sqs.operations.change_message_visibility_batch import (
    change_message_visibility_batch,
)
from harness.services.sqs.operations.create_queue import create_queue
from harness.services.sqs.operations.delete_message import delete_message
from harness.services.sqs.operations.delete_message_batch import delete_message_batch
from harness.services.sqs.operations.delete_queue import delete_queue
from harness.services.sqs.operations.get_queue_attributes import get_queue_attributes
from harness.services.sqs.operations.get_queue_url import get_queue_url
from harness.services.sqs.operations.list_dead_letter_source_queues import (
    list_dead_letter_source_queues,
)
from harness.services.sqs.operations.list_message_move_tasks import list_message_move_tasks
from harness.services.sqs.operations.list_queue_tags import list_queue_tags
from harness.services.sqs.operations.list_queues import list_queues
from harness.services.sqs.operations.purge_queue import purge_queue
from harness.services.sqs.operations.receive_message import receive_message
from harness.services.sqs.operations.remove_permission import remove_permission
from harness.services.sqs.operations.send_message import send_message
from harness.services.sqs.operations.send_message_batch import send_message_batch
from harness.services.sqs.operations.set_queue_attributes import set_queue_attributes
from harness.services.sqs.operations.start_message_move_task import start_message_move_task
from harness.services.sqs.operations.tag_queue import tag_queue
from harness.services.sqs.operations.untag_queue import untag_queue
from harness.services.sqs.queues import Queues

OPERATIONS: Mapping[str, Callable[[Queues, Parameters, Instant], Output]] = {
    "AddPermission": add_permission,
    "CancelMessageMoveTask": cancel_message_move_task,
    "ChangeMessageVisibility": change_message_visibility,
    "ChangeMessageVisibilityBatch": change_message_visibility_batch,
    "CreateQueue": create_queue,
    "DeleteMessage": delete_message,
    "DeleteMessageBatch": delete_message_batch,
    "DeleteQueue": delete_queue,
    "GetQueueAttributes": get_queue_attributes,
    "GetQueueUrl": get_queue_url,
    "ListDeadLetterSourceQueues": list_dead_letter_source_queues,
    "ListMessageMoveTasks": list_message_move_tasks,
    "ListQueueTags": list_queue_tags,
    "ListQueues": list_queues,
    "PurgeQueue": purge_queue,
    "ReceiveMessage": receive_message,
    "RemovePermission": remove_permission,
    "SendMessage": send_message,
    "SendMessageBatch": send_message_batch,
    "SetQueueAttributes": set_queue_attributes,
    "StartMessageMoveTask": start_message_move_task,
    "TagQueue": tag_queue,
    "UntagQueue": untag_queue,
}


class SQS(Queues):
    """The queues of one account in one region."""

    @property
    def operations(self) -> Mapping[str, Callable[[Queues, Parameters, Instant], Output]]:
        """Every operation that is modelled."""
        return OPERATIONS
