"""UpdateItem."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import Item, copied_item
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import check_choice
from harness.services.dynamodb.expressions.projections import compile_projection
from harness.services.dynamodb.operations.single import PARAMETERS, add_capacity, refuse_unknown
from harness.services.dynamodb.writes import Update

_RETURN_VALUES = ("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW")
_KNOWN = PARAMETERS | {"Key", "UpdateExpression"}


def update_item(database: Database, parameters: Parameters, now: Instant) -> Output:
    """Change attributes of one item, or make it."""
    if not parameters.keys() <= _KNOWN:
        refuse_unknown("UpdateItem", parameters, _KNOWN)
    returned = parameters.get("ReturnValues", "NONE")
    check_choice(returned, "returnValues", _RETURN_VALUES)
    write = Update(database, parameters)
    write.locate()
    table, primary_key = write.table, write.primary_key
    old = table.items.get(primary_key)
    if not write.passes(old):
        raise write.failure(old)
    new = write.after(old)
    database.write(table, primary_key, old, new, now)
    output: Output = {}
    if returned != "NONE":
        attributes = _attributes(write, returned, old, new)
        if attributes:
            output["Attributes"] = attributes
    add_capacity(output, write, parameters, (old, new))
    return output


def _attributes(write: Update, returned: str, old: Item | None, new: Item | None) -> Item:
    item = old if returned.endswith("_OLD") else new
    if item is None:
        return {}
    if returned.startswith("ALL_"):
        return copied_item(item)
    update = write.compiled.update
    return {} if update is None else compile_projection(update.targets)(item)
