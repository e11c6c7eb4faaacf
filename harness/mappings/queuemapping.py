"""An event source mapping on a queue: receive, filter, batch, and keep within the concurrency.

The pollers wait in a long poll, so no timer is set while nothing can be received: the change
feed wakes them, and messages that are hidden or delayed are polled for when they become visible.
"""

from harness.errors import UnsupportedError
from harness.kernel.instant import Duration, Instant, milliseconds
from harness.kernel.scheduler import Timer
from harness.mappings.batching import EVENT_BYTES_MAX, cut_options, is_due
from harness.mappings.eventpayloads.sqs import Delivery, event_size_bound, filter_view
from harness.mappings.filtering import compile_filters
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping
from harness.mappings.queuebatch import QueueBatch
from harness.mappings.queuecreation import check_queue_mapping, effective_visibility_timeout
from harness.mappings.queuedelivery import QueueDelivery
from harness.mappings.scaling import GROWTH_INTERVAL, Scaling
from harness.mappings.source import Queue

RECEIVE_LATENCY = milliseconds(20)
"""From a message being visible to its arrival at a poller."""

_MESSAGES_MAX = 10
"""What one ReceiveMessage returns at most."""

_FIXED_SETTINGS = ("function_name", "source_kind", "source_name", "source_arn")


