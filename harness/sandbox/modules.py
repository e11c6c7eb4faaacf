"""A fresh import of the code under test for each execution environment.

A cold start on AWS is a new process: every module of the function is executed anew, and what it
keeps in globals belongs to that environment alone.  The same holds here for the function's own
modules, and for third-party packages that keep process-wide state (see `librarystate`).  Their
compiled code is cached and shared; only its execution is repeated.  All other packages are shared
between environments, as they hold no state of the handler's.
"""

import os
import sys
from collections.abc import Hashable, Iterable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from operator import is_
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from harness.sandbox.librarystate import PRIVATE_PACKAGES, is_shared
from harness.sandbox.patch import Inside, note_contact

_OWN_PACKAGE = __name__.partition(".")[0]

_SUFFIXES = (".py", ".pyc", ".so")
"""What a module in one file ends with."""

_codes: dict[str, tuple[float, CodeType]] = {}
"""Compiled code by file name, with the file's modification time: immutable, so it is shared."""

_looked_at: set[str] = set()
"""The files whose modification time has been looked at since the sandbox was installed."""


class Location(NamedTuple):
    """Where a private module lies."""

    origin: str
    """The file; empty for a folder without ``__init__.py``."""
    folders: list[str] | None
    """A package's own."""


_locations: dict[tuple[str, str], Location | None] = {}
"""Name, and the folder of the code (or the parent package's): where the module lies, or nowhere."""

_own: dict[Hashable, dict[tuple[str, str, str], Location]] = {}
"""For each scope of a finder, by name, code folder and parent's folder: the modules that were found
to be an environment's own, which stays true as long as their files are there."""


class PrivateLoader(Loader):
    """Executes a module's cached code in a new namespace, and files it among its place's own.

    It answers what importlib's own loader of a file does: packages read their data through it.
    """

    def __init__(
        self, name: str, modules: dict[str, ModuleType], origin: str, inside: Inside
    ) -> None:
        self.name = name
        self.path = origin
        self._modules = modules
        self._inside = inside
        self._code: CodeType | None = None
        self._origin = origin

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002 - the protocol of importlib
        """Leave it to importlib."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Execute the module in its own namespace."""
        self._modules[module.__name__] = module
        if self._origin:
            # importlib would do the same for a spec with a location, and look for a file of
            # bytecode each time.
            module.__file__ = self._origin
        else:
            return  # a folder without __init__.py: nothing to execute
        try:
            self._code = _compiled(module.__name__, self._origin)
            exec(self._code, module.__dict__)  # noqa: S102 - importing is executing
        except BaseException:
            self._modules.pop(module.__name__, None)
            raise

    @property
    def executed(self) -> CodeType | None:
        """The code that was executed; None for a folder without ``__init__.py``."""
        return self._code

    def get_source(self, fullname: str) -> str | None:
        """Return the source text, for tracebacks."""
        return SourceFileLoader(fullname, self._origin).get_source(fullname)

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the compiled code."""
        return _compiled(fullname, self._origin) if self._origin else None

    def get_filename(self, fullname: str) -> str:
        """Return the path of the file."""
        return SourceFileLoader(self.name, self._origin).get_filename(fullname)

    def is_package(self, fullname: str) -> bool:
        """Whether the file is a package's."""
        return not self._origin or SourceFileLoader(self.name, self._origin).is_package(fullname)

    def get_data(self, path: str) -> bytes:
        """Return what is in a file, the module's own or another."""
        note_contact(self._inside)
        return SourceFileLoader(self.name, self._origin).get_data(path)

    def get_resource_reader(self, fullname: str) -> object:
        """Return a reader of the package's data files."""
        note_contact(self._inside)
        return SourceFileLoader(fullname, self._origin).get_resource_reader(fullname)


class Sources:
    """The files that an environment's modules were executed from."""

    def __init__(self, modules: Mapping[str, ModuleType]) -> None:
        loaders = [module.__spec__ and module.__spec__.loader for module in modules.values()]
        files = [each for each in loaders if isinstance(each, PrivateLoader) and each.path]
        self._names = [each.name for each in files]
        self._paths = [each.path for each in files]
        self._entries = [*map(_codes.get, self._paths)]
        self._are_known = None not in loaders and all(
            entry is not None and entry[1] is each.executed
            for entry, each in zip(self._entries, files, strict=True)
        )

    def are_current(self) -> bool:
        """Whether the files still say what was executed; each is looked at once a world."""
        if not self._are_known:
            return False
        if not _looked_at.issuperset(self._paths):
            try:
                for name, path in zip(self._names, self._paths, strict=True):
                    _compiled(name, path)
            except (OSError, SyntaxError):
                return False
        return all(map(is_, map(_codes.get, self._paths), self._entries))


