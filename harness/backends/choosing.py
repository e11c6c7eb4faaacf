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
    """Return the backend called *name*; it is closed when the process ends."""
    if name not in BACKENDS:
        raise HarnessError(f"there is no backend {name!r}; there are {', '.join(BACKENDS)}")
    module_name, _, class_name = BACKENDS[name].partition(":")
    make: Callable[[], Backend] = getattr(import_module(module_name), class_name)
    backend = make()
    # atexit alone says nothing at the end of a process that was forked.
    Finalize(None, backend.close, exitpriority=0)
    return backend
