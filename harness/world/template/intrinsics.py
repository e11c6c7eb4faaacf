"""CloudFormation's intrinsic functions: a node with them in, a node without them out."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from harness.world.template.node import (
    HIDDEN,
    MappingNode,
    Node,
    Position,
    ScalarNode,
    SequenceNode,
    moved,
    walk,
)
from harness.world.template.problems import broken, suggestion, unsupported
from harness.world.template.scope import Scope

Function = Callable[[Scope, Node, Position], Node | None]

UNSUPPORTED = (*("Fn::Cidr", "Fn::ForEach", "Fn::GetAZs", "Fn::ImportValue", "Fn::Transform"),)
DYNAMIC = "{{resolve:"
"""What CloudFormation would look up in a parameter store or among secrets."""

PLACEHOLDER = re.compile(r"\$\{([^${}]*)\}")


def resolve(scope: Scope, node: Node) -> Node | None:
    """Return *node* with every intrinsic replaced by its value; None for ``AWS::NoValue``."""
    if isinstance(node, ScalarNode):
        if DYNAMIC in node.text:
            raise unsupported(
                node.position, "a dynamic reference ({{resolve:...}}) is not modelled"
            )
        return node
    if isinstance(node, SequenceNode):
        items = (resolve(scope, item) for item in node.items)
        return SequenceNode(tuple(item for item in items if item is not None), node.position)
    if len(node.members) == 1:
        name, argument = next(iter(node))
        function = FUNCTIONS.get(name)
        if function is not None and (name != "Condition" or isinstance(argument, ScalarNode)):
            return function(scope, argument, node.position)
        if name in UNSUPPORTED:
            raise unsupported(node.position, f"the intrinsic function {name!r} is not modelled")
        if name.startswith("Fn::"):
            known = (*FUNCTIONS, *UNSUPPORTED)
            raise broken(
                node.position, f"unknown intrinsic function {name!r}{suggestion(name, known)}"
            )
    members = {name: resolve(scope, member) for name, member in node}
    kept = {name: member for name, member in members.items() if member is not None}
    return MappingNode(kept, node.position, node.keys)


def _text(scope: Scope, node: Node, name: str) -> ScalarNode:
    found = resolve(scope, node)
    if not isinstance(found, ScalarNode):
        raise broken(node.position, f"{name}: expected a text, not {_shown(found)}")
    return found


def _list(scope: Scope, node: Node, name: str, count: int | None = None) -> SequenceNode:
    found = resolve(scope, node)
    if not isinstance(found, SequenceNode):
        raise broken(node.position, f"{name}: expected a list, not {_shown(found)}")
    if count is not None and len(found.items) != count:
        problem = f"{name}: expected a list of {count}, not of {len(found.items)}"
        raise broken(node.position, problem)
    return found


def _shown(node: Node | None) -> str:
    return "AWS::NoValue" if node is None else node.shown


def _arguments(node: Node, name: str, *counts: int) -> tuple[Node, ...]:
    """Return the unresolved members of the list *node*: Fn::If must not touch the other branch."""
    if not isinstance(node, SequenceNode) or len(node.items) not in counts:
        expected = " or ".join(str(count) for count in counts)
        raise broken(node.position, f"{name}: expected a list of {expected}")
    return node.items


def _joined(text: str, position: Position, parts: list[ScalarNode]) -> ScalarNode:
    references = dict.fromkeys(name for part in parts for name in part.references)
    is_secret = any(part.is_secret for part in parts)
    return ScalarNode(text, text, position, is_secret=is_secret, references=tuple(references))


def _ref(scope: Scope, node: Node, position: Position) -> Node | None:
    name = _text(scope, node, "Ref").text
    return None if name == "AWS::NoValue" else scope.reference(name, position)


def _get_att(scope: Scope, node: Node, position: Position) -> Node:
    if isinstance(node, ScalarNode):
        logical_id, _, attribute = node.text.partition(".")
    else:
        first, second = _arguments(node, "Fn::GetAtt", 2)
        logical_id = _text(scope, first, "Fn::GetAtt").text
        attribute = _text(scope, second, "Fn::GetAtt").text
    if not attribute:
        raise broken(position, "Fn::GetAtt: expected a resource and an attribute, 'Queue.Arn'")
    return scope.attribute(logical_id, attribute, position)


def _sub(scope: Scope, node: Node, position: Position) -> ScalarNode:
    local: Mapping[str, Node] = {}
    if isinstance(node, SequenceNode):
        node, variables = _arguments(node, "Fn::Sub", 2)
        if not isinstance(variables, MappingNode):
            raise broken(variables.position, "Fn::Sub: the variables must be a mapping")
        local = variables.members
    if not isinstance(node, ScalarNode):
        raise broken(position, "Fn::Sub: expected a text with ${...}")
    parts: list[ScalarNode] = []

    def value_of(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name.startswith("!"):  # ${!literal} stays as ${literal}
            return "${" + name[1:] + "}"
        part = _substituted(scope, name, local, position)
        parts.append(part)
        return part.text

    text = PLACEHOLDER.sub(value_of, node.text)
    return _joined(text, position, parts)


def _substituted(
    scope: Scope, name: str, local: Mapping[str, Node], position: Position
) -> ScalarNode:
    if name in local:
        return _text(scope, local[name], "Fn::Sub")
    logical_id, _, attribute = name.partition(".")
    if attribute:
        found = scope.attribute(logical_id, attribute, position)
    else:
        found = scope.reference(name, position)
    if not isinstance(found, ScalarNode):
        raise broken(position, f"Fn::Sub: {name!r} is a list, not a text")
    return found


def _join(scope: Scope, node: Node, position: Position) -> ScalarNode:
    delimiter, items = _arguments(node, "Fn::Join", 2)
    parts = [_text(scope, item, "Fn::Join") for item in _list(scope, items, "Fn::Join").items]
    glue = _text(scope, delimiter, "Fn::Join").text
    return _joined(glue.join(part.text for part in parts), position, parts)


def _split(scope: Scope, node: Node, position: Position) -> SequenceNode:
    delimiter, source = _arguments(node, "Fn::Split", 2)
    whole = _text(scope, source, "Fn::Split")
    glue = _text(scope, delimiter, "Fn::Split").text
    if not glue:
        raise broken(position, "Fn::Split: the delimiter must not be empty")
    parts = whole.text.split(glue)
    return SequenceNode(tuple(_joined(part, position, [whole]) for part in parts), position)


def _select(scope: Scope, node: Node, position: Position) -> Node:
    first, second = _arguments(node, "Fn::Select", 2)
    number = _text(scope, first, "Fn::Select").text
    items = _list(scope, second, "Fn::Select").items
    # A number of so many digits is one that Python refuses to read.
    if not re.fullmatch("[0-9]{1,9}", number) or int(number) >= len(items):
        raise broken(
            position, f"Fn::Select: there is no member {number!r} in a list of {len(items)}"
        )
    return moved(items[int(number)], position)


def _base64(scope: Scope, node: Node, position: Position) -> ScalarNode:
    part = _text(scope, node, "Fn::Base64")
    return _joined(base64.b64encode(part.text.encode()).decode(), position, [part])


def _find_in_map(scope: Scope, node: Node, position: Position) -> Node | None:
    found: Node | None = scope.mappings
    path: list[str] = []
    keys = _arguments(node, "Fn::FindInMap", 3, 4)
    default = keys[3] if len(keys) > 3 else None  # noqa: PLR2004 - the map, two keys, a default
    for argument in keys[:3]:
        step = _text(scope, argument, "Fn::FindInMap")
        known = found.members if isinstance(found, MappingNode) else {}
        if step.text not in known and default is not None:
            return _default(scope, default)
        if step.text not in known:
            name = HIDDEN if step.is_secret else step.text
            where = "Mappings" + "".join(f".{part}" for part in path)
            problem = f"Fn::FindInMap: {where} has no {name!r}{suggestion(name, known)}"
            raise broken(argument.position, problem)
        found = known[step.text]
        path.append(step.text)
    assert found is not None, "three steps have been taken"
    return moved(found, position)


def _default(scope: Scope, node: Node) -> Node | None:
    members = node.members if isinstance(node, MappingNode) else {}
    value = members.get("DefaultValue")
    if value is None or len(members) > 1:
        raise broken(
            node.position, "Fn::FindInMap: the fourth member can be a 'DefaultValue' alone"
        )
    return resolve(scope, value)


def _length(scope: Scope, node: Node, position: Position) -> ScalarNode:
    count = len(_list(scope, node, "Fn::Length").items)
    return ScalarNode(count, str(count), position)


def _to_json_string(scope: Scope, node: Node, position: Position) -> ScalarNode:
    found = resolve(scope, node)
    if not isinstance(found, MappingNode | SequenceNode):
        raise broken(
            position, f"Fn::ToJsonString: expected a mapping or a list, not {_shown(found)}"
        )
    text = json.dumps(_plain(found), separators=(",", ":"), ensure_ascii=False)
    return _joined(text, position, list(walk(found)))


def _plain(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.items]
    return {name: _plain(member) for name, member in node}


def _if(scope: Scope, node: Node, _position: Position) -> Node | None:
    name, positive, negative = _arguments(node, "Fn::If", 3)
    truth = scope.is_true(_text(scope, name, "Fn::If").text, name.position)
    return resolve(scope, positive if truth else negative)


def _condition(scope: Scope, node: Node, position: Position) -> ScalarNode:
    return _truth(scope.is_true(_text(scope, node, "Condition").text, node.position), position)


def _truth(value: bool, position: Position) -> ScalarNode:  # noqa: FBT001 - the value itself
    return ScalarNode(value, "true" if value else "false", position)


def _equals(scope: Scope, node: Node, position: Position) -> ScalarNode:
    left, right = (
        _text(scope, side, "Fn::Equals").text for side in _arguments(node, "Fn::Equals", 2)
    )
    return _truth(left == right, position)


def _truths(scope: Scope, node: Node, name: str, *counts: int) -> list[bool]:
    found = [_text(scope, item, name) for item in _arguments(node, name, *counts)]
    for item in found:
        if not isinstance(item.value, bool):
            raise broken(item.position, f"{name}: {item.shown} is no condition")
    return [item.value is True for item in found]


def _and(scope: Scope, node: Node, position: Position) -> ScalarNode:
    return _truth(all(_truths(scope, node, "Fn::And", *range(2, 11))), position)


def _or(scope: Scope, node: Node, position: Position) -> ScalarNode:
    return _truth(any(_truths(scope, node, "Fn::Or", *range(2, 11))), position)


def _not(scope: Scope, node: Node, position: Position) -> ScalarNode:
    return _truth(not _truths(scope, node, "Fn::Not", 1)[0], position)


FUNCTIONS: Mapping[str, Function] = {
    "Ref": _ref,
    "Condition": _condition,
    "Fn::And": _and,
    "Fn::Base64": _base64,
    "Fn::Equals": _equals,
    "Fn::FindInMap": _find_in_map,
    "Fn::GetAtt": _get_att,
    "Fn::If": _if,
    "Fn::Join": _join,
    "Fn::Length": _length,
    "Fn::Not": _not,
    "Fn::Or": _or,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
    "Fn::ToJsonString": _to_json_string,
}
