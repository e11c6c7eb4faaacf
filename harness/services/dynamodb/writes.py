"""One write of one item: what it is, whether its condition holds, and what it leaves behind.

`bind` faults come first, then the table, then the key: the order in which AWS finds them.
"""

from collections.abc import Mapping
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import (
    AttributeValue,
    Item,
    copied_item,
    normal_item,
)
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import (
    conditional_check_failed,
    invalid_parameter,
    validation,
)
from harness.services.dynamodb.expressions.compiled import Compiled, bind
from harness.services.dynamodb.itemsize import is_too_large
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.table import Table

_CONDITION = ("ConditionExpression",)
_UPDATE = ("UpdateExpression", "ConditionExpression")
_ABSENT: Item = {}


class Conditional:
    """What every write has: its expressions, its values, its table and its condition."""

    __slots__ = ("compiled", "parameters", "primary_key", "table", "values")

    expressions: tuple[str, ...] = _CONDITION

    def __init__(self, database: Database, parameters: Mapping[str, Any]) -> None:
        self.parameters = parameters
        compiled, values = bind(parameters, self.expressions)
        self.compiled: Compiled = compiled
        self.values: Mapping[str, AttributeValue] = values
        self.table: Table = database.table(parameters["TableName"])
        self.primary_key: PrimaryKey = ("", "")
        """What `locate` finds."""

    def passes(self, old: Item | None) -> bool:
        """Return whether the condition holds for the item as it is."""
        condition = self.compiled.condition
        return condition is None or condition(_ABSENT if old is None else old, self.values)

    def failure(self, old: Item | None) -> ServiceError:
        """Return the error of a condition that does not hold, with the item if it is wanted."""
        wanted = self.parameters.get("ReturnValuesOnConditionCheckFailure", "NONE")
        is_shown = wanted == "ALL_OLD" and old is not None
        return conditional_check_failed(copied_item(old or {}) if is_shown else None)


class Check(Conditional):
    """Changes nothing; a transaction fails with its condition."""

    __slots__ = ()

    def locate(self) -> None:
        """Find the primary key; raise where the key does not fit the table."""
        self.primary_key = self.table.keys.key_of(self.parameters["Key"])

    def after(self, old: Item | None) -> Item | None:
        """Return the item as it was."""
        return old


class Put(Conditional):
    """Replaces the whole item."""

    __slots__ = ("item",)

    def __init__(self, database: Database, parameters: Mapping[str, Any]) -> None:
        self.item: Item = normal_item(parameters["Item"])
        super().__init__(database, parameters)

    def locate(self) -> None:
        """Find the primary key; raise where the item does not fit the table."""
        item, table = self.item, self.table
        self.primary_key = table.keys.key_of_item(item)
        if table.indexes:
            table.check_index_keys(item, is_update=False)
        if is_too_large(item):
            raise validation("Item size has exceeded the maximum allowed size")

    def after(self, old: Item | None) -> Item | None:  # noqa: ARG002 - one shape for all writes
        """Return the new item."""
        return self.item


class Delete(Conditional):
    """Takes the item away."""

    __slots__ = ()

    def locate(self) -> None:
        """Find the primary key; raise where the key does not fit the table."""
        self.primary_key = self.table.keys.key_of(self.parameters["Key"])

    def after(self, old: Item | None) -> Item | None:  # noqa: ARG002 - one shape for all writes
        """Return None: no item."""
        return None


class Update(Conditional):
    """Changes some attributes; makes the item where there is none."""

    __slots__ = ()

    expressions = _UPDATE

    def locate(self) -> None:
        """Find the primary key; raise where the update would change it."""
        keys = self.table.keys
        self.primary_key = keys.key_of(self.parameters["Key"])
        update = self.compiled.update
        if update is not None and not keys.names.isdisjoint(update.roots):
            name = next(str(path[0]) for path in update.targets if path[0] in keys.names)
            raise invalid_parameter(
                f"Cannot update attribute {name}. This attribute is part of the key"
            )

    def after(self, old: Item | None) -> Item | None:
        """Return the changed item, None where only REMOVE and DELETE met no item."""
        update, table = self.compiled.update, self.table
        if old is not None:
            if update is None:
                return old
            new = update.apply(old, self.values)
        else:
            new = table.keys.normal_key(self.parameters["Key"])
            if update is not None:
                applied = update.apply(_ABSENT, self.values)
                if not update.creates:
                    return None
                new.update(applied)
        if table.indexes:
            table.check_index_keys(new, is_update=True)
        if is_too_large(new):
            raise validation("Item size to update has exceeded the maximum allowed size")
        return new


Write = Check | Put | Delete | Update
"""A write that has not happened yet: `locate`, then `passes`, then `after`."""
