"""GetItem."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import normal_item
from harness.services.dynamodb.capacity import Consumption, is_wanted, read_units
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.legacy.parameters import read_request
from harness.services.dynamodb.members import check_read, check_table

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


def get_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Return one item, or the wanted pieces of it."""
    if not parameters.keys() <= _KNOWN:
        refuse_parameters("GetItem", parameters, _KNOWN)
    if parameters["TableName"] not in database.tables:
        check_table(parameters["TableName"])
    check_read(parameters)
    key = normal_item(parameters["Key"])
    compiled, _ = read_request(parameters, _EXPRESSIONS)
    table = database.table(parameters["TableName"])
    primary_key = table.keys.key_of(key)
    if compiled.nested_roots:
        table.check_paths(compiled.nested_roots)
    stored = table.items.stored.get(primary_key)
    output: Output = {}
    if stored is not None:
        project = compiled.projection
        output["Item"] = stored.item if project is None else project(stored.item)
    if database.throttle is None and not is_wanted(parameters):
        return output
    consumption = Consumption(table)
    is_strong = bool(parameters.get("ConsistentRead"))
    size = 0 if stored is None else item_size(stored.item)
    consumption.read(read_units(size, is_strong=is_strong))
    if database.throttle is not None:
        database.throttle.spend(consumption, now)
    if is_wanted(parameters):
        output["ConsumedCapacity"] = consumption.output(parameters["ReturnConsumedCapacity"])
    return output