class QueueMapping:
    """Receives messages of a queue for one function.

    States: idle (nothing can be received, no timer), due (a timer is set), full (as many batches
    are under way as may be).
    """

    def __init__(self, mapping: Mapping, machinery: Machinery, queue: Queue) -> None:
        self.mapping = mapping
        self._machinery = machinery
        self._queue = queue
        self._is_fifo = mapping.source_name.endswith(".fifo")
        self._check(mapping)
        self._filter = compile_filters(mapping.filters, "sqs")
        self._scaling = Scaling(mapping.maximum_concurrency)
        self._delivery = self._new_delivery()
        self._gathered: list[Delivery] = []
        self._opened: Instant | None = None
        self._under_way = 0
        self._active_groups: dict[str, None] = {}
        self._held: list[QueueBatch] = []
        """Batches with a message group that another batch still holds."""
        self._timer: Timer | None = None
        self._cause: int | None = None

    # What others call

    def start(self) -> None:
        """Begin to receive."""
        self._set_timer()

    def message_is_available(self, visible_at: Instant) -> None:
        """Take note of a message that was sent or returned, to be received from *visible_at* on."""
        if not self.mapping.is_enabled:
            return
        now = self._machinery.scheduler.now
        if self._is_full:
            if self._timer is None:
                self._wait_for_growth(visible_at)
            return
        due = Instant(max(visible_at, now) + RECEIVE_LATENCY)
        if self._timer is None or due < self._timer.due:
            self._cause = self._machinery.latest_entry("message")
            self._arm(due)

    def message_was_deleted(self) -> None:
        """Take note that a message is gone, which may have been the next one to come back."""
        if not self._delivery.is_deleting:
            self._set_timer()

    def deploy(self, mapping: Mapping) -> None:
        """Go on with other settings."""
        for setting in _FIXED_SETTINGS:
            if getattr(mapping, setting) != getattr(self.mapping, setting):
                raise UnsupportedError(
                    f"{mapping.logical_id}: changing {setting} of a running mapping is not modelled"
                )
        self._check(mapping)
        self._filter = compile_filters(mapping.filters, "sqs")
        if mapping.maximum_concurrency != self.mapping.maximum_concurrency:
            self._scaling = Scaling(mapping.maximum_concurrency)
        self.mapping = mapping
        # Batches under way end with the delivery that began them.
        self._delivery = self._new_delivery()
        self._set_timer()

    def _check(self, mapping: Mapping) -> None:
        check_queue_mapping(
            mapping,
            is_fifo=self._is_fifo,
            visibility_timeout=self._queue.visibility_timeout,
            function_timeout=self._function_timeout(mapping),
        )

    def _function_timeout(self, mapping: Mapping) -> Duration:
        return self._machinery.invoker.functions[mapping.function_name].timeout

    def _new_delivery(self) -> QueueDelivery:
        return QueueDelivery(
            self.mapping,
            self._machinery,
            self._queue,
            self._scaling,
            is_fifo=self._is_fifo,
            released=self._release,
        )

    # Receiving

    @property
    def _is_full(self) -> bool:
        return self._under_way >= self._scaling.limit

    def _poll(self) -> None:
        """Receive and invoke as long as there are messages and room for batches."""
        self._timer = None
        if not self.mapping.is_enabled:
            return
        while not self._is_full:
            self._receive(self.mapping.batch_size - len(self._gathered))
            if not self._is_batch_due():
                break
            self._dispatch(self._taken())
        self._set_timer()

    def _receive(self, room: int) -> None:
        """Add up to *room* messages that pass the filter; the others are deleted."""
        now = self._machinery.scheduler.now
        visibility_timeout = effective_visibility_timeout(
            visibility_timeout=self._queue.visibility_timeout,
            batching_window=self.mapping.batching_window,
            function_timeout=self._function_timeout(self.mapping),
        )
        while room > 0:
            options = cut_options(min(room, _MESSAGES_MAX))
            wanted = options[self._machinery.chooser.choose("mapping.cut", len(options))]
            messages = self._queue.receive(now, wanted, visibility_timeout)
            if not messages:
                return
            if self._opened is None:
                self._opened = now
            passing = self._filtered([Delivery(message) for message in messages])
            self._gathered += passing
            room -= len(passing)
            if wanted < options[0]:
                return

    def _filtered(self, deliveries: list[Delivery]) -> list[Delivery]:
        """Return the deliveries that pass the filter; delete the others, as Lambda does."""
        passes = self._filter
        if passes is None:
            return deliveries
        records = self._delivery.event_records(deliveries)
        passing: list[Delivery] = []
        dropped: list[Delivery] = []
        for delivery, record in zip(deliveries, records, strict=True):
            (passing if passes(filter_view(record)) else dropped).append(delivery)
        if dropped:
            self._machinery.journal.record(
                "messages_filtered",
                actor=self.mapping.logical_id,
                subject=self.mapping.source_name,
                size=len(dropped),
            )
            self._delivery.delete(dropped)
        return passing

    def _is_batch_due(self) -> bool:
        if not self._gathered:
            self._opened = None
        window = self.mapping.batching_window
        return is_due(
            count=len(self._gathered),
            batch_size=self.mapping.batch_size,
            event_bytes=self._event_bytes() if window else 0,
            opened=self._opened,
            batching_window=window,
            now=self._machinery.scheduler.now,
        )

    def _event_bytes(self) -> int:
        if event_size_bound(self._gathered) <= EVENT_BYTES_MAX:
            return 0
        is_cut = self._delivery.fitting_count(self._gathered) < len(self._gathered)
        return EVENT_BYTES_MAX if is_cut else 0

    def _taken(self) -> QueueBatch:
        """Return as many gathered messages as one event takes; the rest begins the next batch."""
        count = self._delivery.fitting_count(self._gathered)
        deliveries, self._gathered = self._gathered[:count], self._gathered[count:]
        now = self._machinery.scheduler.now
        self._opened = now if self._gathered else None
        return QueueBatch(deliveries, min(delivery.visible_at for delivery in deliveries))

    def _dispatch(self, batch: QueueBatch) -> None:
        self._under_way += 1
        if any(group in self._active_groups for group in batch.groups):
            self._held.append(batch)
            return
        self._begin(batch, self._cause)

    def _begin(self, batch: QueueBatch, cause: int | None) -> None:
        self._active_groups |= batch.groups
        self._delivery.invoke(batch, cause)

    def _release(self, batch: QueueBatch, cause: int) -> None:
        """Make room for the next batch, and let those go on that waited for a message group."""
        self._under_way -= 1
        for group in batch.groups:
            del self._active_groups[group]
        held, self._held = self._held, []
        for waiting in held:
            if any(group in self._active_groups for group in waiting.groups):
                self._held.append(waiting)
            else:
                self._begin(waiting, cause)
        self._cause = cause
        self._poll_again()

    # Timers

    def _poll_again(self) -> None:
        """Poll at once, as a poller does that has just got rid of its batch."""
        if self._timer is not None:
            self._machinery.scheduler.cancel(self._timer)
        self._poll()

    def _set_timer(self) -> None:
        """Wait for the next message or the end of the batching window, whichever is first."""
        now = self._machinery.scheduler.now
        visible_at = self._queue.next_visible_at(now)
        if not self.mapping.is_enabled:
            self._disarm()
        elif self._is_full:
            self._wait_for_growth(visible_at)
        else:
            due = None if visible_at is None else Instant(max(visible_at, now) + RECEIVE_LATENCY)
            if self._gathered and self._opened is not None:
                window_end = Instant(self._opened + self.mapping.batching_window)
                due = window_end if due is None else min(due, window_end)
            if due is None:
                self._disarm()
                if not self._under_way:
                    self._scaling.rest()
            else:
                self._arm(max(due, now))

    def _wait_for_growth(self, visible_at: Instant | None) -> None:
        """Let the concurrency grow as long as there is a backlog behind it."""
        now = self._machinery.scheduler.now
        has_backlog = bool(self._gathered) or (visible_at is not None and visible_at <= now)
        if has_backlog and self._scaling.can_grow:
            self._disarm()
            self._timer = self._machinery.scheduler.after(
                GROWTH_INTERVAL, self._grow, "growth of a queue's concurrency"
            )
        else:
            self._disarm()

    def _grow(self) -> None:
        self._scaling.grow()
        self._poll()

    def _arm(self, due: Instant) -> None:
        self._disarm()
        self._timer = self._machinery.scheduler.at(due, self._poll, "poll of a queue")

    def _disarm(self) -> None:
        if self._timer is not None:
            self._machinery.scheduler.cancel(self._timer)
            self._timer = None
