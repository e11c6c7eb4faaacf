"""Functions and classes that code under test puts into modules and classes which it shares with others.

On Lambda ``json.dumps = mine`` at the top of a module concerns one process; here it would concern every
environment, and the harness.  The same holds for ``Session.request = mine``, which is what a tracer does
to the libraries that it watches.  So what a cold start has replaced is taken out again, and put in place
whenever that environment's code runs.  What is replaced later, by a handler at work, is put back when
the world is closed.  Looked at are the modules that code has imported, and the classes in them.
"""

from collections.abc import Hashable, Iterator, Mapping
from operator import is_
from types import (
    BuiltinFunctionType,
    FunctionType,
    MethodDescriptorType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

Owner = ModuleType | type
Replacement = tuple[Owner, str, Any, Any]
"""A module or class, a name in it, what everybody finds there, and what one environment does."""

ABSENT: Any = object()
"""What everybody finds under a name that one environment alone has."""

_METHODS = (
    FunctionType, staticmethod, classmethod, property, BuiltinFunctionType,
    MethodDescriptorType, WrapperDescriptorType,
)  # fmt: skip
_IMMUTABLE = 1 << 8
"""The flag of a class that nobody can change (Py_TPFLAGS_IMMUTABLETYPE)."""

_EXCHANGED = frozenset({
    ("threading", "_counter"), ("warnings", "showwarning"), ("warnings", "_showwarnmsg_impl"),
})  # fmt: skip
"""What each environment has of its own anyway."""

_callables: dict[str, tuple[str, ...]] = {}
"""Module -> the names in it that stood for functions and classes when it was seen first."""
_methods: WeakKeyDictionary[type, tuple[str, ...]] = WeakKeyDictionary()
"""The same for classes, and their methods and properties."""


class _Known(NamedTuple):
    """How a module or a class was before code under test got it."""

    owner: Owner
    names: tuple[str, ...]
    values: list[Any]
    size: int
    """How many names it had in all."""


class SharedModules:
    """The modules that code under test has asked for, and how they were before it got them."""

    def __init__(self) -> None:
        self._known: dict[Hashable, _Known] = {}

    def hand_out(self, modules: Mapping[str, Owner]) -> None:
        """Take note of *modules* and classes, by name, before code under test gets them."""
        for name, owner in modules.items():
            if isinstance(owner, type):
                self._note_class(owner)
            elif name not in self._known:
                namespace = vars(owner)
                if name not in _callables:
                    _callables[name] = tuple(
                        key
                        for key, value in namespace.items()
                        if callable(value) and (name, key) not in _EXCHANGED
                    )
                self._known[name] = _known(owner, _callables[name])
                for value in namespace.values():
                    if isinstance(value, type):
                        self._note_class(value)

    def _note_class(self, noted: type) -> None:
        if noted in self._known or noted.__flags__ & _IMMUTABLE:
            return
        if noted not in _methods:
            _methods[noted] = tuple(
                key for key, value in vars(noted).items() if isinstance(value, _METHODS)
            )
        self._known[noted] = _known(noted, _methods[noted])

    def replaced(self) -> list[Replacement]:
        """Return what is not what it was."""
        return [one for known in self._known.values() for one in _replaced(known)]

    def put_back(self) -> None:
        """Undo whatever was replaced."""
        for owner, key, value, _ in self.replaced():
            _set(owner, key, value)


def _known(owner: Owner, names: tuple[str, ...]) -> _Known:
    namespace = vars(owner)
    return _Known(owner, names, [*map(namespace.get, names)], len(namespace))


def _replaced(known: _Known) -> Iterator[Replacement]:
    owner, names, values, size = known
    namespace = vars(owner)
    # Nearly all are as they were.  A wrapper may well be equal to what it wraps.
    if not all(map(is_, map(namespace.get, names), values)):
        for key, was in zip(names, values, strict=True):
            now = namespace.get(key, was)
            if was is not None and now is not was:
                yield owner, key, was, now
    if isinstance(owner, type) and len(namespace) > size:
        # A method that it inherited before, most likely.
        for key in [*namespace][size:]:
            if callable(namespace[key]):
                yield owner, key, ABSENT, namespace[key]


def _set(owner: Owner, key: str, value: Any) -> None:
    if value is not ABSENT:
        setattr(owner, key, value)
    elif key in vars(owner):
        delattr(owner, key)


class PutInPlace:
    """Puts the replacements of one environment after another in place."""

    def __init__(self) -> None:
        self._present: tuple[Replacement, ...] = ()

    def exchange(self, wanted: tuple[Replacement, ...]) -> None:
        """Let *wanted* hold, and nothing else."""
        if self._present is wanted:
            return
        for owner, key, everybodys, _ in self._present:
            _set(owner, key, everybodys)
        for owner, key, _, own in wanted:
            setattr(owner, key, own)
        self._present = wanted
