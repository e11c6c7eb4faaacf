"""Run: one case under way: its world, what it has captured, and where it began."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from harness.kernel.instant import Duration, Instant
from harness.kernel.journal import Entry
from harness.results.raised import described
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.documents.problems import (
    InvalidScenarioError,
    problem_at,
    suggestion,
)
from harness.scenarios.worldprotocol import ScenarioWorld

ACTOR = "scenario"
"""Who acts in the journal when a step does."""


class Run:
    """What steps act on and expectations look at."""

    def __init__(self, world: ScenarioWorld, generated: Mapping[str, Mapping[str, Any]]) -> None:
        self.world = world
        self.generated = generated
        self.captures: dict[str, Any] = {}
        self.untold: list[str] = []
        """Invariants that this world could not be asked about, and why."""
        self.first_entry = 0
        """The journal's index at which the first step began: what `given` made comes before."""
        self.started: Instant = world.now
        self.last_step_at: Instant = world.now

    def begin(self) -> None:
        """Draw the line between what was given and what happens."""
        self.first_entry = len(self.world.journal)
        self.started = self.last_step_at = self.world.now

    @property
    def elapsed(self) -> Duration:
        """Virtual time since the first step."""
        return Duration(self.world.now - self.started)

    def entries(self, *kinds: str) -> Iterator[Entry]:
        """Return the journal's entries of *kinds* since the first step; of all without any."""
        require = getattr(self.world.journal, "require", None)
        if require is not None:  # a journal that does not know everything refuses by name
            require(kinds)
        for index in range(self.first_entry, len(self.world.journal)):
            entry = self.world.journal[index]
            if not kinds or entry.kind in kinds:
                yield entry

    # Names

    def table(self, name: str, node: AnyNode) -> Any:
        """Return the table that is called *name* or has it as its logical id."""
        return _resource(self.world.topology.tables, "table", name, node)

    def stream(self, name: str, node: AnyNode) -> Any:
        """Return the stream of that name or logical id."""
        return _resource(self.world.topology.streams, "stream", name, node)

    def queue(self, name: str, node: AnyNode) -> Any:
        """Return the queue of that name or logical id."""
        return _resource(self.world.topology.queues, "queue", name, node)

    def bucket(self, name: str, node: AnyNode) -> Any:
        """Return the bucket of that name or logical id."""
        return _resource(self.world.topology.buckets, "bucket", name, node)

    def any_resource(self, name: str, node: AnyNode) -> Any:
        """Return the table, stream, queue or bucket of that name or logical id."""
        topology = self.world.topology
        resources = [*topology.tables, *topology.streams, *topology.queues, *topology.buckets]
        return _resource(resources, "resource", name, node)

    def function(self, name: str, node: AnyNode) -> Any:
        """Return the function of that name or logical id."""
        return _resource(self.world.topology.functions, "function", name, node)

    def deployable(self, name: str, node: AnyNode) -> Any:
        """Return the function or event source mapping of that logical id."""
        topology = self.world.topology
        return _resource(
            [*topology.functions, *topology.mappings], "function or mapping", name, node
        )

    def partner(self, name: str, node: AnyNode) -> Any:
        """Return the partner service called *name*."""
        partner = self.world.partners.get(name)
        if partner is None:
            raise unknown("partner", name, node, list(self.world.partners))
        return partner

    def generator(self, name: str, node: AnyNode) -> Callable[..., Any]:
        """Return the world file's generator called *name*."""
        generators = self.world.configuration.generators
        if name not in generators:
            raise unknown("generator", name, node, list(generators))
        return imported(generators[name], node)

    # Errors

    def broken(self, node: AnyNode, text: str) -> InvalidScenarioError:
        """Return the error that says *text* about *node*."""
        return InvalidScenarioError([problem_at(node, text)])


def folder_of(node: AnyNode) -> Path:
    """Return the folder of the file that *node* stands in: paths are relative to it."""
    return node.source.path.absolute().parent


def imported(target: Any, node: AnyNode) -> Callable[..., Any]:
    """Return *target*, or what the import path ``module:attribute`` names."""
    if not isinstance(target, str):
        function: Callable[..., Any] = target
        return function
    module_name, _, attribute = target.partition(":")
    try:
        function = getattr(import_module(module_name), attribute)
    except Exception as error:  # a module may raise anything while it is imported
        said = error if isinstance(error, ImportError | AttributeError) else described(error)
        problem = problem_at(node, f"cannot import {target!r}: {said}")
        raise InvalidScenarioError([problem]) from error
    return function


def unknown(noun: str, name: str, node: AnyNode, known: list[str]) -> InvalidScenarioError:
    """Return the error about a *name* that nothing is called."""
    text = f"unknown {noun} {name!r}{suggestion(name, known)}"
    return InvalidScenarioError([problem_at(node, text)])


def _resource(resources: Any, noun: str, name: str, node: AnyNode) -> Any:
    for resource in resources:
        if name in (resource.logical_id, getattr(resource, "name", None)):
            return resource
    raise unknown(noun, name, node, [resource.logical_id for resource in resources])
