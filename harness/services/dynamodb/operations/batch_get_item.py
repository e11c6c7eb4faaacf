"""BatchGetItem."""

from collections.abc import Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import Item, copied_item
from harness.services.dynamodb.capacity import Consumption, is_wanted, outputs, read_units
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, validation
from harness.services.dynamodb.expressions.compiled import Compiled, bind
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.table import Table

_KNOWN = frozenset({"RequestItems", "ReturnConsumedCapacity"})
_KNOWN_OF_TABLE = frozenset(
    {"Keys", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames"}
)
_EXPRESSIONS = ("ProjectionExpression",)
_KEYS_MAX = 100
_ANSWER_SIZE_MAX = 16 * 1024 * 1024


def batch_get_item(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return the items of up to 100 keys; what does not fit in 16 MB stays unprocessed."""
    refuse_parameters("BatchGetItem", parameters, _KNOWN)
    requests = parameters["RequestItems"]
    if sum(len(request["Keys"]) for request in requests.values()) > _KEYS_MAX:
        raise validation("Too many items requested for the BatchGetItem call")
    prepared = [_prepare(database, name, request) for name, request in requests.items()]
    output: Output = {"Responses": {}, "UnprocessedKeys": {}}
    consumptions = []
    room = _ANSWER_SIZE_MAX
    for name, request, table, compiled in prepared:
        consumption = Consumption(table)
        room = _read(output, name, request, table, compiled, consumption, room)
        consumptions.append(consumption)
    if is_wanted(parameters):
        wanted = parameters["ReturnConsumedCapacity"]
        output["ConsumedCapacity"] = outputs(consumptions, wanted)
    return output


def _prepare(
    database: Database, name: str, request: Mapping[str, Any]
) -> tuple[str, Mapping[str, Any], Table, Compiled]:
    refuse_parameters("BatchGetItem", request, _KNOWN_OF_TABLE)
    compiled, _ = bind(request, _EXPRESSIONS)
    table = database.table(name)
    keys = [table.keys.key_of(key) for key in request["Keys"]]
    if len(set(keys)) != len(keys):
        raise validation("Provided list of item keys contains duplicates")
    return name, request, table, compiled


def _read(  # noqa: PLR0913, PLR0917 - one table's share of the call
    output: Output,
    name: str,
    request: Mapping[str, Any],
    table: Table,
    compiled: Compiled,
    consumption: Consumption,
    room: int,
) -> int:
    """Read the keys of one table into *output* and return the bytes that are left."""
    found: list[Item] = output["Responses"].setdefault(name, [])
    is_strong = bool(request.get("ConsistentRead"))
    for position, key in enumerate(request["Keys"]):
        item = table.items.get(table.keys.key_of(key))
        size = item_size(item or {})
        if size > room:
            rest = [copied_item(left) for left in request["Keys"][position:]]
            output["UnprocessedKeys"][name] = {**request, "Keys": rest}
            return 0
        room -= size
        consumption.read(read_units(size, is_strong=is_strong))
        if item is not None:
            project = compiled.projection or copied_item
            found.append(project(item))
    return room
