"""What code under test may not do: open a real socket, start a real thread or another process.

Each attempt is an `EscapeError` that names the line that tried.  Because a handler may well
swallow it, it is also reported to the world, which stops.
"""

import multiprocessing.process
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from harness.errors import EscapeError
from harness.sandbox.patch import Inside, Patch

_OWN_FOLDER = str(Path(__file__).parent)


class Limits:
    """Keeps the code under test inside while it is installed."""

    def __init__(self, inside: Inside, report: Callable[[Exception], None]) -> None:
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

        network = refuse("open a real network connection", "fake the partner in the world file")
        thread = refuse("start a real thread", "use concurrent.futures.ThreadPoolExecutor")
        process = refuse("start another process", "a Lambda function's work stays in its process")
        self._patches = [
            *(
                Patch(socket.socket, name, network, inside)
                for name in ("connect", "connect_ex", "sendto", "sendmsg", "listen")
            ),
            *(Patch(socket, name, network, inside) for name in ("getaddrinfo", "gethostbyname")),
            Patch(threading.Thread, "start", thread, inside),
            Patch(subprocess, "Popen", process, inside),
            *(Patch(os, name, process, inside) for name in ("system", "fork", "posix_spawn")),
            Patch(multiprocessing.process.BaseProcess, "start", process, inside),
            Patch(os, "getpid", lambda: 8, inside),
        ]

    def install(self) -> None:
        """Close the doors."""
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Open them again."""
        for patch in reversed(self._patches):
            patch.remove()


def calling_line(code: Path) -> str:
    """Return ``file:line`` of the innermost frame in the folder *code*, for a message."""
    frame = sys._getframe(1)  # noqa: SLF001 - the documented way to the caller's line
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
