"""An event source mapping on a queue: receive, filter, batch, and keep within the concurrency.

The pollers wait in a long poll, so no timer is set while nothing can be received: the change
feed wakes them, and messages that are hidden or delayed are polled for when they become visible.
"""

from dataclasses import replace

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, milliseconds
from harness.kernel.scheduler import Timer
from harness.mappings.machinery import Machinery
from harness.mappings.mapping import Mapping
from harness.mappings.queuebatch import QueueBatch
from harness.mappings.queuecreation import check_queue_mapping, check_queue_settings
from harness.mappings.queuedelivery import QueueDelivery
from harness.mappings.queuegathering import QueueGathering
from harness.mappings.scaling import GROWTH_INTERVAL, Scaling
from harness.mappings.source import Queue

RECEIVE_LATENCY = milliseconds(20)
"""From a message being visible to its arrival at a poller."""

_FIXED_SETTINGS = ("source_kind", "source_name", "source_arn")


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
        check_queue_mapping(
            mapping,
            is_fifo=self._is_fifo,
            visibility_timeout=queue.visibility_timeout,
            function_timeout=machinery.invoker.functions[mapping.function_name].timeout,
        )
        self._scaling = Scaling(mapping.maximum_concurrency)
        self._delivery = self._new_delivery()
        self._gathering = QueueGathering(mapping, machinery, queue, self._delivery)
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

    def stop(self) -> None:
        """Receive no more; what is under way ends."""
        self.deploy(replace(self.mapping, is_enabled=False))

    def deploy(self, mapping: Mapping) -> None:
        """Go on with other settings."""
        for setting in _FIXED_SETTINGS:
            if getattr(mapping, setting) != getattr(self.mapping, setting):
                raise UnsupportedError(
                    f"{mapping.logical_id}: changing {setting} of a running mapping is not modelled"
                )
        check_queue_settings(mapping, is_fifo=self._is_fifo)
        if mapping.maximum_concurrency != self.mapping.maximum_concurrency:
            self._scaling = Scaling(mapping.maximum_concurrency)
        self.mapping = mapping
        # Batches under way end with the delivery that began them.
        self._delivery = self._new_delivery()
        self._gathering.deploy(mapping, self._delivery)
        self._set_timer()

    def _new_delivery(self) -> QueueDelivery:
        return QueueDelivery(
            self.mapping,
            self._machinery,
            self._queue,
            self._scaling,
            is_fifo=self._is_fifo,
            is_enabled=lambda: self.mapping.is_enabled,
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
            batch = self._gathering.next_batch()
            if batch is None:
                break
            self._dispatch(batch)
        self._set_timer()

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
        self._begin_held(cause)
        self._cause = cause
        self._poll_again()

    def _begin_held(self, cause: int) -> None:
        now = self._machinery.scheduler.now
        held, self._held = self._held, []
        for batch in held:
            if batch.visible_at <= now or not self.mapping.is_enabled:
                # It waited too long, or nobody delivers any more: its messages come once more.
                self._under_way -= 1
            elif any(group in self._active_groups for group in batch.groups):
                self._held.append(batch)
            else:
                self._begin(batch, cause)

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
            window_end = self._gathering.window_end
            if window_end is not None:
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
        is_gathering = self._gathering.window_end is not None
        has_backlog = is_gathering or (visible_at is not None and visible_at <= now)
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
