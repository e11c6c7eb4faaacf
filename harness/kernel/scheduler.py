"""The queue of timers: the only thing that makes time pass.

Two timers that are due at the same instant run in the order in which they were set.  A
timer set as *idle* is housekeeping (a retention period, a time to live): it runs when its
instant comes, but a world with nothing but idle timers left is at rest.
"""

from collections.abc import Callable
from heapq import heappop, heappush

from harness.errors import SimulationError
from harness.kernel.instant import Duration, Instant


class Timer:
    """One thing that is due; *action* is called with the clock at *due*."""

    __slots__ = ("action", "due", "idle", "name")

    def __init__(
        self, due: Instant, action: Callable[[], object], name: str, *, idle: bool
    ) -> None:
        self.due = due
        self.action: Callable[[], object] | None = action
        self.name = name
        self.idle = idle


class Scheduler:
    """Virtual time and what is due in it."""

    def __init__(self, start: Instant) -> None:
        self.now = start
        self.timers_run = 0
        self._heap: list[tuple[Instant, int, Timer]] = []
        self._set_count = 0
        self._busy_count = 0

    def at(
        self, due: Instant, action: Callable[[], object], name: str, *, idle: bool = False
    ) -> Timer:
        """Set a timer for *due*, which may be now but never earlier."""
        if due < self.now:
            raise SimulationError(f"cannot set {name!r} for {due} us: it is already {self.now} us")
        timer = Timer(due, action, name, idle=idle)
        self._set_count += 1
        self._busy_count += not idle
        heappush(self._heap, (due, self._set_count, timer))
        return timer

    def after(
        self, delay: Duration, action: Callable[[], object], name: str, *, idle: bool = False
    ) -> Timer:
        """Set a timer *delay* from now."""
        return self.at(Instant(self.now + delay), action, name, idle=idle)

    def cancel(self, timer: Timer) -> None:
        """Forget *timer*; one that has run or was cancelled before stays forgotten."""
        if timer.action is not None:
            timer.action = None
            self._busy_count -= not timer.idle

    def next_due(self) -> Instant | None:
        """Return the instant of the earliest timer, or None when nothing is set."""
        heap = self._heap
        while heap and heap[0][2].action is None:
            heappop(heap)
        return heap[0][0] if heap else None

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing but idle timers is left."""
        return self._busy_count == 0

    def step(self) -> bool:
        """Move the clock to the earliest timer and run it; return False when there is none."""
        due = self.next_due()
        if due is None:
            return False
        timer = heappop(self._heap)[2]
        action = timer.action
        assert action is not None, "next_due drops cancelled timers"
        timer.action = None
        self._busy_count -= not timer.idle
        self.now = due
        self.timers_run += 1
        action()
        return True

    def run_until(self, instant: Instant) -> None:
        """Run everything that is due up to and including *instant*, and leave the clock there."""
        while (due := self.next_due()) is not None and due <= instant:
            self.step()
        self.now = max(self.now, instant)

    def pending(self) -> list[Timer]:
        """Return the timers that are still to come, earliest first."""
        return [timer for _, _, timer in sorted(self._heap) if timer.action is not None]
