"""Threads of the code under test: tasks under the baton, as an executor's workers are.

A `threading.Thread` stays what it is, with its name and its `run`; only to start it, to wait for it
and to ask who runs mean something else inside.  So do the classes that derive from it, a timer among
them.  A thread that still runs when the handler returns stands still until the next invocation, as on
Lambda.
"""

import threading
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from harness.runtime.baton import Baton, InvocationKilledError, Task
from harness.runtime.homethread import Replacements
from harness.runtime.locks import SimulatedLock, current_task
from harness.sandbox.logrecords import THREAD

_FOREVER = -1


class _Run(NamedTuple):
    """A thread that has been started."""

    thread: Thread
    task: Task
    ending: SimulatedLock
    """Locked until the thread has ended."""

    @property
    def is_alive(self) -> bool:
        """Whether it is still running."""
        return self.ending.locked() and not self.task.greenlet.dead


class _Handle:
    """What a thread has, since Python 3.13, in place of the system's handle of it: it runs, or it is done.

    Inside, `Threads` waits for it.  Outside, when a coroutine of an environment that is gone is thrown
    away, there is nothing to wait for: it is done.
    """

    def __init__(self, ident: int) -> None:
        self.ident = ident
        self._is_done = False

    def is_done(self) -> bool:
        return self._is_done

    def join(self, timeout: float | None = None) -> None:
        del timeout
        self._set_done()

    def _set_done(self) -> None:
        self._is_done = True


class Threads:
    """The threads that were started in one world."""

    def __init__(self, baton: Baton) -> None:
        self._baton = baton
        self._runs: WeakKeyDictionary[Any, _Run] = WeakKeyDictionary()
        """By greenlet."""
        self._started = 0
        self._real_is_alive: Callable[[Thread], bool] = Thread.is_alive

    def replacements(self) -> Replacements:
        """Return what means something else inside: its owner, its name, and what it is there."""
        return (
            (Thread, "start", self._start),
            (Thread, "join", self._join),
            (Thread, "is_alive", self._is_alive),
            (threading, "current_thread", self._current),
            (threading, "get_ident", self._identifier),
            (threading, "enumerate", self._alive),
            (threading, "active_count", lambda: len(self._alive())),
        )

    def _start(self, thread: Any) -> None:
        if not getattr(thread, "_initialized", False):
            raise RuntimeError("thread.__init__() not called")
        if thread._started.is_set():  # noqa: SLF001 - where the standard library keeps it
            raise RuntimeError("threads can only be started once")
        starter = self._baton.current
        assert starter is not None, "code inside runs under the baton"
        environment = starter.owner.environment
        # An image of a cold start could not start the thread again.
        environment.place.contacts += 1
        task = Task(self._baton, partial(self._work, thread), starter.owner, thread.name)
        self._register(thread, task)
        environment.tasks.append(task)
        task.wake()

    def _register(self, thread: Any, task: Task) -> _Run:
        """Note that *thread* runs as *task*."""
        ending = SimulatedLock()
        ending.acquire()
        thread._simulated = self._runs[task.greenlet] = run = _Run(thread, task, ending)  # noqa: SLF001 - our own
        self._started += 1
        thread._ident = thread._native_id = THREAD + self._started  # noqa: SLF001 - where the standard library keeps it
        thread._started.set()  # noqa: SLF001 - likewise
        if hasattr(thread, "_handle"):
            thread._handle = _Handle(thread._ident)  # noqa: SLF001 - likewise
        elif hasattr(thread, "_tstate_lock"):
            # What waits for it outside, when a coroutine of a dead environment is thrown away.
            thread._tstate_lock = SimulatedLock()  # noqa: SLF001 - likewise
        return run

    def _work(self, thread: Any) -> None:
        """Run the thread; the body of its greenlet."""
        try:
            thread.run()
        except (InvocationKilledError, SystemExit):
            return
        except BaseException as error:  # whatever it is goes to the hook
            if self._baton.is_interrupted():
                raise
            raised = (type(error), error, error.__traceback__, thread)
            threading.excepthook(threading.ExceptHookArgs(raised))
        finally:
            _stop(thread)
            thread._simulated.ending.release()  # noqa: SLF001 - our own

    def _join(self, thread: Any, timeout: float | None = None) -> None:
        run = _run_of(thread)
        if run is None:
            raise RuntimeError("cannot join thread before it is started")
        if thread is self._current():
            raise RuntimeError("cannot join current thread")
        if run.ending.acquire(timeout=_FOREVER if timeout is None else max(timeout, 0)):
            run.ending.release()

    def _is_alive(self, thread: Thread) -> bool:
        run = _run_of(thread)
        return self._real_is_alive(thread) if run is None else run.is_alive

    def _current(self) -> Thread:
        task = current_task()
        run = None if task is None else self._runs.get(task.greenlet)
        if run is not None:
            return run.thread
        if task is None or task not in task.owner.environment.tasks:
            return threading.main_thread()
        # A worker of an executor, whose thread nobody has seen yet.
        return self._register(Thread(name=task.name, daemon=False), task).thread

    def _identifier(self) -> int:
        run = _run_of(self._current())
        return THREAD if run is None else run.thread.ident or THREAD

    def _alive(self) -> list[Thread]:
        """Return the main thread and those of the same environment, as they were started."""
        task = current_task()
        environment = None if task is None else task.owner.environment
        others = (
            run.thread
            for run in self._runs.values()
            if run.task.owner.environment is environment and run.is_alive
        )
        return [threading.main_thread(), *others]


def _stop(thread: Any) -> None:
    """Let *thread* know that it has ended."""
    if hasattr(thread, "_handle"):  # since Python 3.13
        thread._handle._set_done()  # noqa: SLF001 - where the standard library keeps it
    else:
        thread._is_stopped = True  # noqa: SLF001 - likewise


def _run_of(thread: Thread) -> _Run | None:
    run: _Run | None = vars(thread).get("_simulated")
    return run
