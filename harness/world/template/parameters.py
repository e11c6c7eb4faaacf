"""The ``Parameters`` section: what was given, what defaults, and what each type allows."""

import re
from collections.abc import Mapping

from harness.world.template.node import (
    HIDDEN,
    MappingNode,
    Node,
    Position,
    ScalarNode,
    SequenceNode,
    conceal,
)
from harness.world.template.problems import broken, listing, suggestion, unsupported

MEMBERS = (
    *("AllowedPattern", "AllowedValues", "ConstraintDescription", "Default", "Description"),
    *("MaxLength", "MaxValue", "MinLength", "MinValue", "NoEcho", "Type"),
)
TYPES = ("CommaDelimitedList", "List<Number>", "Number", "String")
STORED = re.compile(r"AWS::SSM::Parameter::Value<(.+)>")
ACCOUNT = re.compile(r"(List<)?AWS::\w+(::\w+)+(?(1)>)")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def read_parameters(
    section: MappingNode, given: Mapping[str, str], places: Mapping[str, Position] | None = None
) -> dict[str, Node]:
    """Return the value of each declared parameter, each at the place of its declaration.

    *places* says where the world file gives each of them.
    """
    for _, declaration in section:
        _conceal_default(declaration)
    for name in given:
        if name not in section.members and not name.startswith("AWS::"):
            known = section.members
            raise broken(
                (places or {}).get(name, section.position),
                f"the template declares no parameter {name!r}{suggestion(name, known)}",
            )
    return {
        name: _read(name, declaration, section.at(name), given) for name, declaration in section
    }


def _conceal_default(declaration: Node) -> None:
    """Let no error show the value of a secret."""
    members = declaration.members if isinstance(declaration, MappingNode) else {}
    marked, default = members.get("NoEcho"), members.get("Default")
    if isinstance(marked, ScalarNode) and marked.text == "true" and default is not None:
        conceal(default)


def _read(name: str, declaration: Node, position: Position, given: Mapping[str, str]) -> Node:
    if not isinstance(declaration, MappingNode):
        raise broken(position, f"parameter {name!r} must be a mapping, not {declaration.shown}")
    settings = {member: _setting(name, member, node) for member, node in declaration}
    for member in declaration.members:
        if member not in MEMBERS:
            problem = (
                f"parameter {name!r}: unknown property {member!r}{suggestion(member, MEMBERS)}"
            )
            raise broken(declaration.at(member), problem)
    kind = _kind(name, declaration, position, is_given=name in given)
    if name in given:
        text = str(given[name])
    elif "Default" in settings:
        text = settings["Default"]
    else:
        problem = (
            f"parameter {name!r} has no default and was given no value; "
            "give it one under 'parameters' of the world file"
        )
        raise broken(position, problem)
    is_secret = settings.get("NoEcho") == "true"
    parts = (
        [part.strip() for part in text.split(",")] if kind not in ("String", "Number") else None
    )
    for part in [text] if parts is None else parts:
        why = _violation(part, kind, settings, declaration)
        if why is not None:
            raise _refusal(name, part, why, settings, position)
    if parts is None:
        return ScalarNode(text, text, position, is_secret=is_secret)
    items = (ScalarNode(part, part, position, is_secret=is_secret) for part in parts)
    return SequenceNode(tuple(items), position)


def _setting(name: str, member: str, node: Node) -> str:
    if member == "AllowedValues" and isinstance(node, SequenceNode):
        return ""
    if not isinstance(node, ScalarNode):
        raise broken(node.position, f"parameter {name!r}: {member!r} must be a text")
    if member.startswith(("Min", "Max")) and not NUMBER.fullmatch(node.text):
        problem = f"parameter {name!r}: {member!r} must be a number, not {node.shown}"
        raise broken(node.position, problem)
    if member == "AllowedPattern":
        _check_pattern(name, node)
    return node.text


def _check_pattern(name: str, node: ScalarNode) -> None:
    try:
        re.compile(node.text)
    except re.error as error:
        problem = f"parameter {name!r}: 'AllowedPattern' is no regular expression: {error}"
        raise broken(node.position, problem) from error


def _kind(name: str, declaration: MappingNode, position: Position, *, is_given: bool) -> str:
    """Return the type of the value that a reference gives.

    What names something in the account is a text like any other: nobody asks here whether it is
    there.  What is looked up in the account is what the world file gives.
    """
    node = declaration.members.get("Type")
    if not isinstance(node, ScalarNode):
        raise broken(position, f"parameter {name!r} has no 'Type'")
    kind = node.text
    if match := STORED.fullmatch(kind):
        kind = match[1]
        if not is_given:
            problem = (
                f"parameter {name!r}: type {node.text!r} looks its value up in a live account; "
                "give what is found there under 'parameters' of the world file"
            )
            raise unsupported(node.position, problem)
    if match := ACCOUNT.fullmatch(kind):
        kind = "CommaDelimitedList" if match[1] else "String"
    if kind == "List<String>" and kind != node.text:
        kind = "CommaDelimitedList"
    if kind not in TYPES:
        problem = f"parameter {name!r}: unknown type {node.text!r}{suggestion(node.text, TYPES)}"
        raise broken(node.position, problem)
    return kind


def _refusal(
    name: str, text: str, why: str, settings: Mapping[str, str], position: Position
) -> Exception:
    """Return the error for a value that CloudFormation would refuse; a secret one is not shown."""
    shown = repr(HIDDEN if settings.get("NoEcho") == "true" else text)
    reason = settings.get("ConstraintDescription")
    ending = f"; {reason.rstrip('.')}" if reason else ""
    return broken(position, f"parameter {name!r} cannot be {shown}: it must {why}{ending}")


def _violation(
    text: str, kind: str, settings: Mapping[str, str], declaration: MappingNode
) -> str | None:
    if "Number" in kind and not NUMBER.fullmatch(text):
        return "be a number"
    pattern = settings.get("AllowedPattern")
    if pattern is not None and not re.fullmatch(pattern, text):
        return f"match {pattern!r}"
    allowed = declaration.members.get("AllowedValues")
    if isinstance(allowed, SequenceNode):
        texts = [item.text for item in allowed.items if isinstance(item, ScalarNode)]
        if text not in texts:
            return f"be {listing(texts)}"
    size = float(text) if "Number" in kind else len(text)
    unit = "" if "Number" in kind else " characters long"
    low, high = ("MinValue", "MaxValue") if "Number" in kind else ("MinLength", "MaxLength")
    if low in settings and size < float(settings[low]):
        return f"be at least {settings[low]}{unit}"
    if high in settings and size > float(settings[high]):
        return f"be at most {settings[high]}{unit}"
    return None
