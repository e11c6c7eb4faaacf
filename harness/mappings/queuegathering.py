"""Receiving messages and gathering them until a batch is due."""

from harness.kernel.instant import Duration, Instant
from harness.mappings.batching import EVENT_BYTES_MAX, cut_options, is_due
from harness.mappings.eventpayloads.sqs import Delivery, event_size_bound, filter_view
from harness.mappings.filtering import compile_filters
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping
from harness.mappings.queuebatch import QueueBatch
from harness.mappings.queuecreation import effective_visibility_timeout
from harness.mappings.queuedelivery import QueueDelivery
from harness.mappings.source import Queue

_MESSAGES_MAX = 10
"""What one ReceiveMessage returns at most."""


class QueueGathering:
    """The messages of one mapping that are received but not part of a batch yet."""

    def __init__(
        self, mapping: Mapping, machinery: Machinery, queue: Queue, delivery: QueueDelivery
    ) -> None:
        self._machinery = machinery
        self._queue = queue
        self._gathered: list[Delivery] = []
        self._opened: Instant | None = None
        self.deploy(mapping, delivery)

    def deploy(self, mapping: Mapping, delivery: QueueDelivery) -> None:
        """Go on with other settings; what is gathered stays."""
        self._mapping = mapping
        self._delivery = delivery
        self._filter = compile_filters(mapping.filters, "sqs")

    @property
    def window_end(self) -> Instant | None:
        """When what is gathered is due in any case; None while nothing is."""
        if not self._gathered or self._opened is None:
            return None
        return Instant(self._opened + self._mapping.batching_window)

    def next_batch(self) -> QueueBatch | None:
        """Receive what there is room for, and return a batch if one is due."""
        if self._gathered:
            self._forget_what_is_back()
        self._receive(self._mapping.batch_size - len(self._gathered))
        if not self._gathered:
            self._opened = None
        window = self._mapping.batching_window
        now = self._machinery.scheduler.now
        if not is_due(
            count=len(self._gathered),
            batch_size=self._mapping.batch_size,
            event_bytes=self._event_bytes() if window else 0,
            opened=self._opened,
            batching_window=window,
            now=now,
        ):
            return None
        # What does not fit one event begins the next batch; so does what another batch size left over.
        count = self._delivery.fitting_count(self._gathered[: self._mapping.batch_size])
        deliveries, self._gathered = self._gathered[:count], self._gathered[count:]
        self._opened = now if self._gathered else None
        return QueueBatch(deliveries, min(delivery.visible_at for delivery in deliveries))

    def _forget_what_is_back(self) -> None:
        """Let go of messages whose visibility timeout has ended, and which are received anew.

        They waited too long: the mapping was disabled meanwhile, or was given a longer window.
        """
        now = self._machinery.scheduler.now
        self._gathered = [each for each in self._gathered if each.visible_at > now]
        if not self._gathered:
            self._opened = None

    def _receive(self, room: int) -> None:
        """Add up to *room* messages that pass the filter; the others are deleted."""
        now = self._machinery.scheduler.now
        while room > 0:
            options = cut_options(min(room, _MESSAGES_MAX))
            wanted = options[self._machinery.chooser.choose("mapping.cut", len(options))]
            messages = self._queue.receive(now, wanted, self._visibility_timeout())
            if not messages:
                return
            if self._opened is None:
                self._opened = now
            passing = self._filtered([Delivery(message) for message in messages])
            self._gathered += passing
            room -= len(passing)
            if wanted < options[0]:
                return

    def _visibility_timeout(self) -> Duration:
        functions = self._machinery.invoker.functions
        return effective_visibility_timeout(
            visibility_timeout=self._queue.visibility_timeout,
            batching_window=self._mapping.batching_window,
            function_timeout=functions[self._mapping.function_name].timeout,
        )

    def _filtered(self, deliveries: list[Delivery]) -> list[Delivery]:
        """Return the deliveries that pass the filter; delete the others, as Lambda does."""
        passes = self._filter
        if passes is None:
            return deliveries
        passing: list[Delivery] = []
        dropped: list[Delivery] = []
        records = self._delivery.event_records(deliveries)
        for delivery, record in zip(deliveries, records, strict=True):
            (passing if passes(filter_view(record)) else dropped).append(delivery)
        if dropped:
            self._machinery.journal.record(
                "messages_filtered",
                actor=self._mapping.logical_id,
                subject=self._mapping.source_name,
                size=len(dropped),
            )
            self._delivery.delete(dropped)
        return passing

    def _event_bytes(self) -> int:
        """Return the limit as soon as what is gathered does not fit one event."""
        if event_size_bound(self._gathered) <= EVENT_BYTES_MAX:
            return 0
        is_cut = self._delivery.fitting_count(self._gathered) < len(self._gathered)
        return EVENT_BYTES_MAX if is_cut else 0
