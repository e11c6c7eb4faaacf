"""UpdateItem."""

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import enveloped
from harness.services.dynamodb.expressions.projections import compile_projection
from harness.services.dynamodb.members import check_table, check_update
from harness.services.dynamodb.operations.single import (
    PARAMETERS,
    add_capacity,
    change,
    refuse_unknown,
)
from harness.services.dynamodb.storeditems import StoredItem, item_of
from harness.services.dynamodb.writes import Update

_KNOWN = PARAMETERS | {"Key", "UpdateExpression", "AttributeUpdates"}


def update_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Change attributes of one item, or make it."""
    if not parameters.keys() <= _KNOWN:
        refuse_unknown("UpdateItem", parameters, _KNOWN)
    if parameters["TableName"] not in database.tables:
        check_table(parameters["TableName"])
    check_update(parameters)
    try:
        write = Update(parameters)
    except ServiceError as error:
        raise enveloped(error, parameters) from error
    old, new = change(database, write, now)
    output: Output = {}
    returned = parameters.get("ReturnValues", "NONE")
    if returned != "NONE":
        attributes = _attributes(write, returned, old, new)
        if attributes:
            output["Attributes"] = attributes
    add_capacity(output, write, parameters, (old, new))
    return output


def _attributes(
    write: Update, returned: str, old: StoredItem | None, new: StoredItem | None
) -> Item:
    item = item_of(old if returned.endswith("_OLD") else new)
    if item is None:
        return {}
    if returned.startswith("ALL_"):
        return item
    update = write.compiled.update
    return {} if update is None else compile_projection(update.targets)(item)
