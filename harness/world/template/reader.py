"""read_topology: a template and its parameters -> everything a world is built from.

A topology is read once for the same texts and parameters and then shared: exploration opens a
hundred worlds a second.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.kernel.instant import Instant, seconds
from harness.services.base.identity import Identity
from harness.world.template.block import Block, Vocabulary
from harness.world.template.checks import check_mappings, check_names, check_notifications
from harness.world.template.draft import Draft
from harness.world.template.intrinsics import resolve
from harness.world.template.node import MappingNode, Node, Position, ScalarNode
from harness.world.template.outputs import read_outputs
from harness.world.template.parameters import read_parameters
from harness.world.template.parsing import parse, read_text, shown_path
from harness.world.template.resources.appsync import check_apis
from harness.world.template.resources.invokeconfig import apply_asynchronous
from harness.world.template.resources.registry import BUILD_ORDER, TYPES
from harness.world.template.resources.unsimulated import TYPES as UNSIMULATED
from harness.world.template.scope import Declaration, Scope, pseudo_parameters
from harness.world.template.sections import check_sections, declare, section
from harness.world.template.without import Without
from harness.world.topology import Ignored, Topology

DEFAULT_START = Instant(seconds(1_767_603_600))
"""2026-01-05T09:00:00Z."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One topology, and the other files it was made from."""

    topology: Topology
    inputs: Mapping[Path, str]

    def is_current(self) -> bool:
        return all(
            path.is_file() and read_text(path, "file") == text
            for path, text in self.inputs.items()
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a template is read with."""

    parameters: Mapping[str, str]
    identity: Identity
    start: Instant
    places: Mapping[str, Position] | None
    without: tuple[Without, ...]

    @property
    def identity_of_answer(self) -> tuple[Hashable, ...]:
        """What decides the topology."""
        return (tuple(sorted(self.parameters.items())), self.identity, self.start, self.without)


_Key = tuple[Path, str, tuple[Hashable, ...]]
_READINGS: dict[_Key, _Reading] = {}


def read_topology(  # noqa: PLR0913 - what a template is read with
    path: Path,
    parameters: Mapping[str, str],
    *,
    identity: Identity,
    start: Instant = DEFAULT_START,
    places: Mapping[str, Position] | None = None,
    without: Sequence[Without] = (),
) -> Topology:
    """Return what the template at *path* declares when it is given *parameters*.

    *start* is when the stack is made: the ARN of a table's stream holds it.  *places* says where
    the parameters are given, for an error; *without* names what is left out.  Raises ScenarioError
    for what the template's author can fix, UnsupportedError for what AWS does and we do not.
    """
    text = read_text(path, "template")
    asked = _Asked(parameters, identity, start, places, tuple(without))
    key = (path.resolve(), text, asked.identity_of_answer)
    reading = _READINGS.get(key)
    if reading is None or not reading.is_current():
        draft = _read(path, text, asked)
        reading = _READINGS[key] = _Reading(draft.finish(), draft.inputs)
    return reading.topology


def _read(path: Path, text: str, asked: _Asked) -> Draft:
    template = parse(text, shown_path(path))
    check_sections(template)
    scope = Scope(
        path=path,
        identity=asked.identity,
        start=asked.start,
        resolve_expression=resolve,
        pseudo_parameters=pseudo_parameters(asked.identity, asked.parameters),
        mappings=section(template, "Mappings"),
        conditions=section(template, "Conditions"),
    )
    declared = section(template, "Parameters") or MappingNode({}, template.position)
    scope.parameters = read_parameters(declared, asked.parameters, asked.places)
    declare(template, scope, asked.without)
    draft = Draft(path)
    draft.ignored.extend(scope.ignored)
    draft.secrets.extend(
        value.text
        for value in scope.parameters.values()
        if isinstance(value, ScalarNode) and value.is_secret
    )
    _build(scope, draft)
    draft.outputs.update(read_outputs(section(template, "Outputs"), scope))
    return draft


def _build(scope: Scope, draft: Draft) -> None:
    draft.positions.update(
        (logical_id, declaration.position)
        for logical_id, declaration in scope.declarations.items()
    )
    by_order = sorted(
        (declaration for declaration in scope.declarations.values()),
        key=lambda declaration: _rank(declaration.type_name),
    )
    for declaration in by_order:
        kind = TYPES.get(declaration.type_name)
        if kind is None:
            why = UNSIMULATED[declaration.type_name]
            ignored = Ignored(declaration.logical_id, declaration.type_name, "", why)
            draft.ignored.append(ignored)
        else:
            block = _block(declaration, kind.words, scope, draft)
            kind.build(declaration, block, scope, draft)
    apply_asynchronous(draft)
    check_names(draft)
    check_mappings(draft)
    check_notifications(draft)
    check_apis(draft)


def _rank(type_name: str) -> int:
    return BUILD_ORDER.index(type_name) if type_name in BUILD_ORDER else len(BUILD_ORDER)


def _block(declaration: Declaration, words: Vocabulary, scope: Scope, draft: Draft) -> Block:
    """Return the properties, resolved but for those without effect: nobody reads them."""

    def note(setting: str, why: str) -> None:
        ignored = Ignored(declaration.logical_id, declaration.type_name, setting, why)
        draft.ignored.append(ignored)

    written = declaration.properties
    members: dict[str, Node] = {}
    for name, node in written:
        resolved = node if name in words.accepted else scope.resolve(node)
        if resolved is not None:
            members[name] = resolved
    resolved_node = MappingNode(members, written.position, written.keys)
    return Block(resolved_node, declaration.owner, words, ignored=note)
