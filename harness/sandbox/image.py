"""Image: the modules of an environment as they were after its cold start, for another one to begin with.

Executing a function's modules is most of what a short run costs, and gives the same objects each
time.  So what one environment leaves behind may serve the next one of the same code and variables,
in this world or a later one, provided that nothing in it has changed.  That is looked at and not
assumed: an image knows every object that can be reached from its modules and can change, and what
each referred to.  It is used again only if all of that is still so.  Where an object's state cannot
be seen from outside (a lock, a generator of random numbers, a logger), there is no image, and each
environment executes its modules itself.

Lambda does the like under the name SnapStart.
"""

import builtins
import functools
import gc
import types
from _abc import _get_dump  # type: ignore[import-not-found]  # what abc itself uses, in C
from abc import ABCMeta
from collections.abc import Mapping
from operator import is_
from types import ModuleType
from typing import Any

import msgspec

from harness.sandbox.modules import Sources
from harness.sandbox.monkeypatches import Owner
from harness.sandbox.patch import is_door

_VISITED_MAX = 100_000
"""An image of more objects takes longer to check than its modules take to execute."""

_SEEN_THROUGH = (
    tuple, frozenset, dict, list, set, property, staticmethod, classmethod,
    types.CellType, types.FunctionType, types.MethodType, types.MappingProxyType, ModuleType,
    functools.partial,
)  # fmt: skip
"""Containers whose whole state is what they refer to."""

_UNCHANGING = frozenset({
    "builtins.NoneType", "builtins.bool", "builtins.bytes", "builtins.code", "builtins.complex",
    "builtins.ellipsis", "builtins.float", "builtins.int", "builtins.str", "builtins.NotImplementedType",
    "builtins.builtin_function_or_method", "builtins.builtin_method", "builtins.classmethod_descriptor",
    "builtins.getset_descriptor", "builtins.member_descriptor", "builtins.method-wrapper",
    "builtins.method_descriptor", "builtins.object", "builtins.range", "builtins.wrapper_descriptor",
    "builtins.weakref", "builtins.weakref.ReferenceType", "weakref.ReferenceType",
    "datetime.date", "datetime.datetime", "datetime.timedelta", "datetime.timezone",
    "decimal.Decimal", "re.Pattern", "types.GenericAlias", "types.UnionType", "uuid.UUID",
    "zoneinfo.ZoneInfo", "_abc._abc_data",
    "importlib._bootstrap.ModuleSpec", "_frozen_importlib.ModuleSpec",
    "msgspec.Meta", "msgspec.UnsetType", "msgspec._core.UnsetType", "msgspec._core.Factory", "msgspec._core.StructConfig", "msgspec._core.StructInfo",
    "msgspec.json.Decoder", "msgspec.json.Encoder", "msgspec.msgpack.Decoder", "msgspec.msgpack.Encoder",
    "harness.sandbox.modules.PrivateLoader",
})  # fmt: skip
"""Types whose objects no code changes, or whose changes nobody can see."""

_STRUCT_META = type(msgspec.Struct)
_CACHE: Any = functools._lru_cache_wrapper  # noqa: SLF001 - it has no public name
_TYPING = ("typing", "typing_extensions")
_PLAIN_SIZE = type("Plain", (), {}).__basicsize__
"""The size of an object with nothing but attributes: one that is larger keeps something in C."""


class Image:
    """Modules, everything below them that can change, and what it all referred to."""

    __slots__ = (
        "_abstract", "_caches", "_contents", "_modules", "_objects", "_own", "_sources", "handed",
        "has_answered",
    )  # fmt: skip

    def __init__(
        self, modules: dict[str, ModuleType], objects: list[Any], caches: list[Any]
    ) -> None:
        self.handed: Mapping[str, Owner] = {}
        """The modules and classes that others share and its cold start asked for."""
        self.has_answered = False
        """Whether an environment that began with it has answered, and replaced nothing in those."""
        self._sources = Sources(modules)
        self._own = modules
        self._modules = dict(modules)
        self._objects = objects
        self._contents = gc.get_referents(*objects)
        self._caches = caches
        self._abstract = [one for one in objects if isinstance(one, ABCMeta)]

    def restored(self) -> dict[str, ModuleType]:
        """Return the modules for another place: those that came later are left out."""
        self._own.clear()
        self._own.update(self._modules)
        return self._own

    def is_current(self) -> bool:
        """Whether the files still say what was executed."""
        return self._sources.are_current()

    def is_intact(self) -> bool:
        """Whether everything is as it was; `functools` caches are emptied first, as they were."""
        for cache in self._caches:
            cache.cache_clear()
        if any(map(_has_registered, self._abstract)):
            return False
        contents = gc.get_referents(*self._objects)
        return len(contents) == len(self._contents) and all(map(is_, contents, self._contents))


