"""SendMessageBatch: up to ten messages, each sent or refused on its own."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.sqs.batches import each, require_batch
from harness.services.sqs.errors import prefixed
from harness.services.sqs.parameters import require_modelled
from harness.services.sqs.queues import Queues
from harness.services.sqs.sending import draft, message_size, require_fifo_ids, send

_MODELLED = frozenset({"QueueUrl", "Entries"})
_BATCH_BYTES_MAX = 1_048_576


def send_message_batch(queues: Queues, params: Parameters, now: Instant) -> Output:
    """Send the messages of a batch; together they may be no longer than one may be."""
    require_modelled("SendMessageBatch", params, _MODELLED)
    queue = queues.find(params["QueueUrl"])
    entries = params["Entries"]
    require_batch(entries, "SendMessageBatchRequestEntry")
    for entry in entries:
        require_fifo_ids(queue, entry, is_entry=True)
    size = sum(message_size(entry) for entry in entries)
    if size > _BATCH_BYTES_MAX:
        raise prefixed(
            "BatchRequestTooLong",
            f"Batch requests cannot be longer than {_BATCH_BYTES_MAX} bytes. "
            f"You have sent {size} bytes.",
        )

    def send_entry(entry: Parameters) -> Output:
        return send(queue, draft(queues, queue, entry, now, is_entry=True), now)

    return each(entries, send_entry)
