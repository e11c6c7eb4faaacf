"""What becomes of a batch of messages: invoke, then delete or let reappear.

Source: AWS Lambda developer guide, "Using AWS Lambda with Amazon SQS".
"""

from collections.abc import Callable, Sequence
from functools import partial

from harness.kernel.instant import Instant
from harness.mappings.batching import EVENT_BYTES_MAX, fitting_count
from harness.mappings.eventpayloads.sqs import Delivery, event_size_bound, sqs_event_records
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping
from harness.mappings.partialbatch import InvalidReportError, failed_messages
from harness.mappings.queuebatch import QueueBatch
from harness.mappings.scaling import Scaling
from harness.mappings.source import Queue
from harness.runtime.outcome import Outcome
from harness.services.base.errors import ServiceError


class QueueDelivery:
    """Delivers the batches of one mapping.

    A batch is *invoked*, or *waits* for another try after a throttle, and is then released: its
    messages are deleted, or come back when their visibility timeout ends.
    """

    def __init__(  # noqa: PLR0913 - it stands between a mapping, a queue and the world
        self,
        mapping: Mapping,
        machinery: Machinery,
        queue: Queue,
        scaling: Scaling,
        *,
        is_fifo: bool,
        is_enabled: Callable[[], bool],
        released: Callable[[QueueBatch, int], None],
    ) -> None:
        self.mapping = mapping
        self.is_deleting = False
        """Whether what the queue announces just now is our own doing."""
        self._machinery = machinery
        self._queue = queue
        self._scaling = scaling
        self._is_fifo = is_fifo
        self._is_enabled = is_enabled
        self._released = released
        self.event_records = sqs_event_records(
            queue_arn=queue.arn,
            region=machinery.identity.region,
            has_window=bool(mapping.batching_window),
        )

    def fitting_count(self, deliveries: Sequence[Delivery]) -> int:
        """Return how many of *deliveries* fit one event."""
        if event_size_bound(deliveries) <= EVENT_BYTES_MAX:
            return len(deliveries)
        return fitting_count(
            self.event_records(deliveries), size_bound=partial(event_size_bound, deliveries)
        )

    def invoke(self, batch: QueueBatch, cause: int | None) -> None:
        """Start an invocation with *batch* now."""
        machinery, mapping = self._machinery, self.mapping
        identifiers = {"messages": batch.message_ids} if machinery.journal.per_record else {}
        entry = machinery.journal.record(
            "batch",
            actor=mapping.logical_id,
            subject=machinery.invoker.functions[mapping.function_name].logical_id,
            cause=cause,
            size=len(batch.deliveries),
            attempt=batch.throttles + 1,
            **identifiers,
        )
        machinery.invoker.invoke(
            mapping.function_name,
            {"Records": self.event_records(batch.deliveries)},
            source=mapping.logical_id,
            cause=entry,
            done=partial(self._ended, batch),
        )

    def delete(self, deliveries: Sequence[Delivery]) -> None:
        """Delete the messages of *deliveries* from the queue."""
        now = self._machinery.scheduler.now
        self.is_deleting = True
        try:
            for delivery in deliveries:
                try:
                    self._queue.delete(delivery.receipt_handle, now)
                except ServiceError as error:
                    # A FIFO queue refuses a handle whose timeout has ended: it comes again.
                    self._machinery.journal.record(
                        "message_kept",
                        actor=self.mapping.logical_id,
                        subject=self.mapping.source_name,
                        error=error.code,
                    )
        finally:
            self.is_deleting = False

    def _ended(self, batch: QueueBatch, outcome: Outcome) -> None:
        if outcome.kind == "throttled":
            self._throttled(batch, outcome)
        elif outcome.kind == "failed":
            if not self.mapping.report_batch_item_failures:
                self._scaling.slow_down()
            self._note_failure(batch, "function error", outcome.entry)
            self._released(batch, outcome.entry)
        else:
            self._returned(batch, outcome)

    def _returned(self, batch: QueueBatch, outcome: Outcome) -> None:
        kept: set[str] = set()
        if self.mapping.report_batch_item_failures:
            try:
                kept = failed_messages(outcome.payload, batch.message_ids)
            except InvalidReportError as error:
                kept = set(batch.message_ids)
                self._note_failure(batch, str(error), outcome.entry)
            else:
                if kept:
                    self._note_failure(
                        batch, "batch item failures", outcome.entry, failed=len(kept)
                    )
        if not kept and self._is_repeated(batch):
            batch.is_repeat = True
            self.invoke(batch, outcome.entry)
            return
        self.delete([each for each in batch.deliveries if each.message_id not in kept])
        self._released(batch, outcome.entry)

    def _is_repeated(self, batch: QueueBatch) -> bool:
        """Whether a standard queue hands the batch out once more, although it succeeded."""
        if self._is_fifo or batch.is_repeat or not self._is_enabled():
            return False
        return self._machinery.chooser.choose("mapping.duplicate", 2) == 1

    def _throttled(self, batch: QueueBatch, outcome: Outcome) -> None:
        """Try again until the messages' visibility timeout ends; then they are in the queue again."""
        self._scaling.slow_down()
        batch.throttles += 1
        cause = self._note_failure(batch, "throttled", outcome.entry)
        scheduler = self._machinery.scheduler
        due = Instant(scheduler.now + self._machinery.back_off.wait(batch.throttles))
        if due < batch.visible_at:
            scheduler.at(due, partial(self._try_again, batch, cause), "retry of a throttled batch")
        else:
            self._released(batch, cause)

    def _try_again(self, batch: QueueBatch, cause: int) -> None:
        """Invoke once more, unless the mapping has been disabled: then the messages come back."""
        if self._is_enabled():
            self.invoke(batch, cause)
        else:
            self._released(batch, cause)

    def _note_failure(
        self, batch: QueueBatch, reason: str, cause: int, *, failed: int | None = None
    ) -> int:
        machinery, mapping = self._machinery, self.mapping
        return machinery.journal.record(
            "batch_failed",
            actor=mapping.logical_id,
            subject=machinery.invoker.functions[mapping.function_name].logical_id,
            cause=cause,
            size=len(batch.deliveries),
            failed=len(batch.deliveries) if failed is None else failed,
            attempt=max(batch.throttles, 1),
            reason=reason,
        )
