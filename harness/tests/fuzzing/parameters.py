"""Parameters of any operation, from botocore's shapes: mostly sound, wrong in one place or a few."""

import re
from collections import deque
from random import Random
from typing import Any

from botocore.model import OperationModel, Shape

from harness.tests.fuzzing import values
from harness.tests.fuzzing.sound import SOUND, Seen

_NEARLY_REQUIRED = frozenset({
    "AttributeDefinitions", "KeyConditionExpression", "KeySchema", "MetricData", "MetricStat", "StreamName",
    "UpdateExpression", "PartitionKey", "ReturnConsumedCapacity",
})  # fmt: skip
"""Members that the model leaves optional and most calls need."""

_PLACEHOLDER = re.compile(r"[#:][a-z]+")
_DEEPEST = 6
_POOL = 12
_SOUND_SHARE = 0.5
"""How many calls begin as one that is sound."""
_GARBLED_SHARE = 0.3


class ParameterSource:
    """Draws parameters; values that outputs have shown come back in later calls."""

    def __init__(self, chance: Random, known: dict[str, tuple[Any, ...]]) -> None:
        self._chance = chance
        self._known = known
        self._seen: dict[tuple[str, str], deque[Any]] = {}
        self._service = ""
        self._generosity = 0.3
        """How likely a call's optional members are."""
        self.refused: set[tuple[str, str]] = set()
        """(operation, member) that the engine has said it does not model: rarely drawn again."""

    def parameters(self, operation: OperationModel) -> dict[str, Any]:
        """Return parameters for *operation*."""
        shape: Any = operation.input_shape
        if shape is None:
            return {}
        self._service = operation.service_model.service_name
        self._generosity = self._chance.choice((0.02, 0.1, 0.3))
        examples = SOUND.get(f"{self._service}.{operation.name}")
        if examples is not None and self._chance.random() < _SOUND_SHARE:
            return self._bent(shape, self._chance.choice(examples))
        drawn = self._structure(shape, 0, operation.name)
        if self._chance.random() < 0.7:
            self._define_placeholders(drawn)
        if self._chance.random() < 0.03:
            drawn[self._chance.choice(("Bogus", "tablename", "", *shape.members))] = (
                self._chance.choice(values.WRONG)
            )
        return drawn

    def _bent(self, shape: Any, example: dict[str, Any]) -> dict[str, Any]:
        """Return *example* with an odd value in a place or two, or none."""
        drawn: dict[str, Any] = self._filled_in(example)
        for _ in range(self._chance.choice((0, 1, 1, 1, 2))):
            drawn = self._bend(shape, "", drawn)
        return drawn

    def _filled_in(self, value: Any) -> Any:
        """Return a copy of *value* with what was seen in the places that say so."""
        if isinstance(value, Seen):
            return self._chance.choice(self._seen.get((self._service, value.name)) or ["nothing"])
        if isinstance(value, dict):
            return {name: self._filled_in(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self._filled_in(member) for member in value]
        return value

    def _bend(self, shape: Any, name: str, value: Any) -> Any:
        """Return *value* with one place of it changed, as its *shape* allows."""
        if shape.name == "AttributeValue":
            return values.attribute_value(self._chance)
        if shape.type_name == "list" and isinstance(value, list) and value:
            return self._bent_list(shape, value)
        if isinstance(value, dict) and value and shape.type_name in {"map", "structure"}:
            is_map = shape.type_name == "map"
            return (self._bent_map if is_map else self._bent_structure)(shape, value)
        if isinstance(value, str) and self._chance.random() < _GARBLED_SHARE:
            return values.garbled(self._chance, value)
        return self._value(name, shape, _DEEPEST - 1)

    def _bent_list(self, shape: Any, value: list[Any]) -> list[Any]:
        at = self._chance.randrange(len(value))
        luck = self._chance.random()
        if luck < 0.1:
            return [*value, value[at]]
        if luck < 0.15:
            return value[:at] + value[at + 1 :]
        return [*value[:at], self._bend(shape.member, "", value[at]), *value[at + 1 :]]

    def _bent_map(self, shape: Any, value: dict[str, Any]) -> dict[str, Any]:
        key = self._chance.choice(list(value))
        if self._chance.random() < 0.1:
            return value | {self._key(shape): value[key]}
        return value | {key: self._bend(shape.value, "", value[key])}

    def _bent_structure(self, shape: Any, value: dict[str, Any]) -> dict[str, Any]:
        chance, members = self._chance, shape.members
        known = [name for name in value if name in members]
        others = [name for name in members if name not in value]
        if others and (not known or chance.random() < 0.2):
            name = chance.choice(others)
            return value | {name: self._value(name, members[name], 1)}
        if not known:
            return value
        name = chance.choice(known)
        return value | {name: self._bend(members[name], name, value[name])}

    def _define_placeholders(self, parameters: Any) -> None:
        """Define what the expressions of a call, or of each action in it, use, and no more."""
        if isinstance(parameters, list):
            for member in parameters:
                self._define_placeholders(member)
            return
        if not isinstance(parameters, dict):
            return
        texts = [
            value
            for name, value in parameters.items()
            if isinstance(name, str) and name.endswith("Expression") and isinstance(value, str)
        ]
        if texts:
            used = _PLACEHOLDER.findall(" ".join(texts))
            names = {
                token: self._chance.choice(("a", "b", "pk")) for token in used if token[0] == "#"
            }
            given = {
                token: values.placeholder_value(self._chance, token)
                for token in used
                if token[0] == ":"
            }
            parameters.pop("ExpressionAttributeNames", None)
            parameters.pop("ExpressionAttributeValues", None)
            if names:
                parameters["ExpressionAttributeNames"] = names
            if given:
                parameters["ExpressionAttributeValues"] = given
        else:
            for value in parameters.values():
                self._define_placeholders(value)

    def learn(self, service: str, output: Any) -> None:
        """Remember the scalars of an *output* of *service* by the name of their member."""
        if isinstance(output, dict):
            for name, value in output.items():
                if isinstance(value, dict | list):
                    if name == "LastEvaluatedKey":
                        self._remember(service, "ExclusiveStartKey", value)
                    self.learn(service, value)
                elif isinstance(value, str):
                    self._remember(service, _taken_by(name), value)
        elif isinstance(output, list):
            for value in output[:5]:
                self.learn(service, value)

    def _remember(self, service: str, name: str, value: Any) -> None:
        pool = self._seen.setdefault((service, name), deque(maxlen=_POOL))
        pool.append(value)

    def _structure(self, shape: Any, depth: int, owner: str = "") -> dict[str, Any]:
        chance = self._chance
        if shape.name == "AttributeValue":
            return values.attribute_value(chance)
        drawn: dict[str, Any] = {}
        for name, member in shape.members.items():
            if name in shape.required_members:
                is_taken = chance.random() > 0.007
            elif name in _NEARLY_REQUIRED:
                is_taken = chance.random() < 0.85
            elif (owner, name) in self.refused:
                is_taken = chance.random() < 0.005
            else:
                is_taken = chance.random() < self._generosity
            if is_taken:
                drawn[name] = self._value(name, member, depth + 1)
        return drawn

    def _value(self, name: str, shape: Shape, depth: int) -> Any:
        chance = self._chance
        luck = chance.random()
        if luck < 0.004:
            return chance.choice(values.WRONG)
        seen = self._seen.get((self._service, name))
        known = self._known.get(f"{self._service}.{name}", self._known.get(name))
        if seen and luck < (0.9 if known is None else 0.4):
            found = chance.choice(seen)
            if luck < 0.03 and isinstance(found, str):
                return values.garbled(chance, found)
            return found
        if known is not None and luck < 0.9:
            return chance.choice(known)
        if name.endswith("Expression"):
            return values.expression(chance)
        return self._drawn(shape, depth)

    def _drawn(self, shape: Any, depth: int) -> Any:
        chance = self._chance
        kind = shape.type_name
        if kind == "structure":
            return {} if depth > _DEEPEST else self._structure(shape, depth)
        if kind == "list":
            count = chance.choice((0, 1, 1, 1, 2, 2, 3, 11, 26))
            if depth > _DEEPEST:
                count = 0
            name = shape.member.name if shape.member.type_name == "structure" else ""
            drawn = [self._value(name, shape.member, depth + 1) for _ in range(min(count, 4))]
            return (drawn * count)[:count] if drawn else []
        if kind == "map":
            count = 0 if depth > _DEEPEST else chance.choice((0, 1, 1, 2, 3))
            return {
                self._key(shape): self._value("", shape.value, depth + 1) for _ in range(count)
            }
        return self._scalar(shape)

    def _key(self, shape: Any) -> str:
        pool = self._known.get(f"keys of {shape.name}")
        if pool is not None and self._chance.random() < 0.9:
            found: str = self._chance.choice(pool)
            return found
        return str(self._scalar(shape.key))

    def _scalar(self, shape: Any) -> Any:
        chance = self._chance
        kind = shape.type_name
        if kind == "boolean":
            return chance.random() < 0.5
        if kind == "string" and shape.enum and chance.random() < 0.9:
            return chance.choice(shape.enum)
        return chance.choice(_SCALARS.get(kind, values.WRONG))


_SCALARS: dict[str, tuple[Any, ...]] = {
    "string": values.STRINGS,
    "integer": values.INTEGERS,
    "long": values.INTEGERS,
    "float": values.FLOATS,
    "double": values.FLOATS,
    "blob": values.BLOBS,
    "timestamp": values.MOMENTS,
}


def _taken_by(name: str) -> str:
    """Return the member of an input that takes what an output calls *name*."""
    return {
        "NextShardIterator": "ShardIterator",
        "NextContinuationToken": "ContinuationToken",
        "SequenceNumber": "StartingSequenceNumber",
        "NextKeyMarker": "KeyMarker",
        "LatestStreamArn": "StreamArn",
    }.get(name, name)
