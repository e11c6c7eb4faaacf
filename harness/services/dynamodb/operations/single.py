"""What the operations that write a single item share."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import Item, copied_item
from harness.services.dynamodb.capacity import Consumption, is_wanted
from harness.services.dynamodb.collectionmetrics import refuse_collection_metrics
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters as refuse_unknown
from harness.services.dynamodb.writes import Write

__all__ = ["PARAMETERS", "add_capacity", "change", "perform", "refuse_unknown"]

PARAMETERS = frozenset(
    {
        "TableName",
        "ConditionExpression",
        "ConditionalOperator",
        "Expected",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "ReturnValues",
        "ReturnValuesOnConditionCheckFailure",
        "ReturnConsumedCapacity",
        "ReturnItemCollectionMetrics",
    }
)
_Images = tuple[Item | None, Item | None]


def perform(database: Database, write: Write, parameters: Parameters, now: Instant) -> Output:
    """Do a put or a delete and return what the caller asked to see of the item before."""
    old, new = change(database, write, now)
    output: Output = {}
    if old is not None and parameters.get("ReturnValues") == "ALL_OLD":
        output["Attributes"] = copied_item(old)
    add_capacity(output, write, parameters, (old, new))
    return output


def change(database: Database, write: Write, now: Instant) -> _Images:
    """Carry out *write* and return the item before and after it."""
    write.locate(database)
    table, primary_key = write.table, write.primary_key
    old = table.items.get(primary_key)
    if not write.passes(old):
        raise write.failure(old)
    new = write.after(old)
    database.write(table, primary_key, old, new, now)
    return old, new


def add_capacity(output: Output, write: Write, parameters: Parameters, images: _Images) -> None:
    """Add ``ConsumedCapacity`` to *output* where the caller asked for it."""
    if is_wanted(parameters):
        consumption = Consumption(write.table)
        consumption.write(*images)
        output["ConsumedCapacity"] = consumption.output(parameters["ReturnConsumedCapacity"])
    if "ReturnItemCollectionMetrics" in parameters:
        refuse_collection_metrics(write.table, parameters)
