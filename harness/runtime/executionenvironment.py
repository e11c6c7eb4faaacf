"""An execution environment: where one function's code lives between a cold start and its end.

States: cold (nothing imported yet), idle, busy, gone.  A handled error leaves it as it is; a
timeout or a crash is its end.
"""

import importlib
from collections.abc import Callable
from typing import Any

from harness.runtime.baton import Task
from harness.runtime.function import Function
from harness.sandbox.place import Place

Handler = Callable[[Any, Any], Any]


class HandlerMissingError(Exception):
    """The function's module has been imported and does not have the handler."""


class ExecutionEnvironment:
    """One environment of one function, which handles one invocation at a time."""

    def __init__(self, function: Function, place: Place, number: int, log_stream: str) -> None:
        self.function = function
        self.place = place
        self.number = number
        self.log_stream = log_stream
        self.handler: Handler | None = None
        self.tasks: list[Task] = []
        """The executor's workers: they outlive an invocation, frozen."""

    @property
    def is_cold(self) -> bool:
        """Whether the function's module has yet to be imported."""
        return self.handler is None

    def initialise(self) -> None:
        """Import the function's module, as a cold start does; runs inside the place.

        Whatever the import raises is passed on; HandlerMissingError says that it lacks the handler.
        """
        module_name, _, handler_name = self.function.handler.rpartition(".")
        module = importlib.import_module(module_name.replace("/", "."))
        try:
            self.handler = getattr(module, handler_name)
        except AttributeError as error:
            raise HandlerMissingError(self.function.handler) from error

    def freeze(self) -> None:
        """Stop what still runs in the background, as Lambda does once the handler has returned."""
        self.tasks = [task for task in self.tasks if not task.greenlet.dead]
        for task in self.tasks:
            task.freeze()

    def thaw(self) -> None:
        """Let the background go on, as a new invocation does."""
        for task in self.tasks:
            task.thaw()

    def end(self) -> None:
        """Throw the environment away, with everything that still runs in it."""
        for task in self.tasks:
            task.kill()
        self.tasks.clear()
        self.handler = None
        self.place.forget()
