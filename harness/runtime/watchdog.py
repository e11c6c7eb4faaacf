"""The watchdog: a handler that loops for ever without an AWS call would hang the whole run.

A timer of the operating system looks every few seconds of processor time whether the baton has
moved.  If the same code under test has held it all the while, it is stopped where it stands, and
the error names the line.  The watchdog decides nothing in a run that goes well.
"""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from greenlet import greenlet

from harness.errors import StuckError
from harness.runtime.baton import Baton, InvocationKilledError, Task

PATIENCE_SECONDS = 10.0
"""Processor time that code may spend between two baton points."""

_set_aside: list[greenlet] = []
"""Stopped in the midst of a loop, and kept so for as long as the process lives."""


class Watchdog:
    """Watches one world's baton.  It needs the main thread; elsewhere it does nothing."""

    def __init__(
        self,
        baton: Baton,
        report: Callable[[Exception], None],
        line_of: Callable[[FrameType], str],
        patience_seconds: float | None = None,
    ) -> None:
        self._baton = baton
        self._report = report
        self._line_of = line_of
        self._patience = PATIENCE_SECONDS if patience_seconds is None else patience_seconds
        self._seen: tuple[int, Task] | None = None
        self._outer: Any = None
        self._is_watching = False

    def install(self) -> None:
        """Start to watch."""
        if threading.current_thread() is not threading.main_thread():
            return  # signals reach the main thread alone
        self._outer = signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, self._patience, self._patience)
        self._is_watching = True

    def remove(self) -> None:
        """Stop watching."""
        if self._is_watching:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, self._outer)
            self._is_watching = False

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        task = self._baton.current
        if task is None or frame is None:
            self._seen = None
            return
        seen = (self._baton.handovers, task)
        if self._seen is None or seen[0] != self._seen[0] or seen[1] is not self._seen[1]:
            self._seen = seen
            return
        if task.is_dead:
            self._set_aside(task)
            return
        error = StuckError(
            f"{task.name} ran for {self._patience:g} s of processor time without an AWS call, an HTTP"
            f" call or a sleep; it stood at {self._line_of(frame)}"
        )
        self._report(error)
        task.is_dead = True
        raise InvocationKilledError

    def _set_aside(self, task: Task) -> None:
        """Take the baton from code that catches whatever is thrown into it; it never runs again."""
        # Collecting the greenlet would run its code once more, which would not end.
        _set_aside.append(task.greenlet)
        self._baton.abandon()
