"""Query."""

from collections.abc import Iterator
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, validation
from harness.services.dynamodb.expressions.keyconditions import choose_conditions
from harness.services.dynamodb.keyorder import GREATEST, Place
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.legacy.parameters import read_request
from harness.services.dynamodb.members import check_limit, check_read
from harness.services.dynamodb.pages import Reading
from harness.services.dynamodb.selection import check_filter, check_selection
from harness.services.dynamodb.sortrange import SortRange

_KNOWN = frozenset(
    {
        "TableName",
        "IndexName",
        "AttributesToGet",
        "ConditionalOperator",
        "KeyConditionExpression",
        "KeyConditions",
        "FilterExpression",
        "ProjectionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "Select",
        "Limit",
        "ConsistentRead",
        "QueryFilter",
        "ScanIndexForward",
        "ExclusiveStartKey",
        "ReturnConsumedCapacity",
    }
)
_EXPRESSIONS = ("KeyConditionExpression", "FilterExpression", "ProjectionExpression")


def query(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Return a page of one partition, in the order of the sort key."""
    refuse_parameters("Query", parameters, _KNOWN)
    check_read(parameters)
    check_limit(parameters, is_query=True)
    compiled, values = read_request(parameters, _EXPRESSIONS)
    check_selection(parameters, compiled)
    if not compiled.key_conditions:
        raise validation(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in "
            "the request."
        )
    reading = Reading(database, parameters, compiled)
    keys = reading.keys
    hashed, ordered = choose_conditions(compiled.key_conditions, keys.partition, keys.sort, values)
    for name, _ in (*keys.partition, *keys.sort):
        if name in compiled.condition_roots:
            filters = "QueryFilter" if "QueryFilter" in parameters else "Filter Expression"
            raise validation(
                f"{filters} can only contain non-primary key attributes: "
                f"Primary key attribute: {name}"
            )
    if reading.index is not None:
        check_filter(reading.index, compiled)
    contents = tuple(
        values[condition.bounds[0]][kind]
        for condition, (_, kind) in zip(hashed, keys.partition, strict=True)
    )
    content = contents[0] if len(contents) == 1 else contents
    wanted = SortRange(ordered, values, is_composite=len(keys.sort) > 1)
    start = reading.start_place()
    if start is not None:
        _check_start(start, content, wanted)
    is_forward = parameters.get("ScanIndexForward", True)
    places = _visit(reading, content, wanted, start, is_forward=is_forward)
    return reading.page(places, values, now)


def _check_start(start: Place, partition: Any, wanted: SortRange) -> None:
    if start[0] != partition:
        raise validation(
            "The provided starting key is outside query boundaries based on provided conditions"
        )
    if not wanted.wants(start[1]):
        raise validation("The provided starting key does not match the range key predicate")


def _visit(
    reading: Reading, partition: Any, wanted: SortRange, start: Place | None, *, is_forward: bool
) -> Iterator[PrimaryKey]:
    members = reading.table.order(reading.index).members(partition)
    if members is None:
        return
    begin: Any = None if start is None else (start[1], start[2])
    lowest, highest = wanted.lowest, wanted.highest
    if is_forward:
        first = (lowest,) if begin is None and lowest is not None else begin
        entries = members.ascending(first)
    else:
        first = (highest, GREATEST) if begin is None and highest is not None else begin
        entries = members.descending(first)
    has_begun = False
    for entry in entries:
        if entry == begin:
            continue
        if wanted.wants(entry[0]):
            has_begun = True
            yield entry[1]
        elif has_begun:
            return
