"""Python annotation -> shape: the one place that knows which type stands for which shape."""

from dataclasses import fields
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from harness.kernel.instant import Duration
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.shapes.containers import Anything, FirstOf, ListOf, MappingOf, Unread
from harness.scenarios.shapes.record import Key, Record, is_optional
from harness.scenarios.shapes.scalars import Boolean, Integer, OneWord, Span, Text
from harness.scenarios.shapes.shape import Shape
from harness.scenarios.shapes.written import Written

_SIMPLE: dict[Any, Shape] = {
    str: Text(),
    bool: Boolean(),
    int: Integer(),
    Duration: Span(),
    Any: Anything(),
    AnyNode: Unread(),
}


_RECORDS: dict[str, Record] = {}
"""Shapes that have been derived already; annotations never change."""


def record_of(part: type[Written]) -> Record:
    """Return the shape of *part*, read from its fields."""
    name = f"{part.__module__}.{part.__qualname__}"
    if name not in _RECORDS:
        _RECORDS[name] = _derived(part)
    return _RECORDS[name]


def _derived(part: type[Written]) -> Record:
    hints = get_type_hints(part, include_extras=True)
    keys = []
    for field in fields(part):
        if field.name == "node":
            continue
        annotation = hints[field.name]
        meaning = annotation.__metadata__[-1] if get_origin(annotation) is Annotated else ""
        keys.append(
            Key(
                name=field.name.removesuffix("_"),
                attribute=field.name,
                shape=shape_of(annotation),
                meaning=meaning,
                is_required=not is_optional(part, field.name),
            )
        )
    return Record(part, tuple(keys))


def shape_of(annotation: Any) -> Shape:  # noqa: PLR0911 - one return for each kind
    """Return the shape that *annotation* stands for."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        given = next((each for each in arguments[1:] if hasattr(each, "schema")), None)
        return given if given is not None else shape_of(arguments[0])
    if origin is Literal:
        return OneWord(arguments)
    if origin is list:
        return ListOf(shape_of(arguments[0]))
    if origin is dict:
        return MappingOf(shape_of(arguments[1]))
    if origin in (Union, UnionType):
        options = tuple(shape_of(each) for each in arguments if each is not NoneType)
        return options[0] if len(options) == 1 else FirstOf(options)
    assert issubclass(annotation, Written), f"{annotation!r} is not a part of the language"
    return record_of(annotation)
