"""Patch: one attribute of the process that behaves differently inside a place.

A patch replaces the attribute with a function that asks, at every call, whether code under test
is running.  If it is not (the harness itself, a test, a progress bar), the original is called, so
the sandbox is invisible from outside.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from harness.sandbox.place import Place


class Inside:
    """Whose code is running: a place, or None for everybody else."""

    __slots__ = ("place",)

    def __init__(self) -> None:
        self.place: Place | None = None


class Patch:
    """One attribute of *target* that is *replacement* inside a place."""

    def __init__(
        self, target: Any, attribute: str, replacement: Callable[..., Any], inside: Inside
    ) -> None:
        self._target = target
        self._attribute = attribute
        self._replacement = replacement
        self._inside = inside
        self._is_own = attribute in vars(target)
        self._original = getattr(target, attribute)

    def install(self) -> None:
        """Put the dispatching function in place."""
        original = self._original
        replacement = self._replacement
        inside = self._inside

        @wraps(original, updated=())
        def dispatch(*args: Any, **kwargs: Any) -> Any:
            if inside.place is None:
                return original(*args, **kwargs)
            return replacement(*args, **kwargs)

        setattr(self._target, self._attribute, dispatch)

    def remove(self) -> None:
        """Put the original back."""
        if self._is_own:
            setattr(self._target, self._attribute, self._original)
        else:
            delattr(self._target, self._attribute)
