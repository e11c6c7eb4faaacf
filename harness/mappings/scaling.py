"""How many batches of a queue are under way at once.

Source: AWS Lambda developer guide, "Configuring scaling behavior for SQS event source mappings".
How much errors and throttles slow the pollers down is not documented: here they halve.
"""

from harness.kernel.instant import seconds

STARTING_CONCURRENCY = 5
CONCURRENCY_MAX = 1_250
GROWTH_INTERVAL = seconds(1)
_GROWTH = 5
"""300 more a minute."""


class Scaling:
    """The number of batches that may be under way, which follows the backlog."""

    __slots__ = ("_highest", "limit")

    def __init__(self, maximum_concurrency: int | None) -> None:
        self._highest = maximum_concurrency or CONCURRENCY_MAX
        self.limit = 0
        self.rest()

    @property
    def can_grow(self) -> bool:
        """Whether more backlog would bring more concurrency."""
        return self.limit < self._highest

    def grow(self) -> None:
        """Add what an interval of backlog brings."""
        self.limit = min(self.limit + _GROWTH, self._highest)

    def slow_down(self) -> None:
        """Back off after a throttle or a function error."""
        self.limit = max(self.limit // 2, 1)

    def rest(self) -> None:
        """Begin again, when the queue has been emptied."""
        self.limit = min(STARTING_CONCURRENCY, self._highest)