class PrivateFinder(MetaPathFinder):
    """Finds the modules that an environment has for itself."""

    def __init__(
        self, inside: Inside, code_folders: frozenset[Path], shared: frozenset[str]
    ) -> None:
        self._inside = inside
        self.folders = tuple(f"{folder}/" for folder in sorted(code_folders))
        self._shared = shared | {_OWN_PACKAGE}
        self._tops = _top_names(code_folders)
        self.scope: Hashable = (self.folders, self._shared, self._tops)
        """Finders of one scope own the same modules."""
        self._own = _own.setdefault(self.scope, {})

    def owns(self, name: str, module: ModuleType) -> bool:
        """Whether *module*, imported outside, would be an environment's own inside.

        So is one that lies elsewhere and is called as one of the code's is: /var/task comes first.
        """
        top = name.partition(".")[0]
        if top in PRIVATE_PACKAGES:
            return not is_shared(name)
        if top in self._shared or top == "__main__":
            return False
        file = getattr(module, "__file__", None)
        if file is not None and file.startswith(self.folders):
            return "site-packages" not in file
        return top in self._tops and top not in sys.stdlib_module_names

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,  # noqa: ARG002 - the protocol of importlib
    ) -> ModuleSpec | None:
        """Return where a private module lies, or None to let others look."""
        found = self.located(fullname, path)
        return None if found is None else self.spec(fullname, found)

    def located(self, full_name: str, path: Sequence[str] | None) -> Location | None:
        """Return where a module that the environment has for itself lies; None for all others."""
        place = self._inside.place
        if place is None:
            return None
        key = (full_name, place.task_root, path[0] if path else "")
        found = self._own.get(key)
        if found is None:
            found = self._search(full_name, path, place.code)
            if found is not None:
                self._own[key] = found
            elif path is None and not self._is_public(full_name):
                # Which folders an environment adds to its path is its own affair: not kept.
                found = _found_below(full_name, place.code)
        return found

    def spec(self, full_name: str, found: Location) -> Any:
        """Return the spec of a module that lies there."""
        place = self._inside.place
        assert place is not None, "a private module is imported inside"
        loader = PrivateLoader(full_name, place.modules, found.origin, self._inside)
        spec = ModuleSpec(full_name, loader, origin=found.origin or None)
        if found.folders is not None:
            spec.submodule_search_locations = list(found.folders)
        return spec

    def _search(self, full_name: str, path: Sequence[str] | None, code: Path) -> Location | None:
        if full_name.partition(".")[0] in PRIVATE_PACKAGES:
            return None if is_shared(full_name) else _found(full_name, path, None)
        return None if self._is_public(full_name) else _found(full_name, path, code)

    def _is_public(self, full_name: str) -> bool:
        """Whether a module cannot be an environment's own, wherever it lies."""
        top = full_name.partition(".")[0]
        return top in self._shared or top in PRIVATE_PACKAGES or top in sys.stdlib_module_names


def _top_names(folders: Iterable[Path]) -> frozenset[str]:
    """Return what the code in *folders* can import without a dot; folders of data are left aside."""
    names: set[str] = set()
    for folder in folders:
        if not folder.is_dir():
            continue
        with os.scandir(folder) as entries:
            names.update(
                entry.name.partition(".")[0]
                for entry in entries
                if entry.name.endswith(_SUFFIXES) or os.path.isfile(f"{entry.path}/__init__.py")  # noqa: PTH113 - making paths takes longer than looking
            )
    return frozenset(names)


def _found(fullname: str, path: Sequence[str] | None, code: Path | None) -> Location | None:
    """Return where *fullname* lies in the folder *code* (or on the path), if it is Python source."""
    # Of a text the hash is known, and a path compares slowly.
    key = (fullname, str(code) if path is None or code is None else path[0])
    if key not in _locations:
        where = path if path is not None else (None if code is None else [str(code)])
        _locations[key] = _described(PathFinder.find_spec(fullname, where), code)
    return _locations[key]


def _found_below(fullname: str, code: Path) -> Location | None:
    """Return where *fullname* lies in a folder of the code that the code itself added to the path."""
    added = (folder for folder in sys.path if folder != str(code) and _lies_in(folder, code))
    return next(filter(None, (_found(fullname, [folder], code) for folder in added)), None)


def _described(spec: ModuleSpec | None, code: Path | None) -> Location | None:
    """Return where a source module lies, or None if it is something else."""
    if spec is None:
        return None
    locations = spec.submodule_search_locations
    folders = None if locations is None else list(locations)
    if isinstance(spec.loader, SourceFileLoader):
        file = spec.origin or ""
        is_ours = code is None or _lies_in(file, code)
        return Location(file, folders) if is_ours else None
    if spec.origin is None and folders and code is not None:
        is_ours = all(_lies_in(folder, code) for folder in folders)
        return Location("", folders) if is_ours else None
    return None


def _lies_in(origin: str, code: Path) -> bool:
    """Whether a file belongs to the function's code, and is not installed beneath it."""
    return Path(origin).is_relative_to(code) and "site-packages" not in origin


def _compiled(name: str, origin: str) -> CodeType:
    """Return the module's code, compiled once for each version of the file."""
    cached = _codes.get(origin)
    if cached is not None and origin in _looked_at:
        return cached[1]
    changed = os.stat(origin).st_mtime  # noqa: PTH116 - making a path takes longer than looking
    _looked_at.add(origin)
    if cached is not None and cached[0] == changed:
        return cached[1]
    code = SourceFileLoader(name, origin).get_code(name)
    assert code is not None, "a source file has code"
    _codes[origin] = (changed, code)
    return code


def look_again(folders: tuple[str, ...]) -> None:
    """Notice files that were written or changed below *folders* since the last world.

    importlib looks again by itself where a folder's time has changed, which a file that was written
    in the same instant does not show.
    """
    _looked_at.clear()
    for key in [key for key, found in _locations.items() if found is None]:
        del _locations[key]
    finders = sys.path_importer_cache
    for path in [path for path in finders if f"{path}/".startswith(folders)]:
        finder = finders[path]
        if finder is None:
            del finders[path]
        elif hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()
