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


def note_contact(inside: Inside) -> None:
    """Note that the code inside has asked for something that is another each time."""
    if inside.place is not None:
        inside.place.contacts += 1


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


_doors: dict[tuple[Any, str], "_Door | ClassDoor"] = {}
"""The doors that are not in use, by target and attribute."""

_changes: list[str] = []


def doors_changed() -> int:
    """Return how often a door had to be made anew: what had taken the old one leads nowhere now."""
    return len(_changes)


def is_door(found: object) -> bool:
    """Whether *found* stands for a class that is another one inside a place."""
    return type(found) is ClassDoor


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
        self._door: _Door | ClassDoor | None = None

    def install(self) -> None:
        """Put the dispatching function in place."""
        door = self._kept_door()
        door.inside = self._inside
        door.replacement = self._replacement
        self._door = door
        way = door.function if isinstance(door, _Door) else door
        setattr(self._target, self._attribute, way)

    def _kept_door(self) -> "_Door | ClassDoor":
        key = (self._target, self._attribute)
        kind = ClassDoor if isinstance(self._replacement, type) else _Door
        door = _doors.pop(key, None)
        if door is not None and door.original is self._original:
            return door
        if door is not None:
            _changes.append(self._attribute)
        return kind(self._original)

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

    def __init__(self, original: type) -> None:
        self.original = original
        self.inside = _NOBODY
        self.replacement = original
        self.__doc__ = original.__doc__

    @property
    def _chosen(self) -> type:
        return self.original if self.inside.place is None else self.replacement

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return a new instance."""
        return self._chosen(*args, **kwargs)

    def __mro_entries__(self, _bases: tuple[object, ...]) -> tuple[type, ...]:
        """Return the base of a class that derives from this one."""
        return (self._chosen,)

    def __instancecheck__(self, instance: object) -> bool:
        """Whether *instance* is one of either class."""
        return isinstance(instance, (self.original, self.replacement))

    def __subclasscheck__(self, subclass: type) -> bool:
        """Whether *subclass* derives from either class."""
        return issubclass(subclass, (self.original, self.replacement))

    def __or__(self, other: Any) -> Any:
        """Return a union for an annotation."""
        return self.original | other

    def __ror__(self, other: Any) -> Any:
        """Return a union for an annotation."""
        return other | self.original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chosen, name)
