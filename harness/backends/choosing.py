"""Choosing a backend by its name; each is made once in a process and shared by its worlds."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from multiprocessing.util import Finalize

from harness.backends.backend import Backend
from harness.errors import HarnessError

BACKENDS: Mapping[str, str] = {
    "memory": "harness.backends.memory:Memory",
    "moto": "harness.backends.moto.backend:Moto",
    "moto-server": "harness.backends.motoserver.backend:MotoServer",
    "localstack": "harness.backends.localstack.backend:LocalStack",
    "containers": "harness.backends.containers.backend:Containers",
}
"""Name -> where it is; it is imported when it is chosen, for most need packages of an extra."""


@cache
def backend_named(name: str) -> Backend:
    """Return the backend called *name*; it is closed when the process ends.

    It is tried as it is made: a HarnessError says what does not answer, where, and what to do.
    """
    backend = _made(name)
    # atexit alone says nothing at the end of a process that was forked.
    Finalize(None, backend.close, exitpriority=0)
    return backend


def try_backend(name: str) -> None:
    """Raise HarnessError unless a process that makes the backend called *name* can have it.

    Nothing of it is left here, for what is open in a process its children must not share.
    """
    _made(name).close()


def _made(name: str) -> Backend:
    if name == "aws":
        raise HarnessError(
            "backend aws has no world in this process, for its functions run in the stack; run "
            "scenarios against it: harness run --backend aws --stack NAME"
        )
    if name not in BACKENDS:
        raise HarnessError(f"there is no backend {name!r}; there are {', '.join(BACKENDS)}")
    module_name, _, class_name = BACKENDS[name].partition(":")
    make: Callable[[], Backend] = getattr(import_module(module_name), class_name)
    return make()
