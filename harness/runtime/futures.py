"""Executors and futures of the code under test: tasks under the baton instead of threads.

`SimulatedExecutor` has the interface of `concurrent.futures.ThreadPoolExecutor`.  As with threads,
at most *max_workers* pieces of work are under way, and a piece submitted while all are busy waits
its turn.  Unlike threads, a piece runs until its next baton point before another one does, so the
same seed always gives the same interleaving.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    ALL_COMPLETED,
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    Executor,
    Future,
)
from concurrent.futures._base import DoneAndNotDoneFutures
from concurrent.futures.thread import BrokenThreadPool
from typing import Any

from typing_extensions import override

from harness.kernel.instant import Duration, Instant, in_seconds, seconds
from harness.runtime.baton import Baton, InvocationKilledError, Task
from harness.runtime.future import SimulatedFuture, logger, wait_for

_Work = tuple["SimulatedFuture", Callable[..., Any], tuple[Any, ...], dict[str, Any], Any]

_DEFAULT_WORKERS = 6
"""What `ThreadPoolExecutor` takes on Lambda's two virtual processors: min(32, 2 + 4)."""


class SimulatedExecutor(Executor):
    """Runs submitted work as tasks under the baton."""

    def __init__(
        self,
        baton: Baton,
        max_workers: int | None = None,
        initializer: Callable[..., object] | None = None,
        initargs: tuple[Any, ...] = (),
        name: str = "",
    ) -> None:
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self._baton = baton
        self._name = name or _next_name(baton)
        self._max_workers = max_workers or _DEFAULT_WORKERS
        self._initializer = initializer
        self._initargs = initargs
        self._queue: deque[_Work] = deque()
        self._idle: list[Task] = []
        self._workers: list[Task] = []
        self._busy_count = 0
        self._is_shut_down = False
        self._joining: list[Task] = []
        self._submitted_count = 0
        self._broken = ""
        """Why the executor takes no more work, once its initializer has failed."""

    @override
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> SimulatedFuture:
        """Queue ``fn(*args, **kwargs)`` and return its future."""
        if self._broken:
            raise BrokenThreadPool(self._broken)
        if self._is_shut_down:
            raise RuntimeError("cannot schedule new futures after shutdown")
        self._submitted_count += 1
        future = SimulatedFuture(self._baton, self._submitted_count)
        submitter = self._baton.current
        owner = None if submitter is None else submitter.owner
        self._queue.append((future, fn, args, kwargs, owner))
        if self._idle:
            self._idle.pop().wake()
        elif len(self._workers) < self._max_workers:
            worker = Task(self._baton, self._work, owner, f"{self._name}_{len(self._workers)}")
            self._workers.append(worker)
            owner_tasks = getattr(owner, "tasks", None)
            if owner_tasks is not None:
                owner_tasks.append(worker)
            worker.wake()
        return future

    @override
    def map(
        self,
        fn: Callable[..., Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[Any]:
        """Submit *fn* for each item and return the results in order.

        Work that has not begun is cancelled when a result is an error or nobody asks for more.
        """
        deadline = _deadline(self._baton, timeout)
        futures = [self.submit(fn, *arguments) for arguments in zip(*iterables, strict=False)]
        return self._results(futures, deadline)

    def _results(self, futures: list[SimulatedFuture], deadline: Instant | None) -> Iterator[Any]:
        try:
            for future in futures:
                yield future.result(_left(self._baton, deadline))
        finally:
            for future in futures:
                future.cancel()

    @override
    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; with *wait*, until all that was submitted has ended."""
        self._is_shut_down = True
        if cancel_futures:
            for work in self._queue:
                work[0].cancel()
            self._queue.clear()
        while self._idle:
            self._idle.pop().wake()
        task = self._baton.current
        while wait and task is not None and (self._queue or self._busy_count):
            self._joining.append(task)
            self._baton.wait()

    def _work(self) -> None:
        if not self._initialise():
            return
        baton = self._baton
        task = baton.current
        assert task is not None, "a worker runs under the baton"
        while True:
            while self._queue:
                future, fn, args, kwargs, task.owner = self._queue.popleft()
                self._busy_count += 1
                self._perform(future, fn, args, kwargs)
                self._busy_count -= 1
            if self._is_shut_down:
                break
            self._idle.append(task)
            baton.wait()
        for joining in self._joining:
            joining.wake()
        self._joining.clear()

    def _initialise(self) -> bool:
        """Run the initializer; when it fails, so does all that was submitted."""
        if self._initializer is None:
            return True
        try:
            self._initializer(*self._initargs)
        except InvocationKilledError:
            raise
        except BaseException:  # whatever it is breaks the executor
            if self._baton.is_interrupted():
                raise
            logger().critical("Exception in initializer:", exc_info=True)
            self._broken = "A thread initializer failed, the thread pool is not usable anymore"
            while self._queue:
                self._queue.popleft()[0].set_exception(BrokenThreadPool(self._broken))
            for joining in self._joining:
                joining.wake()
            self._joining.clear()
            return False
        return True

    @staticmethod
    def _perform(
        future: SimulatedFuture, fn: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            result = fn(*args, **kwargs)
        except InvocationKilledError:
            raise
        except BaseException as error:  # whatever it is belongs to who asks for the result
            if future._baton.is_interrupted():  # noqa: SLF001 - this package's own
                raise
            future.set_exception(error)
        else:
            future.set_result(result)


def wait(
    fs: Iterable[SimulatedFuture], timeout: float | None = None, return_when: str = ALL_COMPLETED
) -> DoneAndNotDoneFutures[Any]:
    """Do what `concurrent.futures.wait` does, in virtual time."""
    if return_when not in (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION):
        raise ValueError(f"Invalid return condition: {return_when!r}")
    futures = list(dict.fromkeys(fs))

    def is_enough() -> bool:
        done = [future for future in futures if future.done()]
        if return_when == FIRST_COMPLETED and done:
            return True
        failed = (not future.cancelled() and future._error is not None for future in done)  # noqa: SLF001 - this package's own
        if return_when == FIRST_EXCEPTION and any(failed):
            return True
        return len(done) == len(futures)

    if futures and not is_enough():
        wait_for(futures, is_enough, futures[0]._baton, timeout)  # noqa: SLF001 - this package's own
    done: set[Future[Any]] = {future for future in futures if future.done()}
    return DoneAndNotDoneFutures(done, set[Future[Any]](futures) - done)


def as_completed(
    fs: Iterable[SimulatedFuture], timeout: float | None = None
) -> Iterator[SimulatedFuture]:
    """Do what `concurrent.futures.as_completed` does, in virtual time and in a fixed order."""
    pending = list(dict.fromkeys(fs))
    count = len(pending)
    deadline = _deadline(pending[0]._baton, timeout) if pending else None  # noqa: SLF001 - this package's own
    while pending:
        finished = [future for future in pending if future.done()]
        if not finished:
            wait_for(
                pending,
                lambda: any(future.done() for future in pending),  # noqa: B023 - called within this turn of the loop
                pending[0]._baton,  # noqa: SLF001 - this package's own
                _left(pending[0]._baton, deadline),  # noqa: SLF001 - this package's own
            )
            finished = [future for future in pending if future.done()]
        if not finished:
            raise TimeoutError(f"{len(pending)} (of {count}) futures unfinished")
        yield from finished
        pending = [future for future in pending if future not in finished]


def executor_class(baton: Baton) -> type[SimulatedExecutor]:
    """Return the class that stands for `ThreadPoolExecutor` under *baton*, with its signature."""

    class ThreadPoolExecutor(SimulatedExecutor):
        """An executor of the code under test."""

        def __init__(
            self,
            max_workers: int | None = None,
            thread_name_prefix: str = "",
            initializer: Callable[..., object] | None = None,
            initargs: tuple[Any, ...] = (),
        ) -> None:
            super().__init__(baton, max_workers, initializer, initargs, thread_name_prefix)

    return ThreadPoolExecutor


def _next_name(baton: Baton) -> str:
    """Return what the threads of an executor are called that is given no name."""
    environment = None if baton.current is None else baton.current.owner.environment
    return "ThreadPoolExecutor" if environment is None else environment.next_executor()


def _deadline(baton: Baton, timeout: float | None) -> Instant | None:
    return None if timeout is None else Instant(baton.scheduler.now + seconds(timeout))


def _left(baton: Baton, deadline: Instant | None) -> float | None:
    """Return how many seconds are left until *deadline*."""
    if deadline is None:
        return None
    return in_seconds(Duration(max(0, deadline - baton.scheduler.now)))
