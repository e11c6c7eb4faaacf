"""What decides about warnings: the filters, and where one is shown.

An environment's begin as those of a new process.  Under a test runner that collects warnings, or takes
them for errors, a handler runs as it does without one.
"""

import sys
import warnings
from contextlib import suppress
from typing import Any, NamedTuple

_module: Any = warnings

_NEW_FILTERS: list[Any] = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]


class WarningSettings(NamedTuple):
    """Three variables of `warnings`, which `warnings.catch_warnings` exchanges."""

    filters: list[Any]
    show: Any
    """`warnings.showwarning`."""
    write: Any
    """What writes a warning unless `show` was replaced."""

    @property
    def are_new(self) -> bool:
        """Whether no code has changed them yet."""
        return (self.filters, self.show, self.write) == (_NEW_FILTERS, _SHOW, _write)


def new_settings() -> WarningSettings:
    """Return the settings of a new process."""
    return WarningSettings([*_NEW_FILTERS], _SHOW, _write)


def present_settings() -> WarningSettings:
    """Return what holds now."""
    return WarningSettings(_module.filters, _module.showwarning, _module._showwarnmsg_impl)  # noqa: SLF001 - where it is kept


def put(settings: WarningSettings) -> None:
    """Let *settings* hold, and what has been told once be told again to who has not heard it."""
    _module.filters, _module.showwarning, _module._showwarnmsg_impl = settings  # noqa: SLF001 - the same
    getattr(_module, "_filters_mutated", lambda: None)()


def _write(message: warnings.WarningMessage) -> None:
    """Write *message* as `warnings` itself does: a recorder of warnings may have taken its place."""
    stream = message.file or sys.stderr
    if stream is None:
        return
    text = warnings.formatwarning(
        message.message, message.category, message.filename, message.lineno, message.line
    )
    with suppress(OSError):
        stream.write(text)


_SHOW = _module._showwarning_orig  # noqa: SLF001 - what `warnings` compares with
