"""The machine that code under test sees: the same one everywhere, with two processors, as on Lambda."""

import os
import platform
import socket
from typing import Any

from harness.sandbox.patch import Inside, Patch

HOST = "169.254.79.1"
PROCESSORS = 2
PROCESS = 8
PARENT = 1


class Machine:
    """Hides the real machine while it is installed."""

    def __init__(self, inside: Inside) -> None:
        uname = os.uname

        def shown() -> Any:
            real = uname()
            return os.uname_result((
                real.sysname, HOST, real.release, real.version, real.machine,
            ))  # fmt: skip

        self._patches = [
            Patch(os, "getpid", lambda: PROCESS, inside),
            Patch(os, "getppid", lambda: PARENT, inside),
            Patch(os, "cpu_count", lambda: PROCESSORS, inside),
            Patch(os, "uname", shown, inside),
            Patch(socket, "gethostname", lambda: HOST, inside),
            Patch(platform, "node", lambda: HOST, inside),
        ]
        if hasattr(os, "sched_getaffinity"):
            affinity = frozenset(range(PROCESSORS))
            self._patches.append(
                Patch(os, "sched_getaffinity", lambda _process: set(affinity), inside)
            )

    def install(self) -> None:
        """Hide it."""
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Show it again."""
        for patch in reversed(self._patches):
            patch.remove()
