"""What code asks to be called when its process ends: nothing, as on Lambda.

Lambda kills an environment's process without a warning (unless an extension is there), so a
function given to `atexit` never runs.  Kept by the real `atexit`, it would run in the harness's own
process, and hold the environment's code until then.
"""

import atexit
from collections.abc import Callable
from typing import Any

from harness.sandbox.patch import Inside, Patch


def _register(function: Callable[..., Any], /, *_args: Any, **_kwargs: Any) -> Callable[..., Any]:
    return function


def _unregister(_function: Callable[..., Any], /) -> None:
    return


class ExitFunctions:
    """Keeps the code under test from the process's exit while it is installed."""

    def __init__(self, inside: Inside) -> None:
        self._patches = [
            Patch(atexit, "register", _register, inside),
            Patch(atexit, "unregister", _unregister, inside),
        ]

    def install(self) -> None:
        """Stand in front of `atexit`."""
        for patch in self._patches:
            patch.install()

    def remove(self) -> None:
        """Step aside."""
        for patch in self._patches:
            patch.remove()
