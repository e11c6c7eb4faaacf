"""The future of a piece of work, and waiting for futures, in virtual time."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future, InvalidStateError
from typing import Any

from typing_extensions import override

from harness.kernel.instant import seconds
from harness.runtime.baton import Baton, Task


class SimulatedFuture(Future[Any]):
    """The result of a piece of work, to be waited for in virtual time.

    Stages: pending, running, done, cancelled.
    """

    _value: Any = None
    _error: BaseException | None = None
    _stage = "pending"
    _waiting: tuple[Task, ...] = ()
    _callbacks: tuple[Callable[[Future[Any]], object], ...] = ()

    def __init__(self, baton: Baton, number: int) -> None:
        # The base class would make a lock; there are no threads.
        self._baton = baton
        self._number = number

    def __hash__(self) -> int:
        """Return the number within its executor: a set of futures is in the same order each time."""
        return self._number

    @override
    def __repr__(self) -> str:
        """Return what the real one says, with a number for its address."""
        stage = "finished" if self._stage == "done" else self._stage
        ended = ""
        if self._stage == "done":
            value = self._value if self._error is None else self._error
            ended = f" {'returned' if self._error is None else 'raised'} {type(value).__name__}"
        return f"<Future at {self._number:#x} state={stage}{ended}>"

    def done(self) -> bool:
        """Return whether the work has ended or was cancelled."""
        return self._stage in ("done", "cancelled")

    def running(self) -> bool:
        """Return whether the work is under way."""
        return self._stage == "running"

    def cancelled(self) -> bool:
        """Return whether the work was cancelled before it began."""
        return self._stage == "cancelled"

    def cancel(self) -> bool:
        """Cancel work that has not begun."""
        if self._stage == "pending":
            self._finish("cancelled")
        return self._stage == "cancelled"

    def result(self, timeout: float | None = None) -> Any:
        """Return what the work returned, or raise what it raised."""
        self._join(timeout)
        if self._error is not None:
            raise self._error
        return self._value

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """Return what the work raised, or None."""
        self._join(timeout)
        return self._error

    def add_done_callback(self, fn: Callable[[Future[Any]], object]) -> None:
        """Call *fn* with this future when it is done, which may be at once."""
        if self.done():
            self._call_back(fn)
        else:
            self._callbacks = (*self._callbacks, fn)

    def set_result(self, result: Any) -> None:
        """End the work with a value."""
        self._refuse_second_end()
        self._value = result
        self._finish("done")

    def set_exception(self, exception: BaseException | None) -> None:
        """End the work with an error."""
        self._refuse_second_end()
        self._error = exception
        self._finish("done")

    def set_running_or_notify_cancel(self) -> bool:
        """Mark the work as begun; return False when it was cancelled."""
        if self._stage == "cancelled":
            return False
        self._stage = "running"
        return True

    def _refuse_second_end(self) -> None:
        if self.done():
            raise InvalidStateError(f"{self._stage.upper()}: {self!r}")

    def _finish(self, stage: str) -> None:
        self._stage = stage
        for task in self._waiting:
            task.wake()
        self._waiting = ()
        for callback in self._callbacks:
            self._call_back(callback)

    def _call_back(self, callback: Callable[[Future[Any]], object]) -> None:
        try:
            callback(self)
        except Exception:  # noqa: BLE001 - as with threads: whoever ended the work is not to blame
            logger().exception("exception calling callback for %r", self)

    def _join(self, timeout: float | None) -> None:
        if not self.done():
            wait_for([self], self.done, self._baton, timeout)
        if not self.done():
            raise TimeoutError
        if self._stage == "cancelled":
            raise CancelledError


def wait_for(
    futures: Iterable[SimulatedFuture],
    is_enough: Callable[[], bool],
    baton: Baton,
    timeout: float | None,
) -> None:
    """Let the calling task wait until *is_enough*, or until *timeout* seconds have passed."""
    task = baton.current
    assert task is not None, "only code under test waits for its executor"
    watched = [future for future in futures if not future.done()]
    timer = None
    has_timed_out: list[bool] = []
    if timeout is not None:

        def stop_waiting() -> None:
            has_timed_out.append(True)
            task.wake()

        timer = baton.scheduler.after(seconds(timeout), stop_waiting, "executor timeout")
    while not is_enough() and not has_timed_out:
        for future in watched:
            if not future.done() and task not in future._waiting:  # noqa: SLF001 - this module's own
                future._waiting = (*future._waiting, task)  # noqa: SLF001 - this module's own
        baton.wait()
    if timer is not None:
        baton.scheduler.cancel(timer)
    for future in watched:
        if future._waiting:  # noqa: SLF001 - this module's own
            future._waiting = tuple(other for other in future._waiting if other is not task)  # noqa: SLF001 - this module's own


def logger() -> logging.Logger:
    """Return the logger that threads would use, of the environment that is running."""
    return logging.getLogger("concurrent.futures")
