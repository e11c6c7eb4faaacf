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
        self._known: dict[str, tuple[ModuleType, list[Any]]] = {}

    def hand_out(self, modules: Mapping[str, ModuleType]) -> None:
        """Take note of *modules*, by name, before code under test gets them."""
        for name, module in modules.items():
            if name not in self._known:
                namespace = vars(module)
                if name not in _callables:
                    _callables[name] = tuple(
                        key for key, value in namespace.items() if callable(value)
                    )
                self._known[name] = (module, [*map(namespace.get, _callables[name])])

    def replaced(self) -> list[Replacement]:
        """Return what is not what it was."""
        return [
            (module, key, was, vars(module)[key])
            for name, (module, before) in self._known.items()
            # Lists of the same objects are seen to be equal at once, and nearly all are.
            if [*map(vars(module).get, _callables[name])] != before
            for key, was in zip(_callables[name], before, strict=True)
            if was is not None and vars(module).get(key, was) is not was
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
