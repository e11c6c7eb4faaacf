"""The process while a world is open: the sandbox installed, and tied to the baton."""

import concurrent.futures.thread
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from harness.runtime import futures
from harness.runtime.baton import Baton, Task
from harness.runtime.collector import rare_collections
from harness.runtime.locks import SimulatedLock, SimulatedReentrantLock, locks_under
from harness.runtime.threadlocals import SimulatedLocal
from harness.runtime.watchdog import Watchdog
from harness.sandbox.sandbox import Sandbox


@contextmanager
def bent_process(
    baton: Baton,
    report: Callable[[Exception], None],
    *,
    code_folders: frozenset[Path],
    shared_packages: frozenset[str] = frozenset(),
    patience_seconds: float | None = None,
) -> Iterator[Sandbox]:
    """Bend the process for the code under *baton*, and straighten it at the end."""
    scheduler = baton.scheduler
    sandbox = Sandbox(
        now=lambda: scheduler.now,
        pause=baton.pause,
        report=report,
        code_folders=code_folders,
        shared_packages=shared_packages,
    )
    executor = futures.executor_class(baton)
    sandbox.replace(concurrent.futures, "ThreadPoolExecutor", executor)
    sandbox.replace(concurrent.futures.thread, "ThreadPoolExecutor", executor)
    sandbox.replace(concurrent.futures, "wait", futures.wait)
    sandbox.replace(concurrent.futures, "as_completed", futures.as_completed)
    for name in ("Lock", "_allocate_lock"):
        sandbox.replace(threading, name, lambda: SimulatedLock())  # noqa: PLW0108 - a class would be a door
    sandbox.replace(threading, "local", SimulatedLocal)
    sandbox.replace(threading, "RLock", lambda: SimulatedReentrantLock())  # noqa: PLW0108 - the same
    watchdog = Watchdog(baton, report, _line, patience_seconds)

    def enter(task: Task) -> None:
        sandbox.enter(task.owner.environment.place)

    baton.before_running = enter
    baton.after_running = sandbox.step_out
    sandbox.install()
    watchdog.install()
    try:
        with rare_collections(), locks_under(baton):
            yield sandbox
    finally:
        watchdog.remove()
        sandbox.remove()


def _line(frame: FrameType) -> str:
    """Return ``file:line`` of the frame, for a message."""
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
