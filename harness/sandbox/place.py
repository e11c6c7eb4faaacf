"""Place: everything of the process that one execution environment has for itself.

Lambda gives each execution environment a process of its own.  Here they all share one, so what a
process owns and code can change is kept in a place, and put in force whenever code of that
environment runs.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from types import ModuleType


class Place:
    """The process-wide state of one execution environment."""

    def __init__(
        self,
        name: str,
        *,
        code: Path,
        environment: Mapping[str, str],
        chance: Random,
        write: Callable[[str], None],
    ) -> None:
        self.name = name
        self.code = code
        """The folder that stands for /var/task."""
        self.environment = {key.encode(): value.encode() for key, value in environment.items()}
        self.chance = chance
        self.modules: dict[str, ModuleType] = {}
        """The modules that are this environment's own, by name."""
        self.write = write
        """Takes what the code writes to its standard output and error."""
        self.root_logger = logging.RootLogger(logging.WARNING)
        self.logger_manager = logging.Manager(self.root_logger)
        self.logger_manager.loggerClass = logging.Logger
