"""The watchdog: a handler that never gives the baton back would hang the whole run.

There are three ways not to come back, and one timer of the operating system for each:

* **busy**: it loops in Python.  A timer looks every few seconds of *processor time* whether the
  baton has moved.  If the same code has held it all the while, it is stopped where it stands.
* **waiting**: it waits in real time for something that is no lock, sleep or queue of Python's, which
  the virtual clock cannot pass (a pipe, a system call).  A timer of *real time* looks whether neither
  the baton has moved nor any processor time was used, and stops it likewise.
* **deaf**: it loops in C (``sum(itertools.repeat(1))``), where Python cannot be reached at all.  A
  timer of processor time that the first one winds up again and again ends the process when nobody
  does, and writes the stack to standard error; the frame of the invocation bears its name.

The watchdog decides nothing in a run that goes well, and leaves debugged code alone.
"""

import faulthandler
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from greenlet import greenlet

from harness.errors import StuckError
from harness.runtime import lastwords
from harness.runtime.baton import Baton, InvocationKilledError, Task
from harness.sandbox.debugging import is_debugged
from harness.sandbox.limits import calling_line

# While code under test runs, these are refused; so they are taken before any does.
_set_timer = signal.setitimer
_set_handler = signal.signal
_processor_time = time.process_time

_set_aside: list[greenlet] = []
"""Stopped in the midst of a loop, and kept so for as long as the process lives."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds code under test may hold the baton, by what it does meanwhile."""

    busy: float = 10.0
    """Processor time in Python."""
    waiting: float = 60.0
    """Real time without any processor time."""
    deaf: float = 60.0
    """Processor time of the program itself, not of the system for it, without coming back to Python."""


PATIENCE = Patience()
"""With code of which nobody has said anything else."""

_LOOKS = 6
"""How often the wait is looked at before it has lasted too long.  They are counted, and not the time
between them, for the process may have been stopped for an hour."""
_IDLE = 0.1
"""A wait may use this part of a processor for other threads of the process."""


class Watchdog:
    """Watches one world's baton.

    It needs the main thread, which signals reach; elsewhere it does nothing.  A timer that somebody
    else uses already is left to them.
    """

    def __init__(
        self,
        baton: Baton,
        report: Callable[[Exception], None],
        is_inside: Callable[[], bool],
        patience: Patience | None = None,
    ) -> None:
        self._baton = baton
        self._report = report
        self._is_inside = is_inside
        self._patience = PATIENCE if patience is None else patience
        self._outer: dict[int, Any] = {}
        self._is_winding = False
        self._busy: tuple[int, Task] | None = None
        self._waiting: tuple[int, Task] | None = None
        self._looks = 0
        self._used = 0.0

    def install(self) -> None:
        """Start to watch."""
        if threading.current_thread() is not threading.main_thread():
            return
        self._take(signal.SIGPROF, self._look)
        _set_timer(signal.ITIMER_PROF, self._patience.busy, self._patience.busy)
        if _is_free(signal.SIGALRM, signal.ITIMER_REAL):
            self._take(signal.SIGALRM, self._look_at_wait)
            interval = self._patience.waiting / _LOOKS
            _set_timer(signal.ITIMER_REAL, interval, interval)
        if _is_free(signal.SIGVTALRM, signal.ITIMER_VIRTUAL) and lastwords.can_be_written():
            # The stack is written, and then the signal does what it does by default: end it all.
            faulthandler.register(
                signal.SIGVTALRM, lastwords.stream(), all_threads=False, chain=True
            )
            self._is_winding = True
            self._wind()

    def remove(self) -> None:
        """Stop watching."""
        timers = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
        for number, outer in self._outer.items():
            _set_timer(timers[signal.Signals(number)], 0)
            _set_handler(number, outer)
        self._outer.clear()
        if self._is_winding:
            self._is_winding = False
            _set_timer(signal.ITIMER_VIRTUAL, 0)
            faulthandler.unregister(signal.SIGVTALRM)

    def _take(self, number: signal.Signals, handler: Callable[..., None]) -> None:
        self._outer[number] = _set_handler(number, handler)

    def _wind(self) -> None:
        if self._is_winding:
            _set_timer(signal.ITIMER_VIRTUAL, self._patience.deaf)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        """Stop code that has been busy since the last look; Python was reached in any case."""
        self._wind()
        task = self._baton.current
        if task is None or frame is None or is_debugged():
            self._busy = None
            return
        seen = (self._baton.handovers, task)
        if not _are_same(self._busy, seen):
            self._busy = seen
            return
        self._stop(
            task,
            frame,
            f"ran for {self._patience.busy:g} s of processor time without an AWS call, an HTTP call"
            " or a sleep",
        )

    def _look_at_wait(self, _signal: int, frame: FrameType | None) -> None:
        """Stop code that has waited at every look."""
        task, used = self._baton.current, _processor_time()
        since, self._used = used - self._used, used
        if task is None or frame is None or not self._is_inside() or is_debugged():
            self._waiting = None
            return
        seen = (self._baton.handovers, task)
        is_idle = since < _IDLE * self._patience.waiting / _LOOKS
        if not (is_idle and _are_same(self._waiting, seen)):
            self._waiting, self._looks = seen, 0
            return
        self._looks += 1
        if self._looks >= _LOOKS:
            self._looks = 0
            self._stop(
                task,
                frame,
                f"waited for {self._patience.waiting:g} s of real time, in which no virtual time"
                " passes, for nothing that the simulation knows",
            )

    def _stop(self, task: Task, frame: FrameType, what: str) -> None:
        """End what *task* does where it stands."""
        if task.is_dead:
            self._set_aside(task)
            return
        request_id = getattr(task.owner, "request_id", "")
        self._report(
            StuckError(
                f"{task.name} {what}; it stood at {_line(task, frame)}, in invocation {request_id}"
            )
        )
        task.is_dead = True
        raise InvocationKilledError

    def _set_aside(self, task: Task) -> None:
        """Take the baton from code that catches whatever is thrown into it; it never runs again."""
        # Collecting the greenlet would run its code once more, which would not end.
        _set_aside.append(task.greenlet)
        self._baton.abandon()


def _are_same(known: tuple[int, Task] | None, seen: tuple[int, Task]) -> bool:
    return known is not None and known[0] == seen[0] and known[1] is seen[1]


def _is_free(number: signal.Signals, timer: int) -> bool:
    """Whether nobody in this process uses the signal and its timer."""
    return signal.getsignal(number) is signal.SIG_DFL and signal.getitimer(timer)[0] == 0


def _line(task: Task, frame: FrameType) -> str:
    """Return ``file:line`` of the function's own code that the frame lies in or was called from."""
    return calling_line(task.owner.environment.function.code, frame)
