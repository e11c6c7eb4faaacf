"""ProcessSettings: what a handler may set in its own process, put back when the world is closed."""

import gc
import locale
import logging
import os
import socket
import sys
import threading
import warnings
from types import ModuleType
from typing import Any

_HOOKS = (
    (sys, "excepthook"),
    (sys, "unraisablehook"),
    (threading, "excepthook"),
    (logging, "raiseExceptions"),
    (warnings, "showwarning"),
    (warnings, "filters"),
)
"""Variables of modules that nobody else changes while a world is open."""


class ProcessSettings:
    """Remembers the working folder, the depth of recursion, the collector, hooks, and the like."""

    def __init__(self) -> None:
        self._folder = ""
        self._depth = 0
        self._collects = True
        self._mask = 0
        self._watchers: tuple[Any, Any] = (None, None)
        self._timeout: float | None = None
        self._locale = ""
        self._hooks: list[Any] = []
        self._filters: list[Any] = []
        self._levels: dict[int, str] = {}
        self._modules: dict[str, ModuleType] = {}

    def install(self) -> None:
        """Remember them."""
        self._folder = os.getcwd()  # noqa: PTH109 - os.chdir is what code under test calls
        self._depth = sys.getrecursionlimit()
        self._collects = gc.isenabled()
        self._mask = os.umask(0)
        os.umask(self._mask)
        self._watchers = (sys.gettrace(), sys.getprofile())
        self._timeout = socket.getdefaulttimeout()
        self._locale = locale.setlocale(locale.LC_ALL)
        self._hooks = [getattr(module, name) for module, name in _HOOKS]
        self._filters = [*warnings.filters]
        self._levels = dict(_level_names())
        self._modules = dict(sys.modules)

    def remove(self) -> None:
        """Put them back."""
        if not self._modules.keys() <= sys.modules.keys():
            sys.modules.update({**self._modules, **sys.modules})
        os.chdir(self._folder)
        sys.setrecursionlimit(self._depth)
        if self._collects:
            gc.enable()
        os.umask(self._mask)
        self._stop_watching()
        socket.setdefaulttimeout(self._timeout)
        if locale.setlocale(locale.LC_ALL) != self._locale:
            locale.setlocale(locale.LC_ALL, self._locale)
        for (module, name), value in zip(_HOOKS, self._hooks, strict=True):
            setattr(module, name, value)
        if warnings.filters != self._filters:
            filters: Any = warnings.filters
            filters[:] = self._filters
            warnings.simplefilter("default", append=True)  # it says that they have changed
            filters[:] = self._filters
        for level, text in self._levels.items():
            logging.addLevelName(level, text)

    def _stop_watching(self) -> None:
        """Take away a tracer or profiler that code under test has left behind."""
        if (sys.gettrace(), sys.getprofile()) != self._watchers:
            sys.settrace(self._watchers[0])
            sys.setprofile(self._watchers[1])


def _level_names() -> dict[int, str]:
    names: dict[int, str] = vars(logging)["_levelToName"]
    return names
