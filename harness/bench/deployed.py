"""Handlers as on Lambda, without a simulation: each function with modules of its own.

On Lambda a function has a process for itself.  Here several share one, so a function's own
modules are taken out of `sys.modules` after its import and put back while it runs.
"""

import importlib
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from harness.kernel.instant import Instant
from harness.runtime.function import Function
from harness.runtime.lambdacontext import LambdaContext
from harness.runtime.processenvironment import process_environment
from harness.services.base.identity import Identity


class Deployed:
    """One function in its execution environment; its module is imported when it is made."""

    def __init__(self, function: Function, identity: Identity, now: Instant) -> None:
        self.function = function
        self._now = now
        self._arn = identity.arn("lambda", f"function:{function.name}")
        self._environment = process_environment(function, identity)
        self._modules: dict[str, ModuleType] = {}
        self._request_count = 0
        before = set(sys.modules)
        folder = str(function.code)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        self._enter()
        module_name, _, name = function.handler.rpartition(".")
        module = importlib.import_module(module_name.replace("/", "."))
        self.handler: Callable[[Any, Any], Any] = getattr(module, name)
        self._modules = {
            name: module
            for name, module in sys.modules.items()
            if name not in before and _lies_in(module, function.code)
        }
        self.leave()

    def enter(self) -> LambdaContext:
        """Put the function's environment in place and return the context of a new invocation."""
        self._enter()
        self._request_count += 1
        function = self.function
        return LambdaContext(
            function_name=function.name,
            invoked_function_arn=self._arn,
            memory_limit_in_mb=function.memory_mb,
            aws_request_id=f"00000000-0000-4000-8000-{self._request_count:012x}",
            log_stream_name="bench",
            deadline=Instant(self._now + function.timeout),
            now=lambda: self._now,
        )

    def leave(self) -> None:
        """Take the function's modules out again."""
        for name in self._modules:
            sys.modules.pop(name, None)

    def _enter(self) -> None:
        os.environ.clear()
        os.environ.update(self._environment)
        sys.modules.update(self._modules)


def deploy(functions: Iterable[Function], identity: Identity, now: Instant) -> dict[str, Deployed]:
    """Import every function and return them by logical id."""
    return {function.logical_id: Deployed(function, identity, now) for function in functions}


def _lies_in(module: ModuleType, folder: Path) -> bool:
    """Whether a module is the function's own, and not installed beneath its folder."""
    file = getattr(module, "__file__", None)
    if file is None or "site-packages" in file:
        return False
    return Path(file).is_relative_to(folder)


class Silence:
    """A standard output that costs next to nothing."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        """Forget *text*."""
        return len(text)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""
