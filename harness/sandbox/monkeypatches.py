"""Functions and classes that code under test puts into modules and classes which it shares with others.

On Lambda ``json.dumps = mine`` at the top of a module concerns one process; here it would concern every
environment, and the harness.  The same holds for ``Session.request = mine``, which is what a tracer does
to the libraries that it watches.  So what a cold start has replaced is taken out again, and put in place
whenever that environment's code runs.  What is replaced later, by a handler at work, is put back when
the world is closed.  Looked at are the modules that code has imported, and the classes in them.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import chain
from operator import call, is_, itemgetter
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


class _Looks(NamedTuple):
    """What is looked at in a module or class, and how it is taken out of its namespace."""

    names: tuple[str, ...]
    pick: Callable[[Mapping[str, Any]], tuple[Any, ...]]


_modules: dict[str, _Looks] = {}
"""Module -> the names in it that stood for functions and classes when it was seen first."""
_classes: WeakKeyDictionary[type, _Looks] = WeakKeyDictionary()
"""The same for classes, and their methods and properties."""


class _Known(NamedTuple):
    """How a module or a class was before code under test got it."""

    owner: Owner
    names: tuple[str, ...]
    values: tuple[Any, ...]
    size: int
    """How many names it had in all."""


class SharedModules:
    """The modules that code under test has asked for, and how they were before it got them."""

    def __init__(self) -> None:
        self._known: dict[Hashable, _Known] = {}
        self._namespaces: list[Mapping[str, Any]] = []
        self._picks: list[Callable[[Mapping[str, Any]], tuple[Any, ...]]] = []
        self._class_namespaces: list[Mapping[str, Any]] = []
        self._seen: list[Any] = []
        """What all of them gave at the last look."""
        self._sizes: list[int] = []
        """How many names the classes had then."""
        self._replaced: list[Replacement] = []
        """What that look has found."""

    def hand_out(self, modules: Mapping[str, Owner]) -> None:
        """Take note of *modules* and classes, by name, before code under test gets them."""
        for name, owner in modules.items():
            if isinstance(owner, type):
                self._note_class(owner)
            elif name not in self._known:
                self._note(name, owner, _modules.get(name) or _look_at_module(name, owner))
                for value in vars(owner).values():
                    if isinstance(value, type):
                        self._note_class(value)

    def _note_class(self, noted: type) -> None:
        if noted in self._known or noted.__flags__ & _IMMUTABLE:
            return
        self._note(noted, noted, _classes.get(noted) or _look_at_class(noted))
        self._class_namespaces.append(vars(noted))
        self._sizes.append(len(vars(noted)))

    def _note(self, key: Hashable, owner: Owner, looks: _Looks) -> None:
        namespace = vars(owner)
        try:
            values = looks.pick(namespace)
        except KeyError:  # it was there when the module was seen first
            looks = _looks([name for name in looks.names if name in namespace])
            values = looks.pick(namespace)
        self._known[key] = _Known(owner, looks.names, values, len(namespace))
        if values:
            self._namespaces.append(namespace)
            self._picks.append(looks.pick)
            self._seen += values

    def replaced(self) -> list[Replacement]:
        """Return what is not what it was."""
        if not self._is_as_seen():
            self._replaced = [*chain.from_iterable(map(_replaced, self._known.values()))]
        return self._replaced

    def _is_as_seen(self) -> bool:
        """Whether nothing has changed since the last look, as is nearly always so."""
        sizes = [*map(len, self._class_namespaces)]
        try:
            present = [*chain.from_iterable(map(call, self._picks, self._namespaces))]
        except KeyError:
            return False
        # A wrapper may well be equal to what it wraps.
        is_same = sizes == self._sizes and all(map(is_, present, self._seen))
        self._seen, self._sizes = present, sizes
        return is_same

    def put_back(self) -> None:
        """Undo whatever was replaced."""
        for owner, key, value, _ in self.replaced():
            _set(owner, key, value)


def _look_at_module(name: str, module: Owner) -> _Looks:
    looks = _looks(
        key
        for key, value in vars(module).items()
        if callable(value) and (name, key) not in _EXCHANGED
    )
    _modules[name] = looks
    return looks


def _look_at_class(looked_at: type) -> _Looks:
    looks = _looks(key for key, value in vars(looked_at).items() if isinstance(value, _METHODS))
    _classes[looked_at] = looks
    return looks


def _looks(found: Iterable[str]) -> _Looks:
    names = tuple(found)
    if not names:
        return _Looks((), lambda _: ())
    if len(names) == 1:
        names *= 2  # of one name an itemgetter gives no tuple
    return _Looks(names, itemgetter(*names))


def _replaced(known: _Known) -> Iterator[Replacement]:
    owner, names, values, size = known
    namespace = vars(owner)
    for key, was in zip(names, values, strict=True):
        now = namespace.get(key, was)
        if now is not was:
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
