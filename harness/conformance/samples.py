"""Values of a shape of botocore's model, as small as they may be."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

_DEPTH_MAX = 4
_ORDINARY = {
    "string": "a",
    "character": "a",
    "integer": 1,
    "long": 1,
    "float": 1.0,
    "double": 1.0,
    "boolean": True,
    "blob": b"a",
    "timestamp": datetime(2026, 1, 5, tzinfo=UTC),
}


def samples(shape: Any) -> Iterator[Any]:
    """Give a value of *shape*; every one where the model lists them."""
    values = getattr(shape, "enum", None)
    if values:
        yield from values
    elif shape.type_name == "boolean":
        yield from (True, False)
    else:
        yield sample(shape)


def sample(shape: Any, depth: int = 0) -> Any:
    """Return one value of *shape*, with nothing in it that is not required."""
    if getattr(shape, "enum", None):
        return shape.enum[0]
    if shape.type_name == "string":
        return "a" * max(1, shape.metadata.get("min", 1))
    if shape.type_name == "structure":
        return _structure(shape, depth)
    if shape.type_name == "list":
        return [] if depth > _DEPTH_MAX else [sample(shape.member, depth + 1)]
    if shape.type_name == "map":
        return {} if depth > _DEPTH_MAX else {"a": sample(shape.value, depth + 1)}
    least = shape.metadata.get("min")
    return _ORDINARY[shape.type_name] if not isinstance(least, int | float) else max(1, least)


def _structure(shape: Any, depth: int) -> dict[str, Any]:
    """Return the required members; of a union, as DynamoDB's values are, the first one."""
    names = shape.required_members
    if not names and shape.name == "AttributeValue":
        names = ["S"]
    return {name: sample(shape.members[name], depth + 1) for name in names}
