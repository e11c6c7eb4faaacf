"""The process while a world is open: the sandbox installed, and tied to the baton."""

import concurrent.futures.thread
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.runtime import futures
from harness.runtime.baton import Baton, Task
from harness.runtime.collector import rare_collections
from harness.runtime.eventloops import EventLoops
from harness.runtime.homethread import Replacements, at_home
from harness.runtime.interruption import Interruption
from harness.runtime.locks import SimulatedLock, SimulatedReentrantLock, locks_under
from harness.runtime.threadlocals import SimulatedLocal
from harness.runtime.threads import Threads
from harness.runtime.watchdog import Patience, Watchdog
from harness.sandbox.network import Network
from harness.sandbox.sandbox import Sandbox

_LOCKS: Replacements = (
    (threading, "Lock", lambda: SimulatedLock()),  # noqa: PLW0108 - a class would be a door
    (threading, "_allocate_lock", lambda: SimulatedLock()),  # noqa: PLW0108 - the same
    (threading, "RLock", lambda: SimulatedReentrantLock()),  # noqa: PLW0108 - the same
)


@contextmanager
def bent_process(  # noqa: PLR0913 - what a process is bent for
    baton: Baton,
    report: Callable[[Exception], None],
    *,
    code_folders: frozenset[Path],
    shared_packages: frozenset[str] = frozenset(),
    patience: Patience | None = None,
    network: Network | None = None,
) -> Iterator[Sandbox]:
    """Bend the process for the code under *baton*, and straighten it at the end."""
    scheduler = baton.scheduler
    sandbox = Sandbox(
        now=lambda: scheduler.now,
        pause=baton.pause,
        report=report,
        code_folders=code_folders,
        shared_packages=shared_packages,
        network=network,
    )
    executor = futures.executor_class(baton)
    sandbox.replace(concurrent.futures, "ThreadPoolExecutor", executor)
    sandbox.replace(concurrent.futures.thread, "ThreadPoolExecutor", executor)
    sandbox.replace(concurrent.futures, "wait", futures.wait)
    sandbox.replace(concurrent.futures, "as_completed", futures.as_completed)
    sandbox.replace(threading, "local", SimulatedLocal)
    bends = (*Threads(baton).replacements(), *EventLoops(baton).replacements(), *_LOCKS)
    for target, name, replacement in at_home(bends):
        sandbox.replace(target, name, replacement)
    sandbox.replace(queue, "SimpleQueue", vars(queue)["_PySimpleQueue"])
    watchdog = Watchdog(baton, report, lambda: sandbox.is_inside, patience)
    interruption = Interruption(baton)

    def enter(task: Task) -> None:
        sandbox.enter(task.owner.environment.place)

    def step_out() -> None:
        sandbox.step_out()
        interruption.raise_if_come()

    baton.before_running = enter
    baton.after_running = step_out
    baton.is_interrupted = lambda: interruption.has_come
    sandbox.install()
    watchdog.install()
    interruption.install()
    try:
        with rare_collections(), locks_under(baton):
            yield sandbox
    finally:
        interruption.remove()
        watchdog.remove()
        sandbox.remove()
