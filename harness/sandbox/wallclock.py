"""Time inside a place: the virtual clock, and sleeping as a wait on it.

time-machine bends `time.time`, `datetime.now` and their kin in C, so that even a function that was
imported by name before is bent.  The clocks that it leaves alone are patched here.
"""

import os
import queue
import select
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from harness.errors import EscapeError
from harness.kernel.instant import Duration, Instant, seconds
from harness.sandbox.patch import Inside, Patch, note_contact
from harness.sandbox.timemachine import original_time_ns, time_machine

_CALENDARS = (time.CLOCK_REALTIME, 5)
"""The clocks that tell the date: the second one is CLOCK_REALTIME_COARSE, which has no name here."""


class _VirtualTraveller(time_machine.Traveller):
    """Asks the virtual clock inside a place and the real one outside."""

    def __init__(self, now: Callable[[], Instant], inside: Inside) -> None:
        super().__init__(0, None, tick=False)
        self._now = now
        self._inside = inside

    def time_ns(self) -> int:
        if self._inside.place is None and not self._inside.is_on_virtual_time:
            return original_time_ns()
        if self._inside.place is not None:
            self._inside.place.contacts += 1
        return self._now() * 1_000


class Wallclock:
    """Bends the process's clocks while it is installed."""

    def __init__(
        self,
        now: Callable[[], Instant],
        pause: Callable[[Duration], None],
        inside: Inside,
    ) -> None:
        self._travel = time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False)
        self._traveller = _VirtualTraveller(now, inside)
        self._plain_traveller: Any = None
        start = now()

        def elapsed_ns() -> int:
            note_contact(inside)
            return (now() - start) * 1_000

        def elapsed() -> float:
            note_contact(inside)
            return (now() - start) / 1_000_000

        def sleep(duration: float) -> None:
            if duration < 0:
                raise ValueError("sleep length must be non-negative")
            pause(seconds(duration))

        self._patches = [Patch(time, "sleep", sleep, inside)]
        for clock in ("monotonic", "perf_counter", "process_time", "thread_time"):
            self._patches.append(Patch(time, clock, elapsed, inside))
            self._patches.append(Patch(time, f"{clock}_ns", elapsed_ns, inside))
        # What these took from `time` by name when they were imported, which was before this.
        self._patches += [
            Patch(threading, "_time", elapsed, inside),
            Patch(queue, "time", elapsed, inside),
            *_readings(now, elapsed, elapsed_ns, inside),
            Patch(select, "select", _waiting_for_files(pause), inside),
        ]

    def install(self) -> None:
        """Bend the clocks."""
        self._plain_traveller = self._travel.start()
        time_machine.traveller_stack[-1] = self._traveller
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Let the clocks go straight again."""
        for patch in reversed(self._patches):
            patch.remove()
        # It was this one that set the process's time zone, so it knows what it was before.
        time_machine.traveller_stack[-1] = self._plain_traveller
        self._travel.stop()


def _readings(
    now: Callable[[], Instant],
    elapsed: Callable[[], float],
    elapsed_ns: Callable[[], int],
    inside: Inside,
) -> list[Patch]:
    """Let what reads a clock by its number, or reads one unasked, read the virtual one."""
    ctime, asctime = time.ctime, time.asctime

    def clock_gettime(clock: int) -> float:
        return now() / 1_000_000 if clock in _CALENDARS else elapsed()

    def clock_gettime_ns(clock: int) -> int:
        return now() * 1_000 if clock in _CALENDARS else elapsed_ns()

    def times() -> os.times_result:
        return os.times_result((elapsed(), 0.0, 0.0, 0.0, elapsed()))

    def told(moment: float | None = None) -> str:
        note_contact(inside)
        return ctime(now() / 1_000_000 if moment is None else moment)

    def told_of(moment: Any = None) -> str:
        return asctime(time.localtime() if moment is None else moment)

    return [
        Patch(time, "clock_gettime", clock_gettime, inside),
        Patch(time, "clock_gettime_ns", clock_gettime_ns, inside),
        Patch(time, "ctime", told, inside),
        Patch(time, "asctime", told_of, inside),
        Patch(os, "times", times, inside),
    ]


def _waiting_for_files(pause: Callable[[Duration], None]) -> Callable[..., Any]:
    """Make a wait for files or sockets, which only the code itself can make ready, one in virtual time."""
    original = select.select

    def wait(reading: Any, writing: Any, failing: Any, timeout: float | None = None) -> Any:
        ready = original(reading, writing, failing, 0)
        if any(ready) or timeout == 0:
            return ready
        if timeout is None:
            raise EscapeError("select waits for a real file or socket, which never comes")
        pause(seconds(max(timeout, 0)))
        return original(reading, writing, failing, 0)

    return wait
