"""Functions and classes that code under test puts into modules which it shares with others.

On Lambda ``json.dumps = mine`` at the top of a module concerns one process; here it would concern every
environment, and the harness.  So what a cold start has replaced is taken out again, and put in place
whenever that environment's code runs.  What is replaced later, by a handler at work, is put back when
the world is closed.  Attributes of classes are not looked at.
"""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

Replacement = tuple[ModuleType, str, Any, Any]
"""A module, a name in it, what everybody finds there, and what one environment does."""


_callables: dict[str, tuple[str, ...]] = {}
"""Module -> the names in it that stood for functions and classes when it was seen first."""


class SharedModules:
    """The modules that code under test has asked for, and how they were before it got them."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[ModuleType, dict[str, Any]]] = {}

    def hand_out(self, modules: Mapping[str, ModuleType]) -> None:
        """Take note of *modules*, by name, before code under test gets them."""
        for name, module in modules.items():
            if name not in self._known:
                found = self._known[name] = (module, dict(vars(module)))
                if name not in _callables:
                    _callables[name] = tuple(
                        key for key, value in found[1].items() if callable(value)
                    )

    def replaced(self) -> list[Replacement]:
        """Return what is not what it was."""
        return [
            (module, key, before[key], namespace[key])
            for name, (module, before) in self._known.items()
            for namespace in (vars(module),)
            for key in _callables[name]
            if key in before and namespace.get(key) is not before[key] and key in namespace
        ]

    def put_back(self) -> None:
        """Undo whatever was replaced."""
        for module, key, value, _ in self.replaced():
            setattr(module, key, value)


class PutInPlace:
    """Puts the replacements of one environment after another in place."""

    def __init__(self) -> None:
        self._present: tuple[Replacement, ...] = ()

    def exchange(self, wanted: tuple[Replacement, ...]) -> None:
        """Let *wanted* hold, and nothing else."""
        if self._present is wanted:
            return
        for module, key, everybodys, _ in self._present:
            setattr(module, key, everybodys)
        for module, key, _, own in wanted:
            setattr(module, key, own)
        self._present = wanted
