"""What a world file names by its import path: it must be there before anything runs."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from harness.errors import ScenarioError
from harness.results.raised import described
from harness.world.configuration import WorldConfiguration
from harness.world.template.node import Position
from harness.world.template.problems import broken, suggestion

_known: set[tuple[str, str]] = set()
"""Kind and import path of what has been found already: every case of every scenario asks."""


def check_imports(configuration: WorldConfiguration) -> None:
    """Raise ScenarioError at the place of an invariant or a generator that is not there.

    A generator's module is looked for and not imported: what makes up data takes long to load.
    """
    places = configuration.imports
    for target in configuration.invariants:
        if ("invariant", target) not in _known and isinstance(target, str):
            if not callable(found := _imported(target, places)):
                raise _wrong(target, places, f"is {_kind(found)}, and an invariant is a function")
            _known.add(("invariant", target))
    for name, target in configuration.generators.items():
        if ("generator", target) not in _known and isinstance(target, str):
            _require_module(name, target, places)
            _known.add(("generator", target))


def _imported(target: str, places: Mapping[str, Position]) -> Any:
    module_name, _, attribute = target.partition(":")
    try:
        module = import_module(module_name)
    except Exception as error:  # a module may raise anything while it is imported
        said = str(error) if isinstance(error, ImportError) else described(error)
        raise _wrong(target, places, f"cannot be imported: {said}") from error
    if not hasattr(module, attribute):
        hint = suggestion(attribute, vars(module))
        raise _wrong(target, places, f"cannot be imported: there is no {attribute!r} in it{hint}")
    return getattr(module, attribute)


def _require_module(name: str, target: str, places: Mapping[str, Position]) -> None:
    module_name = target.partition(":")[0]
    try:
        found = find_spec(module_name)
    except Exception as error:
        said = str(error) if isinstance(error, ImportError) else described(error)
        raise _wrong(target, places, f"of generator {name!r} cannot be found: {said}") from error
    if found is None:
        problem = f"of generator {name!r} cannot be found: No module named {module_name!r}"
        raise _wrong(target, places, problem)


def _wrong(target: str, places: Mapping[str, Position], problem: str) -> ScenarioError:
    return broken(places.get(target, Position("world file", 1, 1)), f"{target!r} {problem}")


def _kind(found: object) -> str:
    return f"of type {type(found).__name__!r}"
