"""Record: a mapping with known keys, read into a dataclass."""

from dataclasses import MISSING, dataclass, fields
from inspect import cleandoc
from typing import Any

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, kind_of
from harness.scenarios.documents.problems import Problems, suggestion
from harness.scenarios.shapes.shape import Rejected, Shape, or_variable, read, reject
from harness.scenarios.shapes.written import Written

_SHOWN_KEYS_MAX = 4


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record."""

    name: str
    """As it is written in YAML."""
    attribute: str
    shape: Shape
    meaning: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Record:
    """The keys of one part of the language."""

    part: type[Written]
    keys: tuple[Key, ...]

    def read(self, node: AnyNode, problems: Problems) -> Any:
        """Return the part, noting every unknown, missing and ill-shaped key."""
        if not isinstance(node, Mapping):
            return self._read_shorthand(node, problems)
        known = {key.name: key for key in self.keys}
        values, is_sound = {}, True
        given = set()
        for name, value in node.entries:
            given.add(str(name.value))
            key = known.get(str(name.value))
            if key is None:
                hint = suggestion(str(name.value), known)
                problems.add(name, f"unknown key {name.value!r}{hint}")
                # A misspelt key is wrong once: it is not missing as well.
                given |= {key.name for key in self.keys if f"{key.name!r}?" in hint}
                is_sound = False
                continue
            try:
                values[key.attribute] = read(key.shape, value, problems)
            except Rejected:
                is_sound = False
        for key in self.keys:
            if key.is_required and key.name not in given:
                problems.add(_first_line(node), f"the key {key.name!r} is missing")
                is_sound = False
        return self._part(node, values, problems, is_sound=is_sound)

    def _read_shorthand(self, node: AnyNode, problems: Problems) -> Any:
        is_nothing = isinstance(node, Scalar) and node.value is None
        if is_nothing and not any(key.is_required for key in self.keys):
            return self._part(node, {}, problems, is_sound=True)
        shorthand = next((key for key in self.keys if key.name == self.part.shorthand), None)
        if shorthand is None:
            names = ", ".join(key.name for key in self.keys)
            text = f"expected a mapping with {names}" if names else "expected nothing"
            raise reject(node, problems, f"{text}; found {kind_of(node)}")
        value = read(shorthand.shape, node, problems)
        return self._part(node, {shorthand.attribute: value}, problems, is_sound=True)

    def _part(
        self, node: AnyNode, values: dict[str, Any], problems: Problems, *, is_sound: bool
    ) -> Any:
        if not is_sound:
            raise Rejected
        part = self.part(node, **values)
        complaint = part.complaint()
        if complaint is not None:
            raise reject(complaint[0], problems, complaint[1])
        return part

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return a reference to the schema of the record."""
        name = self.part.__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = self._schema(definitions)
        return or_variable({"$ref": f"#/$defs/{name}"}, definitions)

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        mapping: dict[str, Any] = {
            "type": "object",
            "description": cleandoc(self.part.__doc__ or ""),
            "properties": {
                key.name: {**key.shape.schema(definitions), "description": key.meaning}
                for key in self.keys
            },
            "required": [key.name for key in self.keys if key.is_required],
            "additionalProperties": False,
        }
        others = [
            key.shape.schema(definitions) for key in self.keys if key.name == self.part.shorthand
        ]
        if not mapping["required"]:
            others.append({"type": "null"})
        return {"anyOf": [mapping, *others]} if others else mapping

    def words(self) -> str:
        """Return the keys, if they are few."""
        names = ", ".join(key.name for key in self.keys)
        return f"{{{names}}}" if len(self.keys) <= _SHOWN_KEYS_MAX else "mapping"


def is_optional(part: type[Written], attribute: str) -> bool:
    """Whether the field *attribute* of *part* has a default."""
    for field in fields(part):
        if field.name == attribute:
            return field.default is not MISSING or field.default_factory is not MISSING
    raise AssertionError(f"{part.__name__} has no field {attribute}")


def _first_line(node: Mapping) -> AnyNode:
    """Return what the caret of a missing key should show: the first key that is there."""
    return node.entries[0][0] if node.entries else node
