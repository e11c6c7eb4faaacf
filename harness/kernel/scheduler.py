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
        self.horizon: Instant | None = None
        """How far a running task may move the clock by itself; None is: as far as it likes."""
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
        self.set(timer)
        return timer

    def set(self, timer: Timer) -> None:
        """Set a timer that was made elsewhere, and is due now or later."""
        count = self._set_count = self._set_count + 1
        if not timer.idle:
            self._busy_count += 1
        heappush(self._heap, (timer.due, count, timer))

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
        timer = self.peek()
        return None if timer is None else timer.due

    def peek(self) -> Timer | None:
        """Return the earliest timer without running it."""
        heap = self._heap
        while heap and heap[0][2].action is None:
            heappop(heap)
        return heap[0][2] if heap else None

    def take(self, timer: Timer) -> None:
        """Take *timer*, which `peek` has just returned, off the queue and move the clock to it."""
        heappop(self._heap)
        timer.action = None
        if not timer.idle:
            self._busy_count -= 1
        self.now = timer.due
        self.timers_run += 1

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing but idle timers is left."""
        return self._busy_count == 0

    def step(self) -> bool:
        """Move the clock to the earliest timer and run it; return False when there is none."""
        timer = self.peek()
        if timer is None:
            return False
        action = timer.action
        assert action is not None, "peek drops cancelled timers"
        self.take(timer)
        action()
        return True

    def may_jump_to(self, instant: Instant) -> bool:
        """Whether nothing is due up to and including *instant*, so that the clock can just move."""
        if self.horizon is not None and instant > self.horizon:
            return False
        timer = self.peek()
        return timer is None or timer.due > instant

    def run_until(self, instant: Instant) -> None:
        """Run everything that is due up to and including *instant*, and leave the clock there."""
        outer, self.horizon = self.horizon, instant
        try:
            while (due := self.next_due()) is not None and due <= instant:
                self.step()
        finally:
            self.horizon = outer
        self.now = max(self.now, instant)

    def pending(self) -> list[Timer]:
        """Return the timers that are still to come, earliest first."""
        return [timer for _, _, timer in sorted(self._heap) if timer.action is not None]
