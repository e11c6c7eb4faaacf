"""Sandbox: installs everything that bends the process, and moves it from place to place.

It is installed once for a world.  `enter` puts a place in force before code of its environment
runs, `leave` restores the process as it was.  Entering the place that is in force already costs
next to nothing, which is what happens when one invocation runs alone.
"""

import logging
import os
import sys
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain, compress
from operator import is_not
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from harness.errors import SimulationError
from harness.kernel.instant import Duration, Instant
from harness.sandbox.chance import Chance
from harness.sandbox.compilation import SharedCompilation
from harness.sandbox.databases import Databases
from harness.sandbox.exitfunctions import ExitFunctions
from harness.sandbox.files import Files
from harness.sandbox.importing import PrivateImports
from harness.sandbox.librarystate import Values, exchange
from harness.sandbox.limits import Limits
from harness.sandbox.logrecords import LogRecords
from harness.sandbox.machine import Machine
from harness.sandbox.modules import PrivateFinder, look_again
from harness.sandbox.monkeypatches import PutInPlace, SharedModules
from harness.sandbox.network import Network, Nobody
from harness.sandbox.output import PlaceInput, PlaceOutput
from harness.sandbox.patch import Inside, Patch
from harness.sandbox.place import Place, Streams
from harness.sandbox.processsettings import ProcessSettings
from harness.sandbox.wallclock import Wallclock
from harness.sandbox.warningsettings import present_settings, put

_environ: Any = os.environ
_environb: Any = os.environb
_sys: Any = sys
_logging: Any = logging
_get_folder, _change_folder = os.getcwd, os.chdir
"""As the process has them: code under test may put others in their place."""


class _Bend(Protocol):
    def install(self) -> None: ...
    def remove(self) -> None: ...


class Sandbox:
    """The bent process.  States: removed, outside (installed, nobody inside), inside a place."""

    def __init__(  # noqa: PLR0913 - what a process is bent for, all named
        self,
        *,
        now: Callable[[], Instant],
        pause: Callable[[Duration], None],
        report: Callable[[Exception], None],
        code_folders: frozenset[Path],
        shared_packages: frozenset[str] = frozenset(),
        network: Network | None = None,
    ) -> None:
        self._inside = Inside()
        self._now = now
        self._bends: list[_Bend] = [
            Wallclock(now, pause, self._inside),
            Chance(self._inside),
            Limits(self._inside, report, network or Nobody()),
            Machine(self._inside),
            LogRecords(self._inside),
            ExitFunctions(self._inside),
            Files(self._inside),
            Databases(now, self._inside),
            ProcessSettings(),
            SharedCompilation(),
        ]
        self._finder = PrivateFinder(self._inside, code_folders, shared_packages)
        self._shared = SharedModules()
        self._put_in_place = PutInPlace()
        self._bends.append(PrivateImports(self._inside, self._finder, self._shared))
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
        look_again(self._finder.folders)
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
                self._take_down(self._last)
            self._put_modules(place.modules)
            leaving = self._library_values if self._last is None else self._last.library_values
            exchange(leaving, place.library_values)
            if not place.path:
                streams = (self._input, self._output, self._output)
                place.begin(self._outside["path"], self._finder.scope, streams)
                place.log_start = self._log_start()
                place.keep_replacements = self._keep_replacements
                place.hand_out = self._shared.hand_out
            sys.path = place.path
            place.temporary.bring_back()
            _go_to(place.folder)
            sys.stdin, sys.stdout, sys.stderr = place.streams
            put(place.warning_settings)
            _environ._data = _environb._data = place.environment  # noqa: SLF001 - the mapping behind both
            _logging._startTime = place.log_start  # noqa: SLF001 - what relativeCreated counts from
            _logging.root = logging.Logger.root = place.root_logger
            logging.Logger.manager = place.logger_manager
            self._last = place
        self._put_in_place.exchange(place.replacements)
        self._inside.place = place

    @property
    def is_inside(self) -> bool:
        """Whether code under test is running, and not the harness for it."""
        return self._inside.place is not None

    def put_back(self) -> None:
        """Undo what code under test has replaced in shared modules; before others straighten theirs."""
        self._put_in_place.exchange(())
        self._shared.put_back()

    def _keep_replacements(self) -> None:
        """Let what a cold start has replaced in shared modules belong to the place that is inside."""
        place = self._inside.place
        assert place is not None, "a cold start runs inside"
        replaced = tuple(self._shared.replaced())
        if [*map(id, chain(*replaced))] != [*map(id, chain(*place.replacements))]:
            place.replacements = replaced
            self._put_in_place.exchange(replaced)

    def step_out(self) -> None:
        """Let the harness itself run for a moment: its clock and doors are real again."""
        self._inside.place = None
        self._put_in_place.exchange(())

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
        self._put_in_place.exchange(())
        if self._last is None:
            return
        self._take_down(self._last)
        put(self._outside["warnings"])
        self._put_modules(self._outside_modules)
        exchange(self._last.library_values, self._library_values)
        _environ._data = _environb._data = self._outside["environment"]  # noqa: SLF001 - the mapping behind both
        _logging._startTime = self._outside["log start"]  # noqa: SLF001 - what relativeCreated counts from
        _logging.root = logging.Logger.root = self._outside["root"]
        logging.Logger.manager = self._outside["manager"]
        sys.path = self._outside["path"]
        _go_to(self._outside["folder"])
        sys.stdin, sys.stdout, sys.stderr = self._outside["streams"]
        _set_first_streams(*self._outside["first streams"])
        self._last = None

    @staticmethod
    def _take_down(place: Place) -> None:
        """Let *place* keep what its code may have set in the process."""
        place.streams = _streams()
        place.warning_settings = present_settings()
        place.folder = _working_folder()
        place.temporary.put_away()

    def _save_outside(self) -> None:
        self._outside = {
            "environment": _environ._data,  # noqa: SLF001 - the mapping behind os.environ
            "path": sys.path,
            "folder": _working_folder(),
            "log start": _logging._startTime,  # noqa: SLF001 - what relativeCreated counts from
            "warnings": present_settings(),
            "root": logging.root,
            "manager": logging.Logger.manager,
            "streams": _streams(),
            "first streams": (sys.__stdin__, sys.__stdout__, sys.__stderr__),
        }
        self._output.outside = sys.stdout
        self._input.outside = sys.stdin
        _set_first_streams(self._input, self._output, self._output)

    def _log_start(self) -> float:
        """Return the present instant as `logging` keeps it: in seconds, or since Python 3.13 in nanoseconds."""
        in_nanoseconds = isinstance(self._outside["log start"], int)
        return self._now() * 1_000 if in_nanoseconds else self._now() / 1_000_000

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


def _set_first_streams(first: Any, second: Any, third: Any) -> None:
    """Put the streams that the process began with; code under test may use them too."""
    _sys.__stdin__, _sys.__stdout__, _sys.__stderr__ = first, second, third


def _working_folder() -> str:
    """Return the working folder, and the root of all where it has been removed."""
    try:
        return _get_folder()
    except FileNotFoundError:
        return "/"


def _go_to(folder: str) -> None:
    """Work in *folder*; one that has been removed is left to fail where it is used."""
    with suppress(OSError):
        _change_folder(folder)


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
    # Two thousand modules, nearly all of them known: nothing of Python is run for those.
    unknown = compress(loaded, map(is_not, map(known.get, loaded), loaded.values()))
    for name in [*unknown]:
        module = loaded[name]
        if finder.owns(name, module):
            private[name] = module
        else:
            known[name] = module
    return private
