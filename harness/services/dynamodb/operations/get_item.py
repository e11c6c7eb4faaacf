"""GetItem."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import copied_item, normal_item
from harness.services.dynamodb.capacity import Consumption, is_wanted, read_units
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.legacy.parameters import read_request
from harness.services.dynamodb.members import check_read

_KNOWN = frozenset(
    {
        "TableName",
        "Key",
        "ConsistentRead",
        "AttributesToGet",
        "ProjectionExpression",
        "ExpressionAttributeNames",
        "ReturnConsumedCapacity",
    }
)
_EXPRESSIONS = ("ProjectionExpression",)


def get_item(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return one item, or the wanted pieces of it."""
    if not parameters.keys() <= _KNOWN:
        refuse_parameters("GetItem", parameters, _KNOWN)
    check_read(parameters)
    key = normal_item(parameters["Key"])
    compiled, _ = read_request(parameters, _EXPRESSIONS)
    table = database.table(parameters["TableName"])
    item = table.items.get(table.keys.key_of(key))
    output: Output = {}
    if item is not None:
        project = compiled.projection
        output["Item"] = copied_item(item) if project is None else project(item)
    if is_wanted(parameters):
        consumption = Consumption(table)
        is_strong = bool(parameters.get("ConsistentRead"))
        consumption.read(read_units(item_size(item or {}), is_strong=is_strong))
        output["ConsumedCapacity"] = consumption.output(parameters["ReturnConsumedCapacity"])
    return output
