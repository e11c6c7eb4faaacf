"""An execution environment: where one function's code lives between a cold start and its end.

States: cold (nothing imported yet), idle, busy, gone.  A handled error leaves it as it is; a
timeout or a crash is its end.
"""

import contextvars
import importlib
import sys
from collections.abc import Callable, Hashable
from types import ModuleType
from typing import Any

from harness.runtime.baton import Task
from harness.runtime.function import Function
from harness.runtime.imagestore import STORE
from harness.sandbox.contextvalues import is_unset
from harness.sandbox.image import Image, image_of
from harness.sandbox.patch import doors_changed
from harness.sandbox.place import Place

Handler = Callable[[Any, Any], Any]


class HandlerMissingError(Exception):
    """The function's module has been imported and does not have the handler."""


class ExecutionEnvironment:
    """One environment of one function, which handles one invocation at a time."""

    def __init__(
        self,
        function: Function,
        place: Place,
        number: int,
        log_stream: str,
        progress: Callable[[], int],
    ) -> None:
        self.function = function
        self.place = place
        self.number = number
        self.log_stream = log_stream
        self.handler: Handler | None = None
        self.has_answered = False
        """Whether its handler has returned before."""
        self._progress = progress
        self._image: Image | None = None
        self._key: Hashable = None
        self.context = contextvars.Context()
        """What its code keeps in context variables: the handler's thread is always the same one."""
        self.tasks: list[Task] = []
        """The executors' workers and the threads: they outlive an invocation, frozen."""
        self._executors = 0

    @property
    def is_cold(self) -> bool:
        """Whether the function's module has yet to be imported."""
        return self.handler is None

    def initialise(self) -> None:
        """Import the function's module, as a cold start does; runs inside the place.

        Whatever the import raises is passed on; HandlerMissingError says that it lacks the handler.
        """
        module_name, _, handler_name = self.function.handler.rpartition(".")
        module = self._module(module_name.replace("/", "."))
        try:
            self.handler = getattr(module, handler_name)
        except AttributeError as error:
            raise HandlerMissingError(self.function.handler) from error

    def _module(self, name: str) -> ModuleType:
        """Return the function's module: that of an image, or imported."""
        place = self.place
        self._key = (
            str(place.code), name, tuple(sorted(place.environment.items())), place.scope, doors_changed(),
        )  # fmt: skip
        image = STORE.take(self._key)
        if image is not None:
            self._image = image
            place.modules = image.restored()
            place.hand_out(image.handed)
            sys.modules.update(place.modules)
            return place.modules[name]
        before = self._progress()
        try:
            module = importlib.import_module(name)
        finally:
            place.keep_replacements()
        is_plain = place.is_untouched and is_unset(contextvars.copy_context())
        if self._progress() == before and is_plain and name in place.modules:
            self._image = image_of(place.modules)
            if self._image is not None:
                self._image.handed = dict(place.handed)
        return module

    def note_answer(self) -> None:
        """Keep what the first invocation has replaced in shared modules to this environment.

        One that begins as others began whose first invocation replaced nothing is not looked at again.
        """
        if self.has_answered:
            return
        self.has_answered = True
        if self._image is None or not self._image.has_answered:
            self.place.keep_replacements()

    def next_executor(self) -> str:
        """Return what the threads of its next executor are called, unless the code says so."""
        self._executors += 1
        return f"ThreadPoolExecutor-{self._executors - 1}"

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
        image, self._image = self._image, None
        if image is not None and image.is_intact():
            image.has_answered |= self.has_answered and not self.place.replacements
            self.place.retire()
            STORE.keep(self._key, image)
        else:
            self.place.forget()
