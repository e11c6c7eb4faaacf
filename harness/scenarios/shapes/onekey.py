"""OneKey: a mapping whose one key says which part of the language follows."""

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from typing import Any

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, kind_of
from harness.scenarios.documents.problems import Problems, suggestion
from harness.scenarios.shapes.derive import record_of
from harness.scenarios.shapes.shape import Shape, read, reject, variable_schema
from harness.scenarios.shapes.written import Written


@dataclass(frozen=True, slots=True)
class Choice:
    """What a one-key mapping said."""

    node: AnyNode
    name: str
    name_node: AnyNode
    part: Any
    beside: AbstractMapping[str, Any]
    """The values of the keys that may stand beside the one."""


@dataclass(frozen=True, slots=True, eq=False)
class OneKey:
    """A mapping with one key out of *parts*, and possibly some of *beside*."""

    noun: str
    parts: AbstractMapping[str, type[Written]]
    beside: AbstractMapping[str, Shape]

    def read(self, node: AnyNode, problems: Problems) -> Choice:
        """Return the choice; a bare word is a part without keys."""
        if isinstance(node, Scalar) and isinstance(node.value, str):
            nothing = Scalar(source=node.source, start=node.start, end=node.end, value=None)
            return self._choice(node, node, nothing, {}, problems)
        if not isinstance(node, Mapping):
            raise reject(
                node, problems, f"expected {with_article(self.noun)}, found {kind_of(node)}"
            )
        beside = {}
        ones: list[tuple[Scalar, AnyNode]] = []
        for name, value in node.entries:
            shape = self.beside.get(str(name.value))
            if shape is None:
                ones.append((name, value))
            else:
                beside[str(name.value)] = read(shape, value, problems)
        if not ones:
            raise reject(node, problems, f"which {self.noun}? there is no key for one")
        if len(ones) > 1:
            self._refuse_second(ones, problems)
        return self._choice(node, ones[0][0], ones[0][1], beside, problems)

    def _refuse_second(self, ones: list[tuple[Scalar, AnyNode]], problems: Problems) -> None:
        second = ones[1][0]
        if str(second.value) in self.parts:
            text = f"a second {self.noun} {second.value!r} in one entry; begin it with a dash"
        else:
            known = {*self.beside, *self.parts}
            text = f"unknown key {second.value!r}{suggestion(str(second.value), known)}"
        raise reject(second, problems, text)

    def _choice(
        self,
        node: AnyNode,
        name: Scalar,
        value: AnyNode,
        beside: dict[str, Any],
        problems: Problems,
    ) -> Choice:
        part = self.parts.get(str(name.value))
        if part is None:
            hint = suggestion(str(name.value), self.parts)
            raise reject(name, problems, f"unknown {self.noun} {name.value!r}{hint}")
        return Choice(node, str(name.value), name, read(_shape(part), value, problems), beside)

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """Return the schema: all keys, exactly one of the parts."""
        properties = {name: _shape(part).schema(definitions) for name, part in self.parts.items()}
        extra = {name: shape.schema(definitions) for name, shape in self.beside.items()}
        words = [
            name
            for name, part in self.parts.items()
            if part.own_shape() is None
            and not any(key.is_required for key in record_of(part).keys)
        ]
        return {
            "anyOf": [
                {
                    "type": "object",
                    "properties": {**properties, **extra},
                    "additionalProperties": False,
                    "oneOf": [{"required": [name]} for name in self.parts],
                },
                *([{"enum": words}] if words else []),
                variable_schema(definitions),
            ]
        }

    def words(self) -> str:
        """Return the kind."""
        return self.noun


def _shape(part: type[Written]) -> Shape:
    """Return the shape of *part*."""
    own: Shape | None = part.own_shape()
    return record_of(part) if own is None else own


def with_article(noun: str) -> str:
    """Return *noun* with a or an."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
