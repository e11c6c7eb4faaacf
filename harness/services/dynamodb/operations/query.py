"""Query."""

from collections.abc import Iterator, Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import AttributeValue, rank
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, validation
from harness.services.dynamodb.expressions.compiled import bind
from harness.services.dynamodb.expressions.keyconditions import KeyCondition, choose_conditions
from harness.services.dynamodb.keyorder import GREATEST, Place
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.pages import Reading

_KNOWN = frozenset(
    {
        "TableName",
        "IndexName",
        "KeyConditionExpression",
        "FilterExpression",
        "ProjectionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "Select",
        "Limit",
        "ConsistentRead",
        "ScanIndexForward",
        "ExclusiveStartKey",
        "ReturnConsumedCapacity",
    }
)
_EXPRESSIONS = ("KeyConditionExpression", "FilterExpression", "ProjectionExpression")


def query(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return a page of one partition, in the order of the sort key."""
    refuse_parameters("Query", parameters, _KNOWN)
    compiled, values = bind(parameters, _EXPRESSIONS)
    if "KeyConditionExpression" not in parameters:
        raise validation(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in "
            "the request."
        )
    reading = Reading(database, parameters, compiled)
    keys = reading.keys
    partition, sort = choose_conditions(compiled.key_conditions, keys, values)
    for name in (keys.partition_name, keys.sort_name):
        if name in compiled.condition_roots:
            raise validation(
                "Filter Expression can only contain non-primary key attributes: "
                f"Primary key attribute: {name}"
            )
    content = values[partition.bounds[0]][keys.partition_kind]
    wanted = _Range(sort, values)
    start = reading.start_place()
    if start is not None:
        _check_start(start, content, wanted)
    return reading.page(
        _visit(
            reading, content, wanted, start, is_forward=parameters.get("ScanIndexForward", True)
        ),
        values,
    )


class _Range:
    """The sort keys that a condition asks for."""

    def __init__(
        self, condition: KeyCondition | None, values: Mapping[str, AttributeValue]
    ) -> None:
        self._operator = "" if condition is None else condition.operator
        self._bounds = [] if condition is None else [rank(values[b]) for b in condition.bounds]

    @property
    def lowest(self) -> Any:
        """What no wanted sort key is less than, None for no such bound."""
        return None if self._operator in ("", "<", "<=") else self._bounds[0]

    @property
    def highest(self) -> Any:
        """What no wanted sort key is greater than, None for no such bound."""
        return self._bounds[-1] if self._operator in ("=", "<", "<=", "BETWEEN") else None

    def wants(self, sort: Any) -> bool:
        """Return whether *sort* meets the condition."""
        operator, bounds = self._operator, self._bounds
        if operator == "begins_with":
            return bool(sort.startswith(bounds[0]))
        if (operator == ">" and sort == bounds[0]) or (operator == "<" and sort == bounds[0]):
            return False
        lowest, highest = self.lowest, self.highest
        return (lowest is None or sort >= lowest) and (highest is None or sort <= highest)


def _check_start(start: Place, partition: Any, wanted: _Range) -> None:
    if start[0] != partition:
        raise validation(
            "The provided starting key is outside query boundaries based on provided conditions"
        )
    if not wanted.wants(start[1]):
        raise validation("The provided starting key does not match the range key predicate")


def _visit(
    reading: Reading, partition: Any, wanted: _Range, start: Place | None, *, is_forward: bool
) -> Iterator[PrimaryKey]:
    members = reading.table.order(reading.index).members(partition)
    if members is None:
        return
    begin: Any = None if start is None else (start[1], start[2])
    if is_forward:
        if begin is None and wanted.lowest is not None:
            entries = members.ascending((wanted.lowest,))
        else:
            entries = members.ascending(begin)
    elif begin is None and wanted.highest is not None:
        entries = members.descending((wanted.highest, GREATEST))
    else:
        entries = members.descending(begin)
    has_begun = False
    for entry in entries:
        if entry == begin:
            continue
        if wanted.wants(entry[0]):
            has_begun = True
            yield entry[1]
        elif has_begun and (is_forward or wanted.lowest is not None):
            return
