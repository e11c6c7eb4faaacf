"""Every resource type there is, by its name."""

import re
from collections.abc import Callable, Sequence

from harness.errors import HarnessError
from harness.world.template.node import Position
from harness.world.template.problems import REMEDY, broken, suggestion, unsupported
from harness.world.template.resources import (
    appsync,
    dynamodb,
    eventsourcemapping,
    function,
    invokeconfig,
    kinesis,
    s3,
    sqs,
    unsimulated,
)
from harness.world.template.resources.resourcetype import ResourceType
from harness.world.template.scope import Declaration, Identification, Scope

TYPES: dict[str, ResourceType] = {
    known.name: known
    for family in (
        *(dynamodb.TYPES, kinesis.TYPES, sqs.TYPES, s3.TYPES, function.TYPES),
        *(eventsourcemapping.TYPES, invokeconfig.TYPES, appsync.TYPES),
    )
    for known in family
}
BUILD_ORDER = tuple(TYPES)
"""An API comes before its parts, whatever the order in the template."""

TYPE_NAME = re.compile(r"(AWS|Custom)::\w+(::\w+)?")


def identify_of(type_name: str) -> Callable[[Declaration, Scope], Identification] | None:
    """Return how resources of *type_name* are named, or None for a type that is not known."""
    if type_name in TYPES:
        return TYPES[type_name].identify
    return unsimulated.identify if type_name in unsimulated.TYPES else None


def unknown_type(
    logical_id: str, type_name: str, position: Position, others: Sequence[str] = ()
) -> HarnessError:
    """Return the error for a resource type that is not known here, nor those of *others*."""
    nearest = suggestion(type_name, [*TYPES, *unsimulated.TYPES], likeness=0.9)
    if not TYPE_NAME.fullmatch(type_name):
        return broken(position, f"{logical_id}: {type_name!r} is no resource type{nearest}")
    problem = (
        f"{logical_id}: resource type {type_name!r} is not modelled{nearest or '; ' + REMEDY}"
    )
    if others and not nearest:
        problem += f"; so are the types of {', '.join(others)}"
    return unsupported(position, problem)
