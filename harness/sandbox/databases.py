"""SQLite inside a place: its clock is the virtual one, its chance the place's, its files in /tmp its own.

The library is written in C and asks nobody, so each connection is given functions of our own in the
place of those that ask for the time or for chance.
"""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from harness.kernel.instant import Instant
from harness.sandbox.files import note_made
from harness.sandbox.patch import Inside, Patch, note_contact

_connect = sqlite3.connect
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = {"strftime": 1}
"""Where the moment stands among a function's arguments, if not at first."""
_OF_TIME = ("date", "time", "datetime", "julianday", "unixepoch", "strftime")
_PRESENT = {"current_date": "date", "current_time": "time", "current_timestamp": "datetime"}
_MEMORY = ":memory:"


class Databases:
    """Gives each connection its functions, while it is installed."""

    def __init__(self, now: Callable[[], Instant], inside: Inside) -> None:
        self._now = now
        self._inside = inside
        self._patches = [
            Patch(module, "connect", self._connected, inside)
            for module in (sqlite3, sqlite3.dbapi2)
        ]

    def install(self) -> None:
        """Stand in front of `sqlite3.connect`."""
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Step aside."""
        for patch in self._patches:
            patch.remove()

    def _connected(self, database: Any, *args: Any, **kwargs: Any) -> sqlite3.Connection:
        note_contact(self._inside)
        if isinstance(database, str | os.PathLike) and str(database) != _MEMORY:
            note_made(Path(database), self._inside)
        connection: sqlite3.Connection = _connect(database, *args, **kwargs)
        for name in _OF_TIME:
            told = partial(self._told, name)
            connection.create_function(name, -1, told, deterministic=True)
        for name, function in _PRESENT.items():
            connection.create_function(name, 0, partial(self._told, function), deterministic=True)
        connection.create_function("random", 0, self._drawn)
        connection.create_function("randomblob", 1, self._drawn_bytes)
        return connection

    def _told(self, name: str, *arguments: Any) -> Any:
        """Return what SQLite itself says for the virtual present."""
        values = [*arguments]
        position = _FIRST.get(name, 0)
        if len(values) == position:
            values.append("now")
        if len(values) > position and str(values[position]).lower() == "now":
            present = _EPOCH + timedelta(microseconds=self._now())
            values[position] = present.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
        marks = ", ".join("?" * len(values))
        return _plain().execute(f"select {name}({marks})", values).fetchone()[0]

    def _drawn(self) -> int:
        assert self._inside.place is not None, "only called inside"
        return self._inside.place.chance.getrandbits(64) - 2**63

    def _drawn_bytes(self, count: int) -> bytes:
        assert self._inside.place is not None, "only called inside"
        return self._inside.place.chance.randbytes(max(count, 1))


@cache
def _plain() -> sqlite3.Connection:
    """Return a connection whose functions are SQLite's own."""
    return _connect(_MEMORY, check_same_thread=False)
