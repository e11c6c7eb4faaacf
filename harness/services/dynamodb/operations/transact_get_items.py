"""TransactGetItems."""

from collections.abc import Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import copied_item
from harness.services.dynamodb.capacity import Consumption, is_wanted, outputs, read_units
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import constraint, refuse_parameters, validation
from harness.services.dynamodb.expressions.compiled import Compiled, bind
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.transactions import ACTIONS_MAX, Reason, cancelled, reason_of

_KNOWN = frozenset({"TransactItems", "ReturnConsumedCapacity"})
_KNOWN_OF_GET = frozenset({"TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames"})
_EXPRESSIONS = ("ProjectionExpression",)


def transact_get_items(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return up to 100 items as they are at one instant; a missing one is ``{}``."""
    refuse_parameters("TransactGetItems", parameters, _KNOWN)
    gets = [action["Get"] for action in parameters["TransactItems"]]
    if not 1 <= len(gets) <= ACTIONS_MAX:
        bound = (
            "greater than or equal to 1" if not gets else f"less than or equal to {ACTIONS_MAX}"
        )
        raise constraint("[...]", "transactItems", f"have length {bound}")
    prepared = [_prepare(database, get) for get in gets]
    keys = []
    for position, (get, table, _) in enumerate(prepared):
        try:
            keys.append(table.keys.key_of(get["Key"]))
        except ServiceError as error:
            reasons: list[Reason | None] = [None] * len(gets)
            reasons[position] = reason_of(error)
            raise cancelled(reasons) from error
    places = {(table.name, key) for (_, table, _), key in zip(prepared, keys, strict=True)}
    if len(places) != len(gets):
        raise validation("Transaction request cannot include multiple operations on one item")
    responses: list[Output] = []
    consumptions: dict[str, Consumption] = {}
    for (_, table, compiled), key in zip(prepared, keys, strict=True):
        item = table.items.get(key)
        project = compiled.projection or copied_item
        responses.append({} if item is None else {"Item": project(item)})
        consumption = consumptions.setdefault(table.name, Consumption(table))
        consumption.read(2 * read_units(item_size(item or {}), is_strong=True))
    output: Output = {"Responses": responses}
    if is_wanted(parameters):
        wanted = parameters["ReturnConsumedCapacity"]
        output["ConsumedCapacity"] = outputs(
            consumptions.values(), wanted, with_kinds="ReadCapacityUnits"
        )
    return output


def _prepare(
    database: Database, get: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Table, Compiled]:
    refuse_parameters("TransactGetItems.Get", get, _KNOWN_OF_GET)
    compiled, _ = bind(get, _EXPRESSIONS)
    return get, database.table(get["TableName"]), compiled
