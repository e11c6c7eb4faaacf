"""Sandbox: installs everything that bends the process, and moves it from place to place.

It is installed once for a world.  `enter` puts a place in force before code of its environment
runs, `leave` restores the process as it was.  Entering the place that is in force already costs
next to nothing, which is what happens when one invocation runs alone.
"""

import logging
import os
import sys
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from harness.errors import SimulationError
from harness.kernel.instant import Duration, Instant
from harness.sandbox.chance import Chance
from harness.sandbox.compilation import SharedCompilation
from harness.sandbox.exitfunctions import ExitFunctions
from harness.sandbox.files import Files
from harness.sandbox.importing import PrivateImports
from harness.sandbox.librarystate import Values, exchange
from harness.sandbox.limits import Limits
from harness.sandbox.modules import PrivateFinder, look_again
from harness.sandbox.output import PlaceInput, PlaceOutput
from harness.sandbox.patch import Inside, Patch
from harness.sandbox.place import Place, Streams
from harness.sandbox.processsettings import ProcessSettings
from harness.sandbox.wallclock import Wallclock

_environ: Any = os.environ
_logging: Any = logging


class _Bend(Protocol):
    def install(self) -> None: ...
    def remove(self) -> None: ...


class Sandbox:
    """The bent process.  States: removed, outside (installed, nobody inside), inside a place."""

    def __init__(
        self,
        *,
        now: Callable[[], Instant],
        pause: Callable[[Duration], None],
        report: Callable[[Exception], None],
        code_folders: frozenset[Path],
        shared_packages: frozenset[str] = frozenset(),
    ) -> None:
        self._inside = Inside()
        self._bends: list[_Bend] = [
            Wallclock(now, pause, self._inside),
            Chance(self._inside),
            Limits(self._inside, report),
            ExitFunctions(self._inside),
            Files(self._inside),
            ProcessSettings(),
            SharedCompilation(),
        ]
        self._finder = PrivateFinder(self._inside, code_folders, shared_packages)
        self._bends.append(PrivateImports(self._inside, self._finder))
        self._output = PlaceOutput(self._inside)
        self._input = PlaceInput()
        self._last: Place | None = None
        self._outside: dict[str, Any] = {}
        self._outside_modules: dict[str, ModuleType] = {}
        self._loaded_count = -1
        self._library_values: Values = {}

    def replace(self, target: Any, attribute: str, replacement: Callable[..., Any]) -> None:
        """Let *target*.*attribute* be *replacement* inside every place; call before `install`."""
        self._bends.append(Patch(target, attribute, replacement, self._inside))

    def install(self) -> None:
        """Bend the process; one sandbox at a time."""
        if any(isinstance(finder, PrivateFinder) for finder in sys.meta_path):
            raise SimulationError("another world is open in this process; close it first")
        look_again()
        for bend in self._bends:
            bend.install()
        sys.meta_path.insert(0, self._finder)

    def remove(self) -> None:
        """Straighten the process."""
        self.leave()
        sys.meta_path.remove(self._finder)
        for bend in reversed(self._bends):
            bend.remove()

    def enter(self, place: Place) -> None:
        """Put *place* in force."""
        if self._last is not place:
            if self._last is None:
                self._save_outside()
            else:
                self._last.streams = _streams()
            self._put_modules(place.modules)
            leaving = self._library_values if self._last is None else self._last.library_values
            exchange(leaving, place.library_values)
            if not place.path:
                streams = (self._input, self._output, self._output)
                place.begin(self._outside["path"], self._finder.scope, streams)
            sys.path = place.path
            sys.stdin, sys.stdout, sys.stderr = place.streams
            _environ._data = place.environment  # noqa: SLF001 - the mapping behind os.environ
            _logging.root = logging.Logger.root = place.root_logger
            logging.Logger.manager = place.logger_manager
            self._last = place
        self._inside.place = place

    @property
    def is_inside(self) -> bool:
        """Whether code under test is running, and not the harness for it."""
        return self._inside.place is not None

    def step_out(self) -> None:
        """Let the harness itself run for a moment: its clock and doors are real again."""
        self._inside.place = None

    @contextmanager
    def outside(self, *, on_virtual_time: bool = False) -> Iterator[None]:
        """Let the harness make a call for whoever is inside, on the real clock or the virtual one."""
        inside = self._inside
        place = inside.place
        inside.place, inside.is_on_virtual_time = None, on_virtual_time
        try:
            yield
        finally:
            inside.place, inside.is_on_virtual_time = place, False

    def leave(self) -> None:
        """Restore the process as it was before the first place was entered."""
        self._inside.place = None
        if self._last is None:
            return
        self._last.streams = _streams()
        self._put_modules(self._outside_modules)
        exchange(self._last.library_values, self._library_values)
        _environ._data = self._outside["environment"]  # noqa: SLF001 - the mapping behind os.environ
        _logging.root = logging.Logger.root = self._outside["root"]
        logging.Logger.manager = self._outside["manager"]
        sys.path = self._outside["path"]
        sys.stdin, sys.stdout, sys.stderr = self._outside["streams"]
        sys.__stdin__ = self._outside["first input"]  # type: ignore[misc]  # code under test may read it
        self._last = None

    def _save_outside(self) -> None:
        self._outside = {
            "environment": _environ._data,  # noqa: SLF001 - the mapping behind os.environ
            "path": sys.path,
            "root": logging.root,
            "manager": logging.Logger.manager,
            "streams": _streams(),
            "first input": sys.__stdin__,
        }
        self._output.outside = sys.stdout
        self._input.outside = sys.stdin
        sys.__stdin__ = self._input  # type: ignore[misc, assignment]  # code under test may read it

    def _put_modules(self, modules: Mapping[str, ModuleType]) -> None:
        """Take out whatever the last place had imported, and put in *modules*."""
        loaded = sys.modules
        if self._last is not None:
            for name in self._last.modules:
                loaded.pop(name, None)
        else:
            if self._loaded_count != len(loaded):  # only then can another one have come
                self._outside_modules = _private_modules(loaded, self._finder)
                self._loaded_count = len(loaded)
            for name in self._outside_modules:
                del loaded[name]
        loaded.update(modules)


def _streams() -> Streams:
    return sys.stdin, sys.stdout, sys.stderr


_public: dict[Hashable, dict[str, ModuleType]] = {}
"""For each scope of a finder, the loaded modules that it was asked about and does not own: there
are a thousand, and they are the same for nearly every world."""


def _private_modules(
    loaded: Mapping[str, ModuleType], finder: PrivateFinder
) -> dict[str, ModuleType]:
    """Return the modules that are loaded outside and would be an environment's own inside."""
    known = _public.setdefault(finder.scope, {})
    private: dict[str, ModuleType] = {}
    for name, module in loaded.items():
        if known.get(name) is module:
            continue
        if finder.owns(name, module):
            private[name] = module
        else:
            known[name] = module
    return private
