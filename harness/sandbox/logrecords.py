"""What a log record says of its thread: a number that is another in every run, unless it is fixed."""

import logging
import threading
from typing import Any

from harness.sandbox.patch import Inside

THREAD = 139_637_976_727_552


class _Threading:
    """Stands for the module `threading` in `logging` alone."""

    def __init__(self, inside: Inside) -> None:
        self._inside = inside

    def get_ident(self) -> int:
        """Return the number of the thread that logs."""
        return threading.get_ident() if self._inside.place is None else THREAD

    def __getattr__(self, name: str) -> Any:
        return getattr(threading, name)


class LogRecords:
    """Fixes the number while it is installed."""

    def __init__(self, inside: Inside) -> None:
        self._threading = _Threading(inside)

    def install(self) -> None:
        """Stand between."""
        vars(logging)["threading"] = self._threading

    def remove(self) -> None:
        """Step aside."""
        vars(logging)["threading"] = threading
