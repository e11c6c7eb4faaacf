"""Running a world until it is at rest."""

from collections.abc import Callable

from harness.errors import HarnessError
from harness.kernel.instant import Duration, Instant, in_seconds, iso
from harness.kernel.scheduler import Scheduler, Timer

_NAMED_TIMERS_MAX = 5


class UnsettledError(HarnessError):
    """A world did not come to rest in time; the message names what is still due."""

    def __init__(self, limit: Duration, pending: list[Timer]) -> None:
        named = ", ".join(
            f"{timer.name} at {iso(timer.due)}" for timer in pending[:_NAMED_TIMERS_MAX]
        )
        super().__init__(
            f"the world is not at rest after {in_seconds(limit):g} s of virtual time;"
            f" still due: {named}; raise the limit of 'settle' if that is expected"
        )


def settle(scheduler: Scheduler, limit: Duration, check: Callable[[], None]) -> Instant:
    """Run what is due until only housekeeping is left, and return the instant of the last of it.

    *check* is called after every step, to raise what went wrong in it.
    """
    end = Instant(scheduler.now + limit)
    while not scheduler.is_at_rest:
        due = scheduler.next_due()
        if due is not None and due > end:
            pending = [timer for timer in scheduler.pending() if not timer.idle]
            raise UnsettledError(limit, pending)
        scheduler.step()
        check()
    return scheduler.now
