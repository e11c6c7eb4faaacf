"""What a world file goes without: resources and settings of a template that are left out by name.

A template may declare what no simulation models and no scenario needs: a web front, a schedule, a
setting of the network.  Whoever names it says so in the world file, and the template stays as it is
deployed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.world.template.node import MappingNode, Node, Position
from harness.world.template.problems import broken, suggestion

WHY = "the world file goes without it"
IMPLICIT = ("ServerlessHttpApi", "ServerlessRestApi")
"""What SAM adds to a template by itself; it may be referred to."""


@dataclass(frozen=True, slots=True)
class Without:
    """One name: ``Front``, a whole resource, or ``Accept.Events.Web``, a property of one."""

    text: str
    position: Position

    @property
    def logical_id(self) -> str:
        """The resource."""
        return self.text.partition(".")[0]

    @property
    def path(self) -> tuple[str, ...]:
        """The way to the property; empty for the whole resource."""
        return tuple(self.text.split(".")[1:])


def left_out(names: Sequence[Without], resources: Mapping[str, Node]) -> dict[str, Without]:
    """Return the names of whole resources, by logical id; every name must be known."""
    found: dict[str, Without] = {}
    for name in names:
        if name.logical_id not in resources and name.logical_id not in IMPLICIT:
            hint = suggestion(name.logical_id, resources)
            raise broken(name.position, f"the template has no {name.logical_id!r}{hint}")
        if not name.path:
            found[name.logical_id] = name
    return found


def reduced(
    properties: MappingNode, logical_id: str, names: Sequence[Without]
) -> tuple[MappingNode, list[str]]:
    """Return *properties* without what *names* leave out, and what that was."""
    settings = []
    for name in names:
        if name.logical_id == logical_id and name.path:
            properties = _without(properties, name.path, name)
            settings.append(".".join(name.path))
    return properties, settings


def _without(node: MappingNode, path: tuple[str, ...], name: Without) -> MappingNode:
    first, *rest = path
    member = node.members.get(first)
    if member is None or (rest and not isinstance(member, MappingNode)):
        hint = "" if member is not None else suggestion(first, node.members)
        whole = name.text.removesuffix(".".join(path)).rstrip(".")
        raise broken(name.position, f"{whole!r} of the template has no {first!r}{hint}")
    members = dict(_others(node, first))
    if isinstance(member, MappingNode) and rest:
        members[first] = _without(member, tuple(rest), name)
    return MappingNode(members, node.position, node.keys)


def _others(node: MappingNode, name: str) -> Iterator[tuple[str, Node]]:
    return ((key, member) for key, member in node if key != name)
