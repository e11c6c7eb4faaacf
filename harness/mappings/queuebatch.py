"""A batch of messages on its way through a function."""

from harness.kernel.instant import Instant
from harness.mappings.eventpayloads.sqs import Delivery


class QueueBatch:
    """Deliveries that one invocation is given; they come back by themselves at *visible_at*."""

    __slots__ = ("deliveries", "groups", "is_repeat", "throttles", "visible_at")

    def __init__(self, deliveries: list[Delivery], visible_at: Instant) -> None:
        self.deliveries = deliveries
        self.visible_at = visible_at
        self.throttles = 0
        self.is_repeat = False
        """Whether the batch has succeeded before and is delivered once more."""
        self.groups = {
            delivery.group_id: None for delivery in deliveries if delivery.group_id is not None
        }
        """The message groups in it, in order; a dictionary, since a set has none."""

    @property
    def message_ids(self) -> list[str]:
        """The ids of the messages, in order."""
        return [delivery.message_id for delivery in self.deliveries]
