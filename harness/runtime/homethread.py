"""The thread of the process in which a world lives: others are the harness's own, or a library's.

While code under test runs, so may a thread that watches over a connection to a database.  What is
bent for the code is not bent for that.
"""

from _thread import get_ident
from collections.abc import Callable
from functools import wraps
from typing import Any

Replacements = tuple[tuple[Any, str, Callable[..., Any]], ...]
"""Of each: its owner, its name, and what it is for code under test."""


def at_home(replacements: Replacements) -> Replacements:
    """Return *replacements* that leave every thread but the present one what there was."""
    home = get_ident()

    def guarded(owner: Any, name: str, replacement: Callable[..., Any]) -> Callable[..., Any]:
        original: Callable[..., Any] = getattr(owner, name)

        @wraps(original, updated=())
        def choose(*args: Any, **kwargs: Any) -> Any:
            return (replacement if get_ident() == home else original)(*args, **kwargs)

        return choose

    return tuple((owner, name, guarded(owner, name, new)) for owner, name, new in replacements)
