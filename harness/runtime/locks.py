"""Locks of the code under test: waiting for one lets the others run, in virtual time.

A real lock would stop the whole process: the task that holds it could never go on to release it.
Conditions, semaphores, events and queues are built on these two, so they wait in virtual time too.

A library may keep a lock that it made under one world and use it under the next, so a lock belongs
to no world: it asks for the baton when it has to wait.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from harness.errors import SimulationError
from harness.kernel.instant import seconds
from harness.runtime.baton import Baton, Task

_batons: list[Baton] = []
"""The baton of the world that is open."""

_FOREVER = -1


@contextmanager
def locks_under(baton: Baton) -> Iterator[None]:
    """Let whoever waits for a lock meanwhile wait under *baton*."""
    _batons.append(baton)
    try:
        yield
    finally:
        _batons.remove(baton)


def current_task() -> Task | None:
    """Return the task that runs, or None outside of any."""
    return _batons[-1].current if _batons else None


class SimulatedLock:
    """What `threading.Lock` makes.  States: unlocked, locked."""

    __slots__ = ("__weakref__", "_is_locked", "_waiting")

    def __init__(self) -> None:
        self._is_locked = False
        self._waiting: list[Task] = []

    def acquire(self, blocking: bool = True, timeout: float = _FOREVER) -> bool:  # noqa: FBT001, FBT002 - the signature of threading
        """Lock it, after waiting where somebody else has; return whether that was possible."""
        if not blocking and timeout != _FOREVER:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != _FOREVER:
            raise ValueError("timeout value must be a non-negative number")
        if self._is_locked and not (blocking and self._wait(timeout)):
            return False
        self._is_locked = True
        return True

    def release(self) -> None:
        """Unlock it; anybody may."""
        if not self._is_locked:
            raise RuntimeError("release unlocked lock")
        self._is_locked = False
        waiting, self._waiting = self._waiting, []
        for task in waiting:
            task.wake()

    def locked(self) -> bool:
        """Return whether somebody has it."""
        return self._is_locked

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _wait(self, timeout: float) -> bool:
        """Wait until nobody has it; return False when *timeout* seconds pass before."""
        task = current_task()
        if task is None:
            raise SimulationError("a lock is held by code that waits, so nobody can release it")
        baton = task.baton
        has_timed_out: list[bool] = []

        def stop_waiting() -> None:
            has_timed_out.append(True)
            task.wake()

        timer = None
        if timeout != _FOREVER:
            timer = baton.scheduler.after(seconds(timeout), stop_waiting, "lock timeout")
        try:
            while self._is_locked and not has_timed_out:
                self._waiting.append(task)
                baton.wait()
        finally:
            if timer is not None:
                baton.scheduler.cancel(timer)
            self._waiting = [other for other in self._waiting if other is not task]
        return not self._is_locked

    def _at_fork_reinit(self) -> None:
        """Unlock it in a child process, as `logging` asks of its locks."""
        self._is_locked = False
        self._waiting = []


class SimulatedReentrantLock:
    """What `threading.RLock` makes: its owner may lock it again.  States: unlocked, locked n times."""

    __slots__ = ("__weakref__", "_count", "_lock", "_owner")

    def __init__(self) -> None:
        self._lock = SimulatedLock()
        self._owner: Task | None = None
        self._count = 0

    def acquire(self, blocking: bool = True, timeout: float = _FOREVER) -> bool:  # noqa: FBT001, FBT002 - the signature of threading
        """Lock it once more, after waiting where somebody else has."""
        task = current_task()
        if self._count and self._owner is task:
            self._count += 1
            return True
        if not self._lock.acquire(blocking, timeout):
            return False
        self._owner = task
        self._count = 1
        return True

    def release(self) -> None:
        """Undo one `acquire`; only its owner may."""
        if not self._is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    # What `threading.Condition` asks of a lock that is held several times

    def _is_owned(self) -> bool:
        return bool(self._count) and self._owner is current_task()

    def _release_save(self) -> int:
        count, self._count, self._owner = self._count, 0, None
        self._lock.release()
        return count

    def _acquire_restore(self, count: int) -> None:
        self._lock.acquire()
        self._owner = current_task()
        self._count = count

    def _at_fork_reinit(self) -> None:
        """Unlock it in a child process."""
        self._lock._at_fork_reinit()  # noqa: SLF001 - this module's own
        self._owner = None
        self._count = 0
