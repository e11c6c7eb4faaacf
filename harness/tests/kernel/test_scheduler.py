"""The scheduler runs timers in order of their instants, and of being set."""

from functools import partial

import pytest

from harness.errors import SimulationError
from harness.kernel.instant import Duration, Instant
from harness.kernel.scheduler import Scheduler


def a_scheduler() -> Scheduler:
    return Scheduler(Instant(0))


def test_timers_of_one_instant_run_in_the_order_in_which_they_were_set() -> None:
    """Nothing but the order of setting decides between equals."""
    scheduler = a_scheduler()
    seen: list[str] = []
    for name in ("first", "second", "third"):
        scheduler.at(Instant(5), partial(seen.append, name), name)

    while scheduler.step():
        pass

    assert seen == ["first", "second", "third"]
    assert scheduler.now == 5


def test_a_timer_cannot_be_set_in_the_past() -> None:
    """Time only ever moves forward."""
    scheduler = a_scheduler()
    scheduler.run_until(Instant(9))

    with pytest.raises(SimulationError, match=r"^cannot set 'late' for 5 us: it is already 9 us$"):
        scheduler.at(Instant(5), lambda: None, "late")


def test_a_cancelled_timer_does_not_run_and_does_not_keep_the_world_awake() -> None:
    """A deadline that was not needed leaves no trace."""
    scheduler = a_scheduler()
    timer = scheduler.after(Duration(5), lambda: pytest.fail("it was cancelled"), "deadline")

    scheduler.cancel(timer)
    scheduler.cancel(timer)

    assert scheduler.is_at_rest
    assert not scheduler.step()


def test_a_world_with_only_idle_timers_is_at_rest() -> None:
    """Housekeeping is always due some time."""
    scheduler = a_scheduler()
    scheduler.after(Duration(5), lambda: None, "housekeeping", idle=True)
    busy = scheduler.after(Duration(1), lambda: None, "work")

    assert not scheduler.is_at_rest
    scheduler.cancel(busy)
    assert scheduler.is_at_rest


def test_a_task_may_not_jump_over_what_is_due_nor_over_the_horizon() -> None:
    """The clock moves by itself only through time in which nothing happens."""
    scheduler = a_scheduler()
    scheduler.at(Instant(10), lambda: None, "due")

    assert scheduler.may_jump_to(Instant(9))
    assert not scheduler.may_jump_to(Instant(10))
    scheduler.horizon = Instant(5)
    assert scheduler.may_jump_to(Instant(5))
    assert not scheduler.may_jump_to(Instant(6))


def test_running_until_an_instant_leaves_the_clock_there() -> None:
    """What is due at the very instant has run; what is due a microsecond later has not."""
    scheduler = a_scheduler()
    seen: list[int] = []
    for due in (4, 5, 6):
        scheduler.at(Instant(due), partial(seen.append, due), "timer")

    scheduler.run_until(Instant(5))

    assert seen == [4, 5]
    assert scheduler.now == 5
