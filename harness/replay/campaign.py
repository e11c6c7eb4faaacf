"""Folder -> campaign: the manifest is read as a scenario is, and its contents are measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.kernel.instant import Duration
from harness.replay.content import Content, content_of
from harness.replay.manifest import FILE_NAME, Manifest
from harness.scenarios.documents.nodes import Mapping as MappingNode
from harness.scenarios.documents.nodes import Scalar
from harness.scenarios.documents.problems import Problems
from harness.scenarios.including import root_of, source_of
from harness.scenarios.language.given import Given
from harness.scenarios.shapes.derive import record_of
from harness.scenarios.shapes.onekey import Choice
from harness.scenarios.shapes.shape import Rejected
from harness.scenarios.steps.put_object import PutObject
from harness.scenarios.steps.settle import LIMIT
from harness.scenarios.variables import Scope, substitute
from harness.scenarios.worldfile import find_world_file
from harness.world.configuration import WorldConfiguration, find_configuration, read_configuration
from harness.writtenpaths import names_file, names_folder


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that reached the system."""

    at: Duration
    """Virtual time since the start of the recording."""
    choice: Choice
    content: Content | None
    """What a put object holds, where it is streamed; it never lies in memory as a whole."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A recording that has been read without a problem."""

    path: Path
    root: MappingNode
    title: str
    seed: int
    configuration: WorldConfiguration
    given: Given | None
    generated: Mapping[str, Mapping[str, Any]]
    arrivals: tuple[Arrival, ...]
    settle_limit: Duration | None
    """How long the end may take to come to rest; None: do not wait."""

    @property
    def rows(self) -> int:
        """How many rows arrive in streamed objects."""
        return sum(each.content.rows for each in self.arrivals if each.content is not None)

    @property
    def object_bytes(self) -> int:
        """How many bytes arrive in streamed objects."""
        return sum(each.content.size for each in self.arrivals if each.content is not None)


def load(path: Path) -> Campaign:
    """Return the campaign in the folder *path*, or of the manifest at *path*.

    Raises InvalidScenarioError with every problem of the manifest.
    """
    manifest_path = path / FILE_NAME if names_folder(path) else path
    root = root_of(source_of(manifest_path))
    problems = Problems()
    filled = substitute(root, Scope(), problems)
    problems.raise_any()
    manifest = _read(filled, problems)
    world_file = _world_file(root, manifest_path, problems)
    problems.raise_any()
    assert manifest is not None, "whatever cannot be read is a problem"
    assert world_file is not None, "the same"
    configuration = read_configuration(world_file)
    generated = manifest.given.generated if manifest.given is not None else None
    return Campaign(
        path=manifest_path,
        root=root,
        title=manifest.title,
        seed=manifest.seed or 0,
        configuration=configuration,
        given=manifest.given,
        generated=generated or {},
        arrivals=tuple(
            _arrival(choice, generated or {}, configuration) for choice in manifest.arrivals
        ),
        settle_limit=_settle_limit(manifest),
    )


def _read(node: Any, problems: Problems) -> Manifest | None:
    try:
        manifest: Manifest = record_of(Manifest).read(node, problems)
    except Rejected:
        return None
    return manifest


def _arrival(
    choice: Choice, generated: Mapping[str, Mapping[str, Any]], configuration: WorldConfiguration
) -> Arrival:
    part = choice.part
    content = None
    if isinstance(part, PutObject):
        content = content_of(part, generated, configuration.generators)
    return Arrival(choice.beside["at"], choice, content)


def _world_file(root: MappingNode, path: Path, problems: Problems) -> Path | None:
    node = root.get("world")
    if isinstance(node, Scalar) and isinstance(node.value, str):
        named = (path.absolute().parent / node.value).resolve()
        if names_file(named):
            return named
        problems.add(node, f"there is no world file {node.value!r}")
        return None
    found = find_world_file(path) or find_configuration(path.absolute().parent)
    if found is None:
        text = "no world.yaml in this folder or above; write one, or name it with 'world'"
        problems.add(root.entries[0][0] if root.entries else root, text)
    return found


def _settle_limit(manifest: Manifest) -> Duration | None:
    if manifest.settle is None:
        return LIMIT
    return None if manifest.settle is False else manifest.settle
