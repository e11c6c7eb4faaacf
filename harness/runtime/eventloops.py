"""Event loops of the code under test: their waits are waits in virtual time, and one thread holds many.

A loop waits for its next timer, or for somebody to write to its socket: that is how a thread of an
executor tells it of a result (`asyncio.to_thread`).  Whoever sends lets the loops look again.
"""

import selectors
import socket
from collections.abc import Callable
from typing import Any

from harness.kernel.instant import seconds
from harness.runtime.baton import Baton, Task
from harness.runtime.homethread import Replacements


class EventLoops:
    """The event loops of one world that wait."""

    def __init__(self, baton: Baton) -> None:
        self._baton = baton
        self._waiting: list[Task] = []
        self._select: Callable[..., Any] = selectors.DefaultSelector.select
        self._send: Callable[..., int] = socket.socket.send

    def replacements(self) -> Replacements:
        """Return what means something else inside: its owner, its name, and what it is there."""
        return (
            (selectors.DefaultSelector, "select", self._select_in_virtual_time),
            (socket.socket, "send", self._send_and_wake),
        )

    def _select_in_virtual_time(self, selector: Any, timeout: float | None = None) -> Any:
        ready = self._select(selector, 0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        baton = self._baton
        task = baton.current
        assert task is not None, "code inside runs under the baton"
        has_timed_out: list[bool] = []

        def stop_waiting() -> None:
            has_timed_out.append(True)
            task.wake()

        timer = None
        if timeout is not None:
            timer = baton.scheduler.after(seconds(timeout), stop_waiting, "event loop")
        try:
            while not ready and not has_timed_out:
                self._waiting.append(task)
                baton.wait()
                ready = self._select(selector, 0)
        finally:
            if timer is not None:
                baton.scheduler.cancel(timer)
            self._waiting = [other for other in self._waiting if other is not task]
        return ready

    def _send_and_wake(self, sender: Any, *args: Any) -> int:
        sent = self._send(sender, *args)
        waiting, self._waiting = self._waiting, []
        for task in waiting:
            task.wake()
        return sent
