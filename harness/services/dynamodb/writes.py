"""One write of one item: what it is, whether its condition holds, and what it leaves behind.

Faults of the request come first (making the write), then the table, then the key (`locate`): the
order in which AWS finds them.
"""

from collections.abc import Mapping
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import (
    AttributeValue,
    Item,
    copied_item,
    is_normal,
    normal_item,
)
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import (
    UpFrontError,
    conditional_check_failed,
    invalid_parameter,
    validation,
)
from harness.services.dynamodb.expressions.compiled import Compiled
from harness.services.dynamodb.itemsize import (
    ITEM_SIZE_MAX,
    NAME_SIZE_MAX,
    check_names,
    item_size,
)
from harness.services.dynamodb.keyschema import PrimaryKey
from harness.services.dynamodb.legacy.parameters import read_request
from harness.services.dynamodb.storeditems import pack
from harness.services.dynamodb.table import Table

_CONDITION = ("ConditionExpression",)
_UPDATE = ("UpdateExpression", "ConditionExpression")
_ABSENT: Item = {}


class Conditional:
    """What every write has: its expressions, its values, its table and its condition."""

    __slots__ = ("compiled", "packed", "parameters", "primary_key", "table", "values")

    packed: bytes | None
    """The item that `after` returned, packed; None where none was."""
    expressions: tuple[str, ...] = _CONDITION
    table: Table
    primary_key: PrimaryKey
    """Both are what `locate` finds."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.parameters = parameters
        self.packed = None
        compiled, values = read_request(parameters, self.expressions)
        self.compiled: Compiled = compiled
        self.values: Mapping[str, AttributeValue] = values

    def passes(self, old: Item | None) -> bool:
        """Return whether the condition holds for the item as it is."""
        condition = self.compiled.condition
        return condition is None or condition(_ABSENT if old is None else old, self.values)

    def failure(self, old: Item | None) -> ServiceError:
        """Return the error of a condition that does not hold, with the item if it is wanted."""
        wanted = self.parameters.get("ReturnValuesOnConditionCheckFailure", "NONE")
        is_shown = wanted == "ALL_OLD" and old is not None
        return conditional_check_failed(copied_item(old or {}) if is_shown else None)


class Keyed(Conditional):
    """A write that names its item by ``Key``."""

    __slots__ = ("key",)

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.key: Item = normal_item(parameters["Key"])
        super().__init__(parameters)

    def locate(self, database: Database) -> None:
        """Find the table and the primary key; raise where the key does not fit the table."""
        table = self.table = database.table(self.parameters["TableName"])
        self.primary_key = table.keys.key_of(self.key)
        if self.compiled.nested_roots:
            table.check_paths(self.compiled.nested_roots)


class Check(Keyed):
    """Changes nothing; a transaction fails with its condition."""

    __slots__ = ()

    def after(self, old: Item | None) -> Item | None:
        """Return the item as it was."""
        return old


class Put(Conditional):
    """Replaces the whole item."""

    __slots__ = ("item",)

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        given = parameters["Item"]
        # It is the caller's own where it is in normal form, and looked at only while it writes.
        item: Item = given if is_normal(given) else normal_item(given)
        self.item = item
        super().__init__(parameters)
        packed = self.packed = pack(item)
        if len(packed) > NAME_SIZE_MAX:
            check_names(item)

    def locate(self, database: Database) -> None:
        """Find the table and the primary key; raise where the item does not fit the table."""
        item = self.item
        table = self.table = database.table(self.parameters["TableName"])
        self.primary_key = table.keys.key_of_item(item)
        if self.compiled.nested_roots:
            table.check_paths(self.compiled.nested_roots)
        if table.indexes:
            table.check_index_keys(item, is_update=False)
        assert self.packed is not None, "a put has an item"
        if len(self.packed) > ITEM_SIZE_MAX and item_size(item) > ITEM_SIZE_MAX:
            raise UpFrontError("Item size has exceeded the maximum allowed size")

    def after(self, old: Item | None) -> Item | None:  # noqa: ARG002 - one shape for all writes
        """Return the new item."""
        return self.item


class Delete(Keyed):
    """Takes the item away."""

    __slots__ = ()

    def after(self, old: Item | None) -> Item | None:  # noqa: ARG002 - one shape for all writes
        """Return None: no item."""
        return None


class Update(Keyed):
    """Changes some attributes; makes the item where there is none."""

    __slots__ = ()

    expressions = _UPDATE

    def locate(self, database: Database) -> None:
        """Find the table and the primary key; raise where the update would change it."""
        table = self.table = database.table(self.parameters["TableName"])
        keys = table.keys
        self.primary_key = keys.key_of(self.key)
        update = self.compiled.update
        if update is not None and not keys.names.isdisjoint(update.roots):
            name = next(str(path[0]) for path in update.targets if path[0] in keys.names)
            raise invalid_parameter(
                f"Cannot update attribute {name}. This attribute is part of the key"
            )
        if self.compiled.nested_roots:
            table.check_paths(self.compiled.nested_roots)

    def after(self, old: Item | None) -> Item | None:
        """Return the changed item, None where only REMOVE and DELETE met no item."""
        update, table = self.compiled.update, self.table
        if old is not None:
            if update is None:
                return old
            new = update.apply(old, self.values)
        else:
            new = self.key
            if update is not None:
                applied = update.apply(_ABSENT, self.values)
                if not update.creates:
                    return None
                new = new | applied
        if table.indexes:
            table.check_index_keys(new, is_update=update is not None and not update.is_legacy)
        packed = self.packed = pack(new)
        if len(packed) > NAME_SIZE_MAX:
            check_names(new)
            if len(packed) > ITEM_SIZE_MAX and item_size(new) > ITEM_SIZE_MAX:
                raise validation("Item size to update has exceeded the maximum allowed size")
        return new


Write = Check | Put | Delete | Update
"""A write that has not happened yet: `locate`, then `passes`, then `after`."""
