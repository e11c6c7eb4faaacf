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

    __slots__ = ("is_on_virtual_time", "place")

    def __init__(self) -> None:
        self.place: Place | None = None
        self.is_on_virtual_time = False
        """Whether the clock is the virtual one although nobody is inside."""


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
        if isinstance(replacement, type):
            setattr(self._target, self._attribute, ClassDoor(original, replacement, inside))
            return

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


class ClassDoor:
    """Stands for a class that is another one inside a place.

    It can be called, derived from and asked whose instance something is, as a class can.
    """

    def __init__(self, original: type, replacement: type, inside: Inside) -> None:
        self._original = original
        self._replacement = replacement
        self._inside = inside
        self.__doc__ = original.__doc__

    @property
    def _chosen(self) -> type:
        return self._original if self._inside.place is None else self._replacement

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return a new instance."""
        return self._chosen(*args, **kwargs)

    def __mro_entries__(self, _bases: tuple[object, ...]) -> tuple[type, ...]:
        """Return the base of a class that derives from this one."""
        return (self._chosen,)

    def __instancecheck__(self, instance: object) -> bool:
        """Whether *instance* is one of either class."""
        return isinstance(instance, (self._original, self._replacement))

    def __subclasscheck__(self, subclass: type) -> bool:
        """Whether *subclass* derives from either class."""
        return issubclass(subclass, (self._original, self._replacement))

    def __or__(self, other: Any) -> Any:
        """Return a union for an annotation."""
        return self._original | other

    def __ror__(self, other: Any) -> Any:
        """Return a union for an annotation."""
        return other | self._original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chosen, name)
