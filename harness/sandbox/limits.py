"""What code under test may not do: leave its process, end it, or have the machine interrupt it.

Real sockets, threads, processes, signals and timers are refused (the threads of `threading` are none:
`runtime/threads.py` simulates them).  Each attempt is an `EscapeError` that names the line that tried.
Because a handler may well swallow it, it is also reported to the world, which stops.
"""

import _thread
import errno
import faulthandler
import multiprocessing.context
import multiprocessing.process
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NoReturn
from weakref import ref

from harness.errors import EscapeError
from harness.sandbox.network import Network, network_patches
from harness.sandbox.patch import Inside, Patch

_OWN_FOLDER = str(Path(__file__).parent)

_PROCESS_FUNCTIONS = (
    "system", "fork", "forkpty", "posix_spawn", "posix_spawnp", "execv", "execve",
)  # fmt: skip
_ENDING_FUNCTIONS = ("_exit", "abort", "kill", "killpg")
_OWN_FUNCTIONS = (
    "nice", "setpriority", "sched_setaffinity", "sched_setscheduler", "chroot", "setuid", "setgid",
    "setsid", "setpgid",
)  # fmt: skip
_TRACING_FUNCTIONS = (
    "enable", "disable", "register", "unregister", "dump_traceback", "dump_traceback_later",
    "cancel_dump_traceback_later",
)  # fmt: skip
"""They write to a file descriptor, which the log of a function here is not."""
_TIMER_FUNCTIONS = (
    "alarm", "setitimer", "raise_signal", "pthread_kill",
    "pause", "sigwait", "sigwaitinfo", "sigtimedwait",
)  # fmt: skip


_SEMAPHORES = (
    "Barrier", "BoundedSemaphore", "Condition", "Event", "Lock", "RLock", "Semaphore",
)  # fmt: skip


class Limits:
    """Keeps the code under test inside while it is installed."""

    def __init__(
        self, inside: Inside, report: Callable[[Exception], None], network: Network
    ) -> None:
        def refuse(what: str, remedy: str) -> Callable[..., NoReturn]:
            def refuse_call(*_args: Any, **_kwargs: Any) -> NoReturn:
                assert inside.place is not None, "only called inside"
                error = EscapeError(
                    f"{inside.place.name} tried to {what} at {calling_line(inside.place.code)};"
                    f" {remedy}"
                )
                report(error)
                raise error

            return refuse_call

        connection = refuse("open a real network connection", "fake the partner in the world file")
        loop = refuse(
            "open a network connection of an event loop",
            "make the call in a thread: asyncio.to_thread with requests, urllib3 or httpx.Client",
        )
        thread = refuse("start a real thread", "use threading.Thread, which is simulated")
        process = refuse("start another process", "a Lambda function's work stays in its process")
        ending = refuse("end the process", "return, raise, or call sys.exit")
        timer = refuse("be interrupted in real time", "only the virtual clock can interrupt it")
        own = refuse("change what the whole process may do", "a function's process has its limits")
        zone = refuse("set another time zone", "Lambda's is UTC: convert with zoneinfo")
        self._patches = [
            Patch(socket.socket, "__init__", _noted(socket.socket.__init__, inside), inside),
            *network_patches(network, connection, loop, inside),
            Patch(_thread, "start_new_thread", thread, inside),
            Patch(_thread, "start_new", thread, inside),
            # The class itself stays one: code may derive from it and ask whose instance it has.
            Patch(subprocess.Popen, "__init__", process, inside),
            *_patches(os, _PROCESS_FUNCTIONS, process, inside),
            Patch(multiprocessing.process.BaseProcess, "start", process, inside),
            *_patches(multiprocessing.context.BaseContext, _SEMAPHORES, _refuse_semaphore, inside),
            *_patches(os, _ENDING_FUNCTIONS, ending, inside),
            Patch(_thread, "interrupt_main", ending, inside),
            *_patches(signal, _TIMER_FUNCTIONS, timer, inside),
            # A handler of signals may be set, as on AWS, and none arrives before the process ends.
            Patch(signal, "signal", lambda *_: signal.SIG_DFL, inside),
            *_patches(os, _OWN_FUNCTIONS, own, inside),
            Patch(resource, "setrlimit", own, inside),
            # Each place has its variables; the process's own, which C code reads, stay as they are.
            Patch(os, "putenv", lambda *_: None, inside),
            Patch(os, "unsetenv", lambda *_: None, inside),
            Patch(time, "tzset", _time_zone(inside, zone), inside),
            *_patches(faulthandler, _TRACING_FUNCTIONS, lambda *_args, **_kwargs: None, inside),
        ]

    def install(self) -> None:
        """Close the doors."""
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Open them again."""
        for patch in reversed(self._patches):
            patch.remove()


def _noted(original: Callable[..., None], inside: Inside) -> Callable[..., None]:
    """Return what makes a socket that goes when its environment goes, as all of a process do."""

    def make(made: socket.socket, *args: Any, **kwargs: Any) -> None:
        original(made, *args, **kwargs)
        assert inside.place is not None, "only called inside"
        inside.place.sockets.append(ref(made))

    return make


def _refuse_semaphore(*_args: Any, **_kwargs: Any) -> NoReturn:
    """Raise what a lock between processes raises on Lambda, which has no shared memory.

    A queue between processes needs one, and so does `multiprocessing.pool.ThreadPool`.
    """
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


def _time_zone(inside: Inside, refuse: Callable[..., NoReturn]) -> Callable[[], None]:
    """Return `time.tzset` for a process whose zone stays what Lambda's is."""

    def tzset() -> None:
        assert inside.place is not None, "only called inside"
        zone = inside.place.environment.get(b"TZ", b"")
        if zone.lstrip(b":") not in (b"", b"UTC", b"Etc/UTC", b"GMT"):
            refuse()

    return tzset


def _patches(
    module: ModuleType | type,
    names: tuple[str, ...],
    replacement: Callable[..., Any],
    inside: Inside,
) -> list[Patch]:
    """Return a patch for each of *names* that the platform has."""
    return [Patch(module, name, replacement, inside) for name in names if hasattr(module, name)]


def calling_line(code: Path, frame: FrameType | None = None) -> str:
    """Return ``file:line`` of the innermost frame in the folder *code*, for a message.

    *frame* is where to begin; the caller's own if there is none.
    """
    frame = frame or sys._getframe(1)  # noqa: SLF001 - the documented way to the caller's line
    innermost = None
    while frame is not None:
        name = frame.f_code.co_filename
        if not name.startswith(_OWN_FOLDER):
            if innermost is None:
                innermost = f"{Path(name).name}:{frame.f_lineno}"
            if name.startswith(str(code)) and "site-packages" not in name:
                return f"{Path(name).relative_to(code)}:{frame.f_lineno}"
        if frame.f_back is None:
            break
        frame = frame.f_back
    return innermost or "an unknown line"
