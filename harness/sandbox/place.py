"""Place: everything of the process that one execution environment has for itself.

Lambda gives each execution environment a process of its own.  Here they all share one, so what a
process owns and code can change is kept in a place, and put in force whenever code of that
environment runs.
"""

import logging
import os
import sys
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from random import Random
from socket import socket
from types import ModuleType
from typing import Any
from weakref import ref

from harness.sandbox.librarystate import Values, is_untouched
from harness.sandbox.monkeypatches import Owner, Replacement
from harness.sandbox.temporaryfiles import TemporaryFiles
from harness.sandbox.warningsettings import new_settings, present_settings

Streams = tuple[Any, Any, Any]
"""`sys.stdin`, `sys.stdout` and `sys.stderr`."""


class _RuntimeLogHandler(logging.Handler):
    """The handler that Lambda's Python runtime puts on the root logger.

    Source: AWS Lambda developer guide, "Log and monitor Python Lambda functions".
    """

    def __init__(self, place: "Place") -> None:
        super().__init__()
        self._place = place
        formatter = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )
        formatter.converter = time.gmtime
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        record.aws_request_id = self._place.request_id
        self._place.write(self.format(record) + "\n")


def _do_nothing(*_: object) -> None:
    """Do what there is to do for a place that has not been in force."""


class Place:
    """The process-wide state of one execution environment."""

    def __init__(  # noqa: PLR0913 - what an environment begins with
        self,
        name: str,
        *,
        code: Path,
        environment: Mapping[str, str],
        chance: Random,
        write_line: Callable[[str], None],
        temporary: TemporaryFiles | None = None,
    ) -> None:
        self.name = name
        self.code = code
        """The folder that stands for /var/task."""
        self.task_root = str(code)
        self.folder = self.task_root
        """The working folder."""
        self.environment = {key.encode(): value.encode() for key, value in environment.items()}
        self.chance = chance
        self.temporary = TemporaryFiles() if temporary is None else temporary
        self.contacts = 0
        """How often the code has asked for the time, for chance or for a file, or has written a line."""
        self.modules: dict[str, ModuleType] = {}
        """The modules that are this environment's own, by name."""
        self.path: list[str] = []
        """`sys.path`, once the place has been in force."""
        self.streams: Streams = (None, None, None)
        """The standard streams, likewise: code may put others in their place."""
        self.warning_settings = new_settings()
        """What decides about warnings."""
        self.log_start: float = 0
        """What `logging` takes for the start of the process, likewise."""
        self.scope: Hashable = None
        """Which modules are its own; places of one scope agree about that."""
        self.library_values: Values = {}
        """What well-known libraries keep at module level, once the place has been in force."""
        self.handed: dict[str, Owner] = {}
        """The modules and classes that it shares and has asked for, by name."""
        self.replacements: tuple[Replacement, ...] = ()
        """What its cold start has put into modules that it shares."""
        self.sockets: list[ref[socket]] = []
        """Those that its code has made: nothing can be reached through them, but they are open."""
        self.keep_replacements: Callable[[], None] = _do_nothing
        """To be called when the cold start is over."""
        self.hand_out: Callable[[Mapping[str, Owner]], None] = _do_nothing
        """To be called with the modules that an image had asked for."""
        self.request_id = ""
        """The invocation that runs, for the log."""
        self._write_line = write_line
        self._begun_with: tuple[Any, ...] = ()
        self._begun_line = ""
        self.root_logger = logging.RootLogger(logging.WARNING)
        self.logger_manager = logging.Manager(self.root_logger)
        self.logger_manager.loggerClass = logging.Logger
        self.root_logger.addHandler(_RuntimeLogHandler(self))

    def begin(self, path: Sequence[str], scope: Hashable, streams: Streams) -> None:
        """Take *path* as `sys.path`, and note how things are before any code has run."""
        self.path = [*path]
        self.scope = scope
        self.streams = streams
        self._begun_with = (dict(self.environment), [*path], streams)

    @property
    def is_untouched(self) -> bool:
        """Whether the code has changed nothing but its own modules, and asked for nothing."""
        root = self.root_logger
        return (
            self.contacts == 0
            and not self.replacements
            and present_settings().are_new
            and os.getcwd() == self.task_root  # noqa: PTH109 - the text is what is compared
            and (self.environment, self.path, (sys.stdin, sys.stdout, sys.stderr))
            == self._begun_with
            and not self.logger_manager.loggerDict
            and (root.level, len(root.handlers), root.filters) == (logging.WARNING, 1, [])
            and is_untouched(self.library_values)
        )

    def write(self, text: str) -> None:
        """Take what the code writes to its standard output or error; whole lines are passed on."""
        self.contacts += 1
        if "\n" not in text:
            self._begun_line += text
            return
        *lines, self._begun_line = (self._begun_line + text).split("\n")
        for line in lines:
            self._write_line(line)

    def forget(self) -> None:
        """Let go of everything, as a process that ends does; its code cannot run any more.

        A module, its functions and its classes hold one another, and the collector cannot even tell
        where an extension's object (a constant that is a struct, say) holds its class.
        """
        self._close_sockets()
        for module in self.modules.values():
            module.__dict__.clear()
        self.retire()

    def retire(self) -> None:
        """Let go of everything but the modules, which somebody else takes over."""
        self._close_sockets()
        self.library_values.clear()
        self.logger_manager.loggerDict.clear()
        self.root_logger.handlers.clear()

    def _close_sockets(self) -> None:
        for reference in self.sockets:
            made = reference()
            if made is not None:
                made.close()
        self.sockets.clear()
