"""ProcessSettings: what a handler may set in its own process, put back when the world is closed."""

import gc
import os
import sys


class ProcessSettings:
    """Remembers the working folder, the depth of recursion and the collector."""

    def __init__(self) -> None:
        self._folder = ""
        self._depth = 0
        self._collects = True

    def install(self) -> None:
        """Remember them."""
        self._folder = os.getcwd()  # noqa: PTH109 - os.chdir is what code under test calls
        self._depth = sys.getrecursionlimit()
        self._collects = gc.isenabled()

    def remove(self) -> None:
        """Put them back."""
        os.chdir(self._folder)
        sys.setrecursionlimit(self._depth)
        if self._collects:
            gc.enable()
