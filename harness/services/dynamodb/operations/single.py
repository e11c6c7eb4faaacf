"""What the operations that write a single item share."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import copied_item
from harness.services.dynamodb.capacity import Consumption, is_wanted
from harness.services.dynamodb.collectionmetrics import refuse_collection_metrics
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters as refuse_unknown
from harness.services.dynamodb.errors import validation
from harness.services.dynamodb.writes import Write

__all__ = ["PARAMETERS", "add_capacity", "perform", "refuse_unknown"]

PARAMETERS = frozenset(
    {
        "TableName",
        "ConditionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "ReturnValues",
        "ReturnValuesOnConditionCheckFailure",
        "ReturnConsumedCapacity",
        "ReturnItemCollectionMetrics",
    }
)


def perform(database: Database, write: Write, parameters: Parameters, now: Instant) -> Output:
    """Do a put or a delete and return what the caller asked to see of the item before."""
    returned = parameters.get("ReturnValues", "NONE")
    if returned not in ("NONE", "ALL_OLD"):
        raise validation("ReturnValues can only be ALL_OLD or NONE")
    write.locate()
    table, primary_key = write.table, write.primary_key
    old = table.items.get(primary_key)
    if not write.passes(old):
        raise write.failure(old)
    new = write.after(old)
    database.write(table, primary_key, old, new, now)
    output: Output = {}
    if returned == "ALL_OLD" and old is not None:
        output["Attributes"] = copied_item(old)
    add_capacity(output, write, parameters, (old, new))
    return output


def add_capacity(
    output: Output,
    write: Write,
    parameters: Parameters,
    images: tuple[dict[str, dict[str, object]] | None, dict[str, dict[str, object]] | None],
) -> None:
    """Add ``ConsumedCapacity`` to *output* where the caller asked for it."""
    if is_wanted(parameters):
        consumption = Consumption(write.table)
        consumption.write(*images)
        output["ConsumedCapacity"] = consumption.output(parameters["ReturnConsumedCapacity"])
    if "ReturnItemCollectionMetrics" in parameters:
        refuse_collection_metrics(write.table, parameters)
