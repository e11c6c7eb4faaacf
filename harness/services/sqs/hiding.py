"""Changing how long one received message stays hidden."""

from harness.kernel.instant import Instant, later, seconds
from harness.services.sqs.errors import invalid_receipt_handle, invalid_value, prefixed
from harness.services.sqs.parameters import VISIBILITY_SECONDS_MAX, require_visibility_timeout
from harness.services.sqs.queue import Queue
from harness.services.sqs.receipts import decode

_NOT_AVAILABLE = "Message does not exist or is not available for visibility timeout change."


def change_visibility(
    queue: Queue, receipt_handle: str, timeout_seconds: int, now: Instant
) -> None:
    """Let the message come back *timeout_seconds* from now, 12 hours after its receive at most.

    A standard queue takes the handle of an earlier receive too: AWS allows it, whatever its
    reference says (LocalStack's tests that were verified against AWS).  Nor does it refuse a
    message that anybody can receive again: the call succeeds and does nothing, as AWS was recorded
    (LocalStack, ``test_change_message_visibility_after_visibility_timeout_expiration``).
    """
    require_visibility_timeout(timeout_seconds)
    if decode(receipt_handle, queue.name) is None:
        raise invalid_receipt_handle(receipt_handle)
    find = queue.find if queue.is_fifo else queue.find_received
    message = find(receipt_handle)
    if message is None:
        raise invalid_value(receipt_handle, "ReceiptHandle", _NOT_AVAILABLE)
    if not queue.is_in_flight(message, now):
        if not queue.is_fifo:
            return
        raise prefixed(
            "MessageNotInflight",
            f"Value {receipt_handle} for parameter ReceiptHandle is invalid. "
            f"Reason: {_NOT_AVAILABLE}",
        )
    visible_at = later(now, seconds(timeout_seconds))
    if visible_at - message.received_at > seconds(VISIBILITY_SECONDS_MAX):
        raise invalid_value(
            timeout_seconds,
            "VisibilityTimeout",
            "Total VisibilityTimeout for the message is beyond the limit "
            f"[{VISIBILITY_SECONDS_MAX} seconds].",
        )
    queue.hide_until(message, visible_at, now)
