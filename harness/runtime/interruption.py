"""Interruption: Ctrl-C of the person at the terminal, told apart from a handler's `KeyboardInterrupt`.

Both arrive as the same exception.  So while a world is open, the signal itself is noted on its way:
an exception that no signal came before was raised by the code under test, and concerns nobody but
its invocation.  What was noted ends the run, also where a handler swallows the exception.
"""

import signal
import threading
from types import FrameType
from typing import Any

from harness.runtime.baton import Baton


class Interruption:
    """Notes Ctrl-C while code under test runs.

    Signals reach the main thread alone: elsewhere whatever interrupts a handler is its own.
    """

    def __init__(self, baton: Baton) -> None:
        self._baton = baton
        self._outer: Any = None
        self.has_come = False
        """Whether somebody has pressed Ctrl-C and the run has not ended for it yet."""

    def install(self) -> None:
        """Begin to take note."""
        if threading.current_thread() is not threading.main_thread():
            return
        outer = signal.getsignal(signal.SIGINT)
        if callable(outer):  # and not ignored, nor left to the system
            self._outer = outer
            signal.signal(signal.SIGINT, self._note)

    def remove(self) -> None:
        """Take no note any more."""
        if self._outer is not None:
            signal.signal(signal.SIGINT, self._outer)
            self._outer = None

    def raise_if_come(self) -> None:
        """Raise what the handler did not let through; called by the hub, once for each Ctrl-C."""
        if self.has_come:
            self.has_come = False
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        # The hub's own code lets it through anyway.
        self.has_come = self._baton.current is not None
        self._outer(number, frame)