def _has_registered(abstract: type) -> bool:
    """Whether a class was registered as a virtual subclass, which nothing else shows."""
    return bool(_get_dump(abstract)[0])


class _Opaque(Exception):  # noqa: N818 - control flow: there can be no image
    """An object whose state cannot be seen."""


def image_of(modules: dict[str, ModuleType]) -> Image | None:
    """Return the image of *modules*, or None where something keeps state that cannot be seen."""
    walk = _Walk(modules)
    try:
        walk.go()
    except _Opaque:
        return None
    return Image(modules, walk.changeable, walk.caches)


class _Walk:
    """Visits whatever can be reached from an environment's own modules and is its own."""

    def __init__(self, modules: Mapping[str, ModuleType]) -> None:
        self.changeable: list[Any] = []
        self.caches: list[Any] = []
        self._names = frozenset(modules)
        self._namespaces = frozenset(id(module.__dict__) for module in modules.values())
        self._modules = {id(module) for module in modules.values()}
        self._found: set[int] = set()
        self._pending: list[Any] = list(modules.values())

    def go(self) -> None:
        """Visit everything; raises `_Opaque` at an object whose state cannot be seen."""
        pending, found = self._pending, self._found
        while pending:
            visited = pending.pop()
            if id(visited) in found:
                continue
            found.add(id(visited))
            if len(found) > _VISITED_MAX:
                raise _Opaque(_VISITED_MAX)
            pending.extend(self._below(visited))

    def _below(self, visited: Any) -> list[Any]:
        """Return what *visited* refers to, and note it where it can change."""
        kind = type(visited)
        if self._is_foreign(visited) or self._is_unchanging(visited):
            return []
        if type(kind) is _STRUCT_META and kind.__struct_config__.frozen:
            return [getattr(visited, field) for field in kind.__struct_fields__]
        if kind is functools.cached_property:
            return [visited.func]
        if isinstance(visited, ABCMeta) and _has_registered(visited):
            raise _Opaque(kind)
        if kind is _CACHE:
            if any(visited.cache_info()[::3]):
                raise _Opaque(kind)
            self.caches.append(visited)
        elif kind not in _SEEN_THROUGH and not isinstance(visited, type) and not _is_plain(kind):
            raise _Opaque(kind)
        if kind is not tuple and kind is not frozenset:
            self.changeable.append(visited)
        return gc.get_referents(visited)

    def _is_foreign(self, visited: Any) -> bool:
        """Whether *visited* is a module, function, class or namespace of the whole process."""
        if type(visited) is types.FunctionType:
            return id(visited.__globals__) not in self._namespaces
        if type(visited) is ModuleType:
            return id(visited) not in self._modules
        if isinstance(visited, type):
            return visited.__module__ not in self._names
        return visited is vars(builtins) or is_door(visited)

    def _is_unchanging(self, visited: Any) -> bool:
        kind = type(visited)
        if kind.__module__ in _TYPING or isinstance(visited, types.GenericAlias):
            return True
        if f"{kind.__module__}.{kind.__qualname__}" not in _UNCHANGING:
            return False
        # A method of an object is unchanging if the object is.
        owner = getattr(visited, "__self__", None)
        if owner is not None:
            self._pending.append(owner)
        return True


def _is_plain(kind: type) -> bool:
    """Whether all state of an object of this class is in its attributes."""
    return (
        kind.__basicsize__ == _PLAIN_SIZE
        and kind.__itemsize__ == 0
        and not any(vars(base).get("__slots__") for base in kind.__mro__)
    )
