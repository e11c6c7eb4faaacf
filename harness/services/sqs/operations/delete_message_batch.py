"""DeleteMessageBatch: up to ten messages, each deleted or refused on its own."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.batches import each, require_batch
from harness.services.sqs.deleting import delete
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl", "Entries"})


def delete_message_batch(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Delete the messages of a batch."""
    require_modelled("DeleteMessageBatch", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    entries = params["Entries"]
    require_batch(entries, "DeleteMessageBatchRequestEntry")

    def delete_entry(entry: Parameters) -> Output:
        delete(queue, entry["ReceiptHandle"], now)
        return {}

    return each(entries, delete_entry)
