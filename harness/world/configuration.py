"""The world file: which template, since when, with which parameters and which partner services."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from harness.kernel.instant import Duration, Instant, from_datetime, milliseconds
from harness.world.template.block import Block, vocabulary
from harness.world.template.node import (
    MappingNode,
    Node,
    Position,
    ScalarNode,
    SequenceNode,
    conceal,
)
from harness.world.template.parsing import parse, read_text, shown_path
from harness.world.template.problems import broken
from harness.world.template.reader import DEFAULT_START
from harness.world.template.without import Without
from harness.writtenpaths import names_file

FILE_NAME = "world.yaml"
FOLDER = "scenarios"

WORDS = vocabulary("generators invariants parameters partners start template without")
PARTNER_WORDS = vocabulary("application container latency options url")
CONTAINER_WORDS = vocabulary("command image option port url")
IMPORT_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")
DOTTED = re.compile(r"\w+(\.\w+)*")
URL = re.compile(r"https?://[^/\s]+(/\S*)?")
DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
MILLISECONDS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}
ORDINARY_LATENCY = milliseconds(50)


@dataclass(frozen=True, slots=True)
class ContainerConfiguration:
    """A container in which a partner can keep what it has, when a run asks for it."""

    image: str
    port: int
    """That it listens on, inside."""
    option: str
    """Of the partner's application: the one that takes the container's URL."""
    url: str
    """With ``{address}`` for host and port."""
    command: str | None = None
    """Instead of the image's own; ``{port}`` in it is the port to listen on."""


@dataclass(frozen=True, slots=True)
class PartnerConfiguration:
    """A partner service: the WSGI application that stands for it, and where."""

    name: str
    application: str
    """``package.module:Class``."""
    url: str
    latency: Duration = ORDINARY_LATENCY
    options: Mapping[str, Any] = field(default_factory=dict)
    container: ContainerConfiguration | None = None
    is_outside: bool = False
    """Whether its application makes real calls, to a container that was started for it."""
    position: Position = field(default=Position("world file", 1, 1), compare=False)
    """Where the world file names the application."""


@dataclass(frozen=True, slots=True)
class WorldConfiguration:
    """A world file, checked; paths are absolute, import paths are not imported yet."""

    template: Path
    path: Path | None = None
    """The world file itself, for those that were read from one."""
    start: Instant = DEFAULT_START
    parameters: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Position] = field(default_factory=dict, compare=False, repr=False)
    """Where each parameter is given."""
    imports: Mapping[str, Position] = field(default_factory=dict, compare=False, repr=False)
    """Where each invariant and each generator is named, by its import path."""
    partners: tuple[PartnerConfiguration, ...] = ()
    generators: Mapping[str, str] = field(default_factory=dict)
    invariants: tuple[str, ...] = ()
    without: tuple[Without, ...] = ()
    """What of the template is left out: nothing that a scenario needs."""

    def partner(self, name: str) -> PartnerConfiguration | None:
        """Return the partner called *name*."""
        return next((partner for partner in self.partners if partner.name == name), None)


def find_configuration(start: Path) -> Path | None:
    """Return the nearest ``world.yaml`` at or above *start*, or in a folder ``scenarios`` there."""
    return find_above(start, FILE_NAME, FOLDER)


def find_above(start: Path, name: str, subfolder: str) -> Path | None:
    """Return the nearest file *name* at or above *start*, or in the *subfolder* of a folder there."""
    start = start.resolve()
    for folder in (start, *start.parents):
        for candidate in (folder / name, folder / subfolder / name):
            if candidate.is_file():
                return candidate
    return None


def read_configuration(path: Path) -> WorldConfiguration:
    """Return the world file at *path*; raises ScenarioError where it is not one."""
    text = read_text(path, "world file")
    key = (path.resolve(), shown_path(path), text)
    if key not in _CONFIGURATIONS or not names_file(_CONFIGURATIONS[key].template):
        _CONFIGURATIONS[key] = _read(path, text)
    return _CONFIGURATIONS[key]


_CONFIGURATIONS: dict[tuple[Path, str, str], WorldConfiguration] = {}
"""What has been read already: every case of every scenario asks for its world file."""


def _read(path: Path, text: str) -> WorldConfiguration:
    document = parse(text, shown_path(path))
    block = Block(document, "world file", WORDS)
    folder = path.resolve().parent
    template = folder / block.required("template")
    if not names_file(template):
        raise block.broken("template", f"there is no template {block.shown('template')}")
    return WorldConfiguration(
        template=template.resolve(),
        path=path.resolve(),
        start=_start(block),
        parameters=_parameters(block),
        places=block.node.members["parameters"].keys if "parameters" in block else {},  # type: ignore[union-attr]  # it is a mapping
        partners=tuple(_partners(block)),
        imports=_imports(block),
        generators=_generators(block),
        invariants=tuple(
            _import_path(block, "invariants", node) for node in block.nodes("invariants")
        ),
        without=tuple(_without(block)),
    )


