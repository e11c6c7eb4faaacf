"""Deleting one message by its receipt handle."""

from harness.kernel.instant import Instant
from harness.services.sqs.errors import invalid_receipt_handle, invalid_value
from harness.services.sqs.queue import Queue
from harness.services.sqs.receipts import decode


def delete(queue: Queue, receipt_handle: str, now: Instant) -> None:
    """Delete it; one that is gone already is no error.

    A FIFO queue takes a handle only while it hides the message.
    """
    if decode(receipt_handle, queue.name) is None:
        raise invalid_receipt_handle(receipt_handle)
    if queue.is_fifo:
        message = queue.find(receipt_handle)
        if message is not None and not queue.is_in_flight(message, now):
            raise invalid_value(receipt_handle, "ReceiptHandle", "The receipt handle has expired.")
    queue.delete(receipt_handle, now)
