"""What the operations that write a single item share."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.capacity import Consumption, is_wanted
from harness.services.dynamodb.collectionmetrics import are_wanted, collection_metrics
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters as refuse_unknown
from harness.services.dynamodb.storeditems import StoredItem, item_of
from harness.services.dynamodb.writes import Put, Write

__all__ = ["PARAMETERS", "add_capacity", "change", "perform", "refuse_unknown", "spending"]

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
_Images = tuple[StoredItem | None, StoredItem | None]


def perform(database: Database, write: Write, parameters: Parameters, now: Instant) -> Output:
    """Do a put or a delete and return what the caller asked to see of the item before."""
    old, new = change(database, write, now)
    output: Output = {}
    if old is not None and parameters.get("ReturnValues") == "ALL_OLD":
        output["Attributes"] = old.item
    add_capacity(output, write, parameters, (old, new))
    return output


def change(database: Database, write: Write, now: Instant) -> _Images:
    """Carry out *write* and return the item before and after it."""
    write.locate(database)
    table, primary_key = write.table, write.primary_key
    old = table.items.stored.get(primary_key)
    is_met = write.passes(old)
    new = write.after(old) if is_met else None
    if database.throttle is not None:
        database.throttle.spend(spending(write, old, new, is_met=is_met), now)
    if not is_met:
        raise write.failure(old)
    database.write(table, primary_key, old, new, now, write.seen)
    return old, new


def spending(
    write: Write, old: StoredItem | None, new: StoredItem | None, *, is_met: bool, factor: int = 1
) -> Consumption:
    """Return what *write* costs; a condition that does not hold costs as well."""
    consumption = Consumption(write.table)
    if is_met:
        consumption.write(item_of(old), item_of(new), factor)
    else:
        consumption.failed(item_of(old), write.item if isinstance(write, Put) else None, factor)
    return consumption


def add_capacity(output: Output, write: Write, parameters: Parameters, images: _Images) -> None:
    """Add ``ConsumedCapacity`` to *output* where the caller asked for it."""
    if is_wanted(parameters):
        consumption = Consumption(write.table)
        consumption.write(item_of(images[0]), item_of(images[1]))
        output["ConsumedCapacity"] = consumption.output(parameters["ReturnConsumedCapacity"])
    if are_wanted(parameters):
        metrics = collection_metrics(write.table, write.primary_key)
        if metrics is not None:
            output["ItemCollectionMetrics"] = metrics