def _start(block: Block) -> Instant:
    text = block.text("start")
    if text is None:
        return DEFAULT_START
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise block.wrong("start", "an instant such as 2026-01-05T09:00:00Z")
    return from_datetime(moment)


def _without(block: Block) -> Iterator[Without]:
    for node in block.nodes("without"):
        if not isinstance(node, ScalarNode) or DOTTED.fullmatch(node.text) is None:
            problem = (
                "expected a logical id, Front, or one and a property of it, Accept.Events.Web"
            )
            raise broken(node.position, f"{block.owner}: {problem}")
        yield Without(node.text, node.position)


def _parameters(block: Block) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, node in _members(block, "parameters").items():
        conceal(node)  # which of them are secrets, only the template knows
        if isinstance(node, ScalarNode):
            found[name] = node.text
        elif isinstance(node, SequenceNode) and all(
            isinstance(item, ScalarNode) for item in node.items
        ):
            texts = (item.text for item in node.items if isinstance(item, ScalarNode))
            found[name] = ",".join(texts)
        else:
            problem = f"{block.owner}: parameter {name!r} must be a text"
            raise broken(node.position, problem)
    return found


def _partners(block: Block) -> list[PartnerConfiguration]:
    found: list[PartnerConfiguration] = []
    owners: dict[str, str] = {}
    for name, node in _members(block, "partners").items():
        if not isinstance(node, MappingNode):
            problem = f"{block.owner}: partner {name!r} must be a mapping"
            raise broken(node.position, problem)
        partner = Block(node, f"world file: partner {name!r}", PARTNER_WORDS)
        url = partner.required("url")
        if not URL.fullmatch(url):
            raise partner.wrong("url", "a URL such as 'https://hooks.slack.com'")
        if (owner := owners.setdefault(url.rstrip("/").lower(), name)) != name:
            raise partner.broken("url", f"partner {owner!r} has this url already")
        partner.required("application")
        application = partner.find("application")
        assert application is not None, "it has just been required"
        latency = partner.text("latency")
        options = partner.find("options")
        found.append(
            PartnerConfiguration(
                name=name,
                application=_import_path(partner, "application", application),
                url=url.rstrip("/"),
                latency=ORDINARY_LATENCY if latency is None else _duration(partner, "latency"),
                options={} if options is None else _options(partner, options),
                container=_container(partner, name),
                position=application.position,
            )
        )
    return found


def _container(partner: Block, name: str) -> ContainerConfiguration | None:
    node = partner.find("container")
    if node is None:
        return None
    if not isinstance(node, MappingNode):
        raise partner.wrong("container", "a mapping")
    block = Block(node, f"world file: container of partner {name!r}", CONTAINER_WORDS)
    port = block.integer("port", 1, 65535)
    if port is None:
        raise block.missing("port")
    if "{address}" not in block.required("url"):
        raise block.wrong("url", "a URL with {address} in it, such as 'mongodb://{address}'")
    return ContainerConfiguration(
        image=block.required("image"),
        port=port,
        option=block.required("option"),
        url=block.required("url"),
        command=block.text("command"),
    )


def _generators(block: Block) -> dict[str, str]:
    return {
        name: _import_path(block, "generators", node)
        for name, node in _members(block, "generators").items()
    }


def _imports(block: Block) -> dict[str, Position]:
    """Return where each import path stands, the first one where there are two."""
    nodes = [*block.nodes("invariants"), *_members(block, "generators").values()]
    return {node.text: node.position for node in reversed(nodes) if isinstance(node, ScalarNode)}


def _members(block: Block, name: str) -> dict[str, Node]:
    found = block.find(name)
    if found is None:
        return {}
    if not isinstance(found, MappingNode):
        raise block.wrong(name, "a mapping")
    return found.members


def _import_path(block: Block, name: str, node: Node) -> str:
    if isinstance(node, ScalarNode) and IMPORT_PATH.fullmatch(node.text):
        return node.text
    problem = f"{name!r} must name 'package.module:object', not {node.shown}"
    raise broken(node.position, f"{block.owner}: {problem}")


def _duration(block: Block, name: str) -> Duration:
    match = DURATION.fullmatch(block.required(name))
    if match is None:
        raise block.wrong(name, "a duration such as 200ms, 30s, 5m or 1h")
    return milliseconds(float(match[1]) * MILLISECONDS[match[2]])


def _options(block: Block, node: Node) -> dict[str, Any]:
    if not isinstance(node, MappingNode):
        raise block.wrong("options", "a mapping")
    return {name: _plain(member) for name, member in node}


def _plain(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return {name: _plain(member) for name, member in node}
