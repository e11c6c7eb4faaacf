"""Where a process that has to be ended writes why: the standard error that it was started with.

pytest puts files of its own under the standard streams while a test runs, and deletes them with the
process.  So its plugin takes a copy of the stream before.  Nothing but the standard library is
imported here, for the plugin is loaded with every pytest run.
"""

import os
import sys

_kept: list[int] = []


def keep_standard_error() -> None:
    """Take a copy of the present standard error; what is put in its place later does not count."""
    descriptor = _descriptor()
    if descriptor is not None and not _kept:
        _kept.append(os.dup(descriptor))


def stream() -> int:
    """Return the file descriptor to write to."""
    found = _descriptor()
    assert found is not None, "asked for after `can_be_written`"
    return found


def can_be_written() -> bool:
    """Whether there is a standard error at all."""
    return _descriptor() is not None


def _descriptor() -> int | None:
    if _kept:
        return _kept[0]
    if sys.__stderr__ is None:
        return None
    try:
        return sys.__stderr__.fileno()
    except (OSError, ValueError):  # closed, or not a file
        return None
