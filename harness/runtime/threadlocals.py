"""What `threading.local` makes for the code under test: values of its own for each of its threads.

All tasks run in one real thread, so the real one would mix up what an executor's workers keep.  A
worker has values of its own; the handler's thread is the same in every invocation of an
environment, as on Lambda, and another in each environment.
"""

from typing import Any, Self
from weakref import WeakKeyDictionary

from harness.runtime.locks import current_task


class _Outside:
    """Stands for the thread of whoever is no task."""


_OUTSIDE = _Outside()


def _thread() -> Any:
    """Return what stands for the thread that runs."""
    task = current_task()
    if task is None:
        return _OUTSIDE
    environment = getattr(task.owner, "environment", None)
    is_worker = environment is not None and task in environment.tasks
    return task.greenlet if is_worker or environment is None else environment


class _Values:
    """The values of one local, by thread, and how a thread's begin."""

    __slots__ = ("arguments", "by_thread", "options")

    def __init__(self, arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
        self.arguments = arguments
        self.options = options
        self.by_thread: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


class SimulatedLocal:
    """An object whose attributes are those of the thread that asks."""

    __slots__ = ("__dict__", "__weakref__", "_values")

    def __new__(cls, *arguments: Any, **options: Any) -> Self:
        """Return a new one; the arguments are for the `__init__` of a class that derives from it."""
        if (arguments or options) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        made = object.__new__(cls)
        values = _Values(arguments, options)
        values.by_thread[_thread()] = object.__getattribute__(made, "__dict__")
        object.__setattr__(made, "_values", values)
        return made

    def __getattribute__(self, name: str) -> Any:
        _take_up(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _take_up(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        _take_up(self)
        object.__delattr__(self, name)


def _take_up(local: SimulatedLocal) -> None:
    """Let the attributes be those of this thread; in a new one they begin as `__init__` says."""
    values: _Values = object.__getattribute__(local, "_values")
    thread = _thread()
    kept = values.by_thread.get(thread)
    if kept is not None:
        object.__setattr__(local, "__dict__", kept)
        return
    fresh: dict[str, Any] = {}
    values.by_thread[thread] = fresh
    object.__setattr__(local, "__dict__", fresh)
    initialise: Any = type(local).__init__
    initialise(local, *values.arguments, **values.options)
