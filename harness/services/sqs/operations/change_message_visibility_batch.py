"""ChangeMessageVisibilityBatch: up to ten messages, each changed or refused on its own."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.batches import each, require_batch
from harness.services.sqs.hiding import change_visibility
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues

_MODELLED = frozenset({"QueueUrl", "Entries"})


def change_message_visibility_batch(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Change the visibility of the messages of a batch; without a timeout the queue's holds."""
    require_modelled("ChangeMessageVisibilityBatch", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    entries = params["Entries"]
    require_batch(entries, "ChangeMessageVisibilityBatchRequestEntry")
    default = queue.visibility_timeout // 1_000_000

    def change_entry(entry: Parameters) -> Output:
        change_visibility(
            queue, entry["ReceiptHandle"], entry.get("VisibilityTimeout", default), now
        )
        return {}

    return each(entries, change_entry)
