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


_NOBODY = Inside()
"""Where nobody's code ever runs."""


class _Door:
    """A function that leads to another one inside a place; made once, and used by world after world."""

    __slots__ = ("function", "inside", "original", "replacement")

    def __init__(self, original: Callable[..., Any]) -> None:
        self.original = original
        self.inside = _NOBODY
        self.replacement = original
        door = self

        @wraps(original, updated=())
        def lead(*args: Any, **kwargs: Any) -> Any:
            if door.inside.place is None:
                return original(*args, **kwargs)
            return door.replacement(*args, **kwargs)

        self.function = lead


_doors: dict[tuple[Any, str], _Door] = {}
"""The doors that are not in use, by target and attribute."""


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
        self._door: _Door | None = None

    def install(self) -> None:
        """Put the dispatching function in place."""
        if isinstance(self._replacement, type):
            way: Any = ClassDoor(self._original, self._replacement, self._inside)
        else:
            door = _doors.pop((self._target, self._attribute), None)
            if door is None or door.original is not self._original:
                door = _Door(self._original)
            door.inside = self._inside
            door.replacement = self._replacement
            self._door = door
            way = door.function
        setattr(self._target, self._attribute, way)

    def remove(self) -> None:
        """Put the original back."""
        door = self._door
        if door is not None:
            door.inside = _NOBODY
            door.replacement = door.original
            _doors[self._target, self._attribute] = door
            self._door = None
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
