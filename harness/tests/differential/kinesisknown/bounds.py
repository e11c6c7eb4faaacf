"""Which bounds of AWS's model of Kinesis the values of a call break, and what is said of them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape


def breaches(operation: str, parameters: dict[str, Any]) -> Iterator[str]:
    """Return AWS's text about each value that is out of its bounds, taken alone."""
    for path, shown, rule in _breaches(
        _model().operation_model(operation).input_shape, parameters
    ):
        yield f"1 validation error detected: Value '{shown}' at '{path}' failed to satisfy constraint: {rule}"


@cache
def _model() -> ServiceModel:
    return ServiceModel(Loader().load_service_model("kinesis", "service-2"))


def _breaches(shape: Shape | None, value: Any, path: str = "") -> Iterator[tuple[str, Any, str]]:
    if isinstance(shape, StructureShape):
        for name, member in value.items():
            inner = f"{path}.{name[0].lower()}{name[1:]}".lstrip(".")
            yield from _breaches(shape.members[name], member, inner)
    elif isinstance(shape, ListShape):
        for place, member in enumerate(value, 1):
            yield from _breaches(shape.member, member, f"{path}.{place}.member")
    elif isinstance(shape, MapShape):
        yield from _map_breaches(shape, value, path)
    elif isinstance(shape, StringShape) and isinstance(value, str):
        yield from ((path, value, rule) for rule in _text_rules(shape, value))
    elif shape is not None and shape.type_name == "integer":
        yield from ((path, value, rule) for rule in _number_rules(shape, value))


def _text_rules(shape: StringShape, value: str) -> Iterator[str]:
    if shape.enum and value not in shape.enum:
        yield f"Member must satisfy enum value set: {sorted(shape.enum)}"
    pattern = re.sub(r"^\^\(?|\)?\$$", "", shape.metadata.get("pattern", ".*"))
    if re.fullmatch(pattern, value, re.ASCII | re.DOTALL) is None:
        yield f"Member must satisfy regular expression pattern: {pattern}"
    if len(value) > shape.metadata.get("max", len(value)):
        yield f"Member must have length less than or equal to {shape.metadata['max']}"


def _number_rules(shape: Shape, value: int) -> Iterator[str]:
    if value < shape.metadata.get("min", value):
        yield f"Member must have value greater than or equal to {shape.metadata['min']}"
    if value > shape.metadata.get("max", value):
        yield f"Member must have value less than or equal to {shape.metadata['max']}"


def _map_breaches(shape: MapShape, value: Any, path: str) -> Iterator[tuple[str, Any, str]]:
    shown = "{" + ", ".join(f"{key}={member}" for key, member in value.items()) + "}"
    for part, texts, inner in (
        ("keys", value.keys(), shape.key),
        ("value", value.values(), shape.value),
    ):
        least, most = inner.metadata["min"], inner.metadata["max"]
        if not all(least <= len(text) <= most for text in texts):
            rule = (
                f"Map {part} must satisfy constraint: [Member must have length less than or equal"
                f" to {most}, Member must have length greater than or equal to {least}]"
            )
            yield path, shown, rule
