"""What an expression of a template may refer to: parameters, mappings, conditions, resources.

Everything is resolved when it is first asked for, so a template may declare things in any order;
a circle is an error that names its members.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.kernel.instant import Instant
from harness.services.base.identity import Identity
from harness.world.template.node import (
    MappingNode,
    Node,
    Position,
    ScalarNode,
    SequenceNode,
    moved,
)
from harness.world.template.problems import broken, suggestion
from harness.world.template.without import Without
from harness.world.topology import Ignored

STACK_NAME = "local"


@dataclass(frozen=True, slots=True)
class Identification:
    """What ``Ref`` and ``Fn::GetAtt`` give for a resource."""

    name: str
    """The physical name."""
    reference: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A resource as written: its properties are not resolved yet."""

    logical_id: str
    type_name: str
    properties: MappingNode
    position: Position
    identify: Callable[["Declaration", "Scope"], Identification]

    @property
    def owner(self) -> str:
        """What an error calls it."""
        return f"{self.type_name} {self.logical_id}"


@dataclass(slots=True)
class Scope:
    """One template, being read with one set of parameters."""

    path: Path
    identity: Identity
    start: Instant
    resolve_expression: Callable[["Scope", Node], Node | None]
    parameters: Mapping[str, Node] = field(default_factory=dict)
    pseudo_parameters: Mapping[str, str] = field(default_factory=dict)
    mappings: MappingNode | None = None
    conditions: MappingNode | None = None
    declarations: dict[str, Declaration] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    """Logical id -> the condition that is false."""
    without: Mapping[str, Without] = field(default_factory=dict)
    """Logical id -> where the world file leaves the whole resource out."""
    ignored: list[Ignored] = field(default_factory=list)
    """What the world file leaves out."""
    _truths: dict[str, bool] = field(default_factory=dict)
    _identifications: dict[str, Identification] = field(default_factory=dict)
    _under_way: list[str] = field(default_factory=list)

    def resolve(self, node: Node) -> Node | None:
        """Return *node* without intrinsics; None stands for ``AWS::NoValue``."""
        return self.resolve_expression(self, node)

    def identify(self, logical_id: str) -> Identification:
        """Return the names of the resource *logical_id*, which must be declared."""
        known = self._identifications.get(logical_id)
        if known is None:
            declaration = self.declarations[logical_id]
            self._enter(logical_id, declaration.position)
            known = declaration.identify(declaration, self)
            self._under_way.pop()
            self._identifications[logical_id] = known
        return known

    def reference(self, name: str, position: Position) -> Node:
        """Return what ``Ref`` gives for a parameter, pseudo parameter or resource."""
        if name in self.parameters:
            return moved(self.parameters[name], position)
        if name in self.declarations:
            text = self.identify(name).reference
            return ScalarNode(text, text, position, references=(name,))
        if name in self.without:
            return ScalarNode.of(name, position)
        if name in self.pseudo_parameters:
            return ScalarNode.of(self.pseudo_parameters[name], position)
        if name == "AWS::NotificationARNs":
            return SequenceNode((), position)
        raise self._nothing(name, position)

    def attribute(self, logical_id: str, name: str, position: Position) -> Node:
        """Return what ``Fn::GetAtt`` gives."""
        if logical_id in self.without:
            return ScalarNode.of(f"{logical_id}.{name}", position)
        if logical_id not in self.declarations:
            raise self._nothing(logical_id, position)
        attributes = self.identify(logical_id).attributes
        if name not in attributes:
            owner = self.declarations[logical_id].owner
            hint = suggestion(name, attributes) or _hint(name)
            raise broken(position, f"{owner} has no attribute {name!r}{hint}")
        text = attributes[name]
        return ScalarNode(text, text, position, references=(logical_id,))

    def is_true(self, name: str, position: Position) -> bool:
        """Return whether the condition *name* holds."""
        truth = self._truths.get(name)
        if truth is None:
            known = self.conditions.members if self.conditions else {}
            if name not in known:
                raise broken(position, f"there is no condition {name!r}{suggestion(name, known)}")
            self._enter(name, position)
            node = self.resolve(known[name])
            self._under_way.pop()
            if not isinstance(node, ScalarNode) or not isinstance(node.value, bool):
                raise broken(known[name].position, f"condition {name!r} is neither true nor false")
            truth = self._truths[name] = node.value
        return truth

    def owner_of(self, arn: str) -> Declaration | None:
        """Return the resource one of whose attributes is *arn*."""
        if not arn.startswith("arn:"):
            return None
        for logical_id, declaration in self.declarations.items():
            if arn in self.identify(logical_id).attributes.values():
                return declaration
        return None

    def _enter(self, name: str, position: Position) -> None:
        if name in self._under_way:
            circle = " -> ".join([*self._under_way[self._under_way.index(name) :], name])
            raise broken(position, f"circular dependency: {circle}")
        self._under_way.append(name)

    def _nothing(self, name: str, position: Position) -> Exception:
        if name in self.left_out:
            problem = f"{name!r} is left out: its condition {self.left_out[name]!r} is false"
            return broken(position, problem)
        known = (*self.parameters, *self.declarations, *self.pseudo_parameters)
        return broken(
            position,
            f"{name!r} is neither a parameter nor a resource of this template"
            f"{suggestion(name, known)}",
        )


def _hint(name: str) -> str:
    return "; give the table a StreamSpecification" if name == "StreamArn" else ""


def pseudo_parameters(identity: Identity, given: Mapping[str, str]) -> dict[str, str]:
    """Return CloudFormation's own parameters; a world file may give ``AWS::StackName``."""
    stack = given.get("AWS::StackName", STACK_NAME)
    stack_id = f"stack/{stack}/00000000-0000-0000-0000-000000000000"
    return {
        "AWS::AccountId": identity.account_id,
        "AWS::Partition": "aws",
        "AWS::Region": identity.region,
        "AWS::StackId": identity.arn("cloudformation", stack_id),
        "AWS::StackName": stack,
        "AWS::URLSuffix": "amazonaws.com",
    }
