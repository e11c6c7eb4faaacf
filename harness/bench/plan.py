"""The plan of a bench: which world, what is given, what is put where, and what must come out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness.world.configuration import WorldConfiguration, find_above, read_configuration
from harness.world.template.block import Block, vocabulary
from harness.world.template.node import MappingNode, Node, ScalarNode, SequenceNode
from harness.world.template.parsing import parse, read_text, shown_path

FILE_NAME = "bench.yaml"
FOLDER = "fixtures"

WORDS = vocabulary("world given object moto compare")
OBJECT_WORDS = vocabulary("bucket key generator count options")
MOTO_WORDS = vocabulary("parameters")
COMPARE_WORDS = vocabulary("tables except")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which tables must end the same on every backend."""

    tables: tuple[str, ...]
    exempt: frozenset[str]
    """Attributes, at any depth, that depend on what the backend calls things."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan file, checked."""

    path: Path
    configuration: WorldConfiguration
    given: Mapping[str, Mapping[str, Any]]
    """Name of a partner -> its state at the start."""
    bucket: str
    key: str
    generator: str
    """``package.module:function`` that makes the object's content in chunks."""
    count_option: str
    """The generator's option that says how many records there are."""
    options: Mapping[str, Any]
    moto_parameters: Mapping[str, str]
    """Template parameters that differ where there is no virtual clock."""
    comparison: Comparison

    def configuration_for_moto(self) -> WorldConfiguration:
        """Return the world's configuration with the parameters for moto."""
        parameters = {**self.configuration.parameters, **self.moto_parameters}
        return replace(self.configuration, parameters=parameters)


def find_plan(start: Path) -> Path | None:
    """Return the nearest ``bench.yaml`` at or above *start*, or in a folder ``fixtures`` there."""
    return find_above(start, FILE_NAME, FOLDER)


def read_plan(path: Path) -> Plan:
    """Return the plan at *path*; raises ScenarioError where it is not one."""
    block = Block(parse(read_text(path, "plan"), shown_path(path)), "plan", WORDS)
    configuration = read_configuration(path.resolve().parent / block.required("world"))
    described = block.block("object", OBJECT_WORDS)
    if described is None:
        raise block.missing("object")
    generator = described.required("generator")
    if generator not in configuration.generators:
        known = ", ".join(configuration.generators) or "none"
        raise described.broken("generator", f"no generator {generator!r}; the world has {known}")
    moto = block.block("moto", MOTO_WORDS)
    parameters = {} if moto is None else _mapping(moto, "parameters")
    return Plan(
        path=path.resolve(),
        configuration=configuration,
        given=_mapping(block, "given"),
        bucket=described.required("bucket"),
        key=described.required("key"),
        generator=configuration.generators[generator],
        count_option=described.text("count") or "count",
        options=_mapping(described, "options"),
        moto_parameters={name: str(value) for name, value in parameters.items()},
        comparison=_comparison(block),
    )


def _comparison(block: Block) -> Comparison:
    compare = block.block("compare", COMPARE_WORDS)
    if compare is None:
        return Comparison((), frozenset())
    return Comparison(tuple(compare.texts("tables")), frozenset(compare.texts("except")))


def _mapping(block: Block, name: str) -> dict[str, Any]:
    node = block.find(name)
    if node is None:
        return {}
    if not isinstance(node, MappingNode):
        raise block.wrong(name, "a mapping")
    return {member: _plain(value) for member, value in node}


def _plain(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return {name: _plain(member) for name, member in node}
