"""time-machine, imported without pytest.

It imports pytest wherever that is installed, to offer a fixture, which takes longer than a whole
scenario; so pytest is hidden from it for that moment, unless it has been imported anyway.
"""

import sys
from types import ModuleType
from typing import Any

_modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]  # None hides a module
_hides = "pytest" not in _modules
if _hides:
    _modules["pytest"] = None
try:
    import _time_machine
    import time_machine
finally:
    if _hides:
        del _modules["pytest"]

_extension: Any = _time_machine


def original_time_ns() -> int:
    """Return the real time in nanoseconds since the epoch."""
    nanoseconds: int = _extension.original_time_ns()
    return nanoseconds


__all__ = ["original_time_ns", "time_machine"]
