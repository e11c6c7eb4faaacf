"""TransactGetItems."""

from collections.abc import Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import Item, normal_item
from harness.services.dynamodb.capacity import Consumption, is_wanted, outputs, read_units
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import (
    UpFrontError,
    ValueFaultError,
    refuse_parameters,
    validation,
)
from harness.services.dynamodb.expressions.compiled import Compiled, bind
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.members import check_several
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.throttling import Throttle
from harness.services.dynamodb.transactions import (
    Reason,
    cancelled,
    check_action_count,
    reason_of,
)

_KNOWN = frozenset({"TransactItems", "ReturnConsumedCapacity"})
_KNOWN_OF_GET = frozenset({"TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames"})
_EXPRESSIONS = ("ProjectionExpression",)


def transact_get_items(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Return up to 100 items as they are at one instant; a missing one is ``{}``."""
    refuse_parameters("TransactGetItems", parameters, _KNOWN)
    actions = parameters["TransactItems"]
    check_action_count(actions)
    check_several(parameters)
    gets = [action["Get"] for action in actions]
    try:
        prepared = [_prepare(get) for get in gets]
    except ValueFaultError as fault:
        raise fault.older() from fault
    tables = [database.table(get["TableName"]) for get in gets]
    keys = []
    for position, (table, (given, _)) in enumerate(zip(tables, prepared, strict=True)):
        try:
            keys.append(table.keys.key_of(given))
        except UpFrontError:
            raise
        except ServiceError as error:
            reasons: list[Reason | None] = [None] * len(gets)
            reasons[position] = reason_of(error)
            raise cancelled(reasons) from error
    places = {(table.name, key) for table, key in zip(tables, keys, strict=True)}
    if len(places) != len(gets):
        raise validation("Transaction request cannot include multiple operations on one item")
    responses: list[Output] = []
    consumptions: dict[str, Consumption] = {}
    if database.throttle is not None:
        _spend(database.throttle, tables, keys, now)
    for table, key, (_, compiled) in zip(tables, keys, prepared, strict=True):
        item = table.items.get(key)
        project = compiled.projection
        shown = item if item is None or project is None else project(item)
        # Unlike GetItem, which shows an empty item where the projection finds nothing in it.
        responses.append({"Item": shown} if shown else {})
        consumption = consumptions.setdefault(table.name, Consumption(table))
        consumption.read(2 * read_units(item_size(item or {}), is_strong=True))
    output: Output = {"Responses": responses}
    if is_wanted(parameters):
        wanted = parameters["ReturnConsumedCapacity"]
        output["ConsumedCapacity"] = outputs(
            consumptions.values(), wanted, with_kinds="ReadCapacityUnits"
        )
    return output


def _spend(throttle: Throttle, tables: list[Table], keys: list[PrimaryKey], now: Instant) -> None:
    """Use what the reads cost; raise the cancellation where one finds nothing left."""
    for position, (table, key) in enumerate(zip(tables, keys, strict=True)):
        consumption = Consumption(table)
        size = item_size(table.items.get(key, {}))
        consumption.read(2 * read_units(size, is_strong=True))
        try:
            throttle.spend(consumption, now)
        except ServiceError as error:
            reasons: list[Reason | None] = [None] * len(keys)
            reasons[position] = reason_of(error)
            raise cancelled(reasons) from error


def _prepare(get: Mapping[str, Any]) -> tuple[Item, Compiled]:
    refuse_parameters("TransactGetItems.Get", get, _KNOWN_OF_GET)
    key = normal_item(get["Key"])
    compiled, _ = bind(get, _EXPRESSIONS)
    return key, compiled
