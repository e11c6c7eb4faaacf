"""Import statements inside a place: an environment's own modules are loaded without a detour.

A cold start imports some forty modules of the function.  importlib takes a lock, asks every finder
and makes notes for each, which takes longer than executing most of them; here one thing runs at a
time, and who owns a module is known beforehand.  Whatever is nobody's own is left to importlib.
"""

import builtins
import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from harness.sandbox.modules import Location, PrivateFinder
from harness.sandbox.monkeypatches import SharedModules
from harness.sandbox.patch import Inside, Patch
from harness.sandbox.place import Place

_loaded = sys.modules


class PrivateImports:
    """Stands in for the function behind ``import`` while it is installed."""

    def __init__(self, inside: Inside, finder: PrivateFinder, shared: SharedModules) -> None:
        self._inside = inside
        self._finder = finder
        self._shared = shared
        self._original = builtins.__import__
        by_name = self._by_name(importlib.import_module)
        self._patch = Patch(importlib, "import_module", by_name, inside)

    def install(self) -> None:
        """Take the import statements of the process over."""
        self._original = builtins.__import__
        vars(builtins)["__import__"] = self._stand_in(self._original)
        self._patch.install()

    def remove(self) -> None:
        """Hand them back."""
        self._patch.remove()
        vars(builtins)["__import__"] = self._original

    def _by_name(self, original: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
        """Return `importlib.import_module`, which takes note of what it gives to code inside."""

        def import_module(name: str, package: str | None = None) -> ModuleType:
            module = original(name, package)
            assert self._inside.place is not None, "only called inside"
            self._hand_out(self._inside.place, module.__name__, ())
            return module

        return import_module

    def _stand_in(self, original: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
        inside = self._inside
        load = self._load
        with_members = self._with_members
        hand_out = self._hand_out

        def import_module(
            name: str,
            globals: Mapping[str, Any] | None = None,  # noqa: A002 - the signature of __import__
            locals: Mapping[str, Any] | None = None,  # noqa: A002 - the same
            fromlist: Sequence[str] | None = (),
            level: int = 0,
        ) -> ModuleType:
            """Load what is the environment's own; the rest is importlib's, as ever."""
            place = inside.place
            if place is None:
                return original(name, globals, locals, fromlist or (), level)
            full_name = _absolute(name, globals, level) if level else name
            if full_name not in _loaded:
                load(full_name)
            module = with_members(full_name, fromlist) if fromlist else None
            if module is None:
                module = original(name, globals, locals, fromlist or (), level)
            hand_out(place, full_name, fromlist or ())
            return module

        return import_module

    def _with_members(self, full_name: str, wanted: Sequence[str]) -> ModuleType | None:
        """Return the module, if it is loaded and has all that is wanted of it already."""
        module = _loaded.get(full_name)
        if module is None:
            return None
        namespace = module.__dict__
        if all(member in namespace for member in wanted):
            return module
        if "__path__" in namespace:
            for member in wanted:
                if member not in namespace:
                    self._load(f"{full_name}.{member}")
        return None

    def _hand_out(self, place: Place, full_name: str, wanted: Sequence[str]) -> None:
        """Take note of the modules and classes that the statement gives to its code and that are shared."""
        if full_name in place.modules:
            return
        namespace = vars(_loaded[full_name]) if wanted and full_name in _loaded else {}
        names = [f"{full_name}.{member}" for member in wanted] if wanted else [full_name]
        for name in names:
            if name in place.handed or name in place.modules:
                continue
            given = _loaded.get(name) or namespace.get(name.rpartition(".")[2])
            if isinstance(given, ModuleType | type):
                place.handed[name] = given
                self._shared.hand_out({name: given})

    def _load(self, full_name: str) -> None:
        """Load a module and its parents, if they are the environment's own."""
        parent_name, _, child_name = full_name.rpartition(".")
        path: Sequence[str] | None = None
        if parent_name:
            if parent_name not in _loaded:
                self._load(parent_name)
            parent = _loaded.get(parent_name)
            path = getattr(parent, "__path__", None)
            if path is None or full_name in _loaded:  # no package, or it has imported the child
                return
        found = self._finder.located(full_name, path)
        if found is None:
            return
        module = self._executed(full_name, parent_name, found)
        if parent_name:
            setattr(_loaded[parent_name], child_name, module)

    def _executed(self, full_name: str, parent_name: str, found: Location) -> ModuleType:
        """Return a new module, executed; one that fails leaves nothing behind."""
        spec = self._finder.spec(full_name, found)
        module: Any = ModuleType(full_name)
        module.__spec__ = spec
        module.__loader__ = loader = spec.loader
        if found.folders is None:
            module.__package__ = parent_name
        else:
            module.__package__ = full_name
            module.__path__ = spec.submodule_search_locations
        _loaded[full_name] = module
        # This is how importlib knows a circular import when it has to explain one.
        spec._initializing = True  # noqa: SLF001 - importlib's own mark
        try:
            loader.exec_module(module)
        except BaseException:
            _loaded.pop(full_name, None)
            raise
        finally:
            spec._initializing = False  # noqa: SLF001 - the same
        return _loaded[full_name]  # a module may put another object in its place


def _absolute(name: str, importing: Mapping[str, Any] | None, level: int) -> str:
    """Return what a relative import asks for; importlib explains what is wrong with a wrong one."""
    package = (importing or {}).get("__package__") or ""
    base = ".".join(package.split(".")[: -(level - 1)]) if level > 1 else package
    return f"{base}.{name}" if name else base
