"""Reading queues in moto and calling their consumers."""

from typing import Any

from harness.bench.motostreams import Invoke
from harness.kernel.instant import Instant
from harness.mappings.eventpayloads.sqs import Delivery, sqs_event_records
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.mappings.partialbatch import failed_messages

_RECEIVE_MAX = 10
"""ReceiveMessage returns no more."""


class ReceivedMessage:
    """A message as a delivery needs it, from ReceiveMessage."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.message_id: str = told["MessageId"]
        self.receipt_handle: str = told["ReceiptHandle"]
        self.body: str = told["Body"]
        self.md5_of_body: str = told["MD5OfBody"]
        self.message_attributes = told.get("MessageAttributes")
        self.md5_of_message_attributes = told.get("MD5OfMessageAttributes")
        self.visible_at = Instant(0)
        self._attributes: dict[str, str] = told.get("Attributes", {})
        self.group_id = self._attributes.get("MessageGroupId")

    def system_attributes(self) -> dict[str, str]:
        """Return ``ApproximateReceiveCount`` and the like."""
        return dict(self._attributes)


class QueueReader:
    """One mapping's way through its queue."""

    def __init__(
        self,
        mapping: EventSourceMapping,
        *,
        client: Any,
        queue_url: str,
        region: str,
        invoke: Invoke,
    ) -> None:
        self._mapping = mapping
        self._client = client
        self._queue_url = queue_url
        self._invoke = invoke
        self._event_records = sqs_event_records(
            queue_arn=mapping.source_arn, region=region, has_window=bool(mapping.batching_window)
        )

    def drain(self) -> int:
        """Deliver one batch after the other and return how many messages were received."""
        count = 0
        while batch := self._batch():
            count += len(batch)
            self._deliver(batch)
        return count

    def _batch(self) -> list[ReceivedMessage]:
        """Receive until the batch is full or the queue empty."""
        batch: list[ReceivedMessage] = []
        while len(batch) < self._mapping.batch_size:
            told = self._client.receive_message(
                QueueUrl=self._queue_url,
                MaxNumberOfMessages=min(_RECEIVE_MAX, self._mapping.batch_size - len(batch)),
                AttributeNames=["All"],
                MessageAttributeNames=["All"],
            ).get("Messages")
            if not told:
                break
            batch += [ReceivedMessage(message) for message in told]
        return batch

    def _deliver(self, batch: list[ReceivedMessage]) -> None:
        """Call the function and delete what it has dealt with; the rest comes back by itself."""
        event = {"Records": self._event_records([Delivery(message) for message in batch])}
        answer = self._invoke(self._mapping.function_name, event)
        failed: set[str] = set()
        if self._mapping.report_batch_item_failures:
            failed = failed_messages(answer, {message.message_id for message in batch})
        for message in batch:
            if message.message_id not in failed:
                self._client.delete_message(
                    QueueUrl=self._queue_url, ReceiptHandle=message.receipt_handle
                )
