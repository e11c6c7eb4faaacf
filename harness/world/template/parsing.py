"""YAML text -> nodes with positions, CloudFormation's short tags spelt out (``!Ref x`` -> ``Ref: x``).

PyYAML's C parser composes a template of 600 lines in about 4 ms where a pure Python parser needs
over 100, and its YAML 1.1 is the dialect that CloudFormation documents.
"""

import os
import re
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]  # its stubs are optional

from harness.errors import ScenarioError
from harness.world.template.node import MappingNode, Node, Position, ScalarNode, SequenceNode
from harness.world.template.problems import broken, suggestion

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEPTH_MAX = 100
"""Deeper nesting is a mistake, or an alias that contains itself."""

SHORT_TAGS = {
    "!Ref": "Ref",
    "!Condition": "Condition",
    **{
        f"!{name}": f"Fn::{name}"
        for name in (
            *("And", "Base64", "Cidr", "Contains", "Equals", "FindInMap", "ForEach", "GetAZs"),
            *("GetAtt", "If", "ImportValue", "Join", "Length", "Not", "Or", "Select", "Split"),
            *("Sub", "ToJsonString", "Transform"),
        )
    },
}

_YAML_TAG = "tag:yaml.org,2002:"
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 counts as the end of a line."""


def shown_path(path: Path) -> str:
    """Return *path* as an error prints it: relative where it lies below the working directory."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return os.fspath(path)


def read_text(path: Path, what: str) -> str:
    """Return the text of the file at *path*; *what* names its part in an error."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        problem = f"cannot read the {what}: {(error.strerror or str(error)).lower()}"
        raise ScenarioError(problem, path=shown_path(path)) from error
    except UnicodeDecodeError as error:
        problem = (
            f"the {what} is not UTF-8: byte {error.start} is {error.object[error.start]:#04x}"
        )
        raise ScenarioError(problem, path=shown_path(path)) from error


def parse(text: str, path: str) -> MappingNode:
    """Return the mapping that *text* consists of; *path* is what errors call it."""
    reader = _Reader(path, _LINE_END.split(text))
    try:
        document = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(filter(None, (error.context, error.problem)))
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise broken(reader.position(line, column), f"not YAML: {problem}") from error
    except yaml.YAMLError as error:
        raise ScenarioError(f"not YAML: {error}".replace("\n", " "), path=path) from error
    if not isinstance(document, yaml.MappingNode):
        raise ScenarioError("expected a mapping at the top of the file", path=path)
    node = reader.convert(document, 0)
    assert isinstance(node, MappingNode), "a YAML mapping without a tag stays a mapping"
    return node


class _Reader:
    """Converts the nodes of one file."""

    def __init__(self, path: str, lines: list[str]) -> None:
        self._path = path
        self._lines = lines

    def position(self, line: int, column: int, width: int = 1) -> Position:
        """Return a place in the file."""
        return Position(self._path, line, column, width, self._lines)

    def _at(self, node: Any) -> Position:
        """Return the place of a node of PyYAML, as wide as it is on its line."""
        start, end = node.start_mark, node.end_mark
        is_short = isinstance(node, yaml.ScalarNode) and end.line == start.line
        width = max(1, end.column - start.column) if is_short else 1
        return self.position(start.line + 1, start.column + 1, width)

    def convert(self, node: Any, depth: int) -> Node:
        """Return *node* as one of ours."""
        position = self._at(node)
        if depth > DEPTH_MAX:
            raise broken(position, f"nested deeper than {DEPTH_MAX} levels")
        tag = node.tag
        if not tag.startswith(_YAML_TAG):
            return self._spelt_out(node, tag, position, depth)
        return self._plain(node, tag[len(_YAML_TAG) :], position, depth)

    def _plain(self, node: Any, kind: str, position: Position, depth: int) -> Node:
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node.value, kind, position)
        if isinstance(node, yaml.SequenceNode):
            return SequenceNode(
                tuple(self.convert(item, depth + 1) for item in node.value), position
            )
        members: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        for key, value in node.value:
            at = self._at(key)
            if not isinstance(key, yaml.ScalarNode):
                raise broken(at, "a key must be a text")
            if key.value in members:
                raise broken(
                    at, f"key {key.value!r} is there twice, first in line {keys[key.value].line}"
                )
            members[key.value] = self.convert(value, depth + 1)
            keys[key.value] = at
        return MappingNode(members, position, keys)

    def _spelt_out(self, node: Any, tag: str, position: Position, depth: int) -> Node:
        name = SHORT_TAGS.get(tag)
        if name is None:
            raise broken(position, f"unknown tag {tag!r}{suggestion(tag, SHORT_TAGS)}")
        kind = "seq" if isinstance(node, yaml.SequenceNode) else "str"
        argument = self._plain(node, kind, position, depth)
        return MappingNode({name: argument}, position, {name: position})


def _scalar(text: str, kind: str, position: Position) -> ScalarNode:
    """Type a scalar as YAML 1.1 does; dates stay texts, as CloudFormation leaves them."""
    if kind == "null":
        return ScalarNode(None, "", position)
    if kind == "bool":
        truth = text.lower() in ("true", "yes", "on", "y")
        return ScalarNode(truth, "true" if truth else "false", position)
    if kind == "int":
        return ScalarNode(_integer(text), text, position)
    if kind == "float":
        return ScalarNode(_float(text), text, position)
    return ScalarNode(text, text, position)


def _integer(text: str) -> int | str:
    digits = text.replace("_", "").lower()
    try:
        if digits.lstrip("+-").startswith("0") and digits.lstrip("+-").isdigit():
            return int(digits, 8)
        return int(digits, 0)
    except ValueError:  # YAML 1.1 also has base 60, 1:30, which nobody means
        return text


def _float(text: str) -> float | str:
    try:
        return float(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return text
