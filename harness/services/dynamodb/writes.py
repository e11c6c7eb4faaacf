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
    is_normal,
    nests_too_deep,
    normal_item,
)
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import (
    UpFrontError,
    conditional_check_failed,
    invalid_parameter,
    too_deep,
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
from harness.services.dynamodb.storeditems import StoredItem, pack, parts
from harness.services.dynamodb.table import Table

_CONDITION = ("ConditionExpression",)
_UPDATE = ("UpdateExpression", "ConditionExpression")
_ABSENT: Item = {}


class Conditional:
    """What every write has: its expressions, its values, its table and its condition."""

    __slots__ = (
        "compiled",
        "is_transacted",
        "parameters",
        "primary_key",
        "seen",
        "table",
        "values",
    )

    seen: Item | None
    """Of the item that `after` returned, what indexes and time to live look at, at least."""
    expressions: tuple[str, ...] = _CONDITION
    table: Table
    primary_key: PrimaryKey
    """Both are what `locate` finds."""

    def __init__(self, parameters: Mapping[str, Any], *, is_transacted: bool = False) -> None:
        self.parameters = parameters
        self.is_transacted = is_transacted
        self.seen = None
        compiled, values = read_request(parameters, self.expressions, int(is_transacted))
        self.compiled: Compiled = compiled
        self.values: Mapping[str, AttributeValue] = values

    def passes(self, old: StoredItem | None) -> bool:
        """Return whether the condition holds for the item as it is."""
        condition = self.compiled.condition
        if condition is None:
            return True
        item = _ABSENT if old is None else old.attributes(self.compiled.condition_roots)
        return condition(item, self.values)

    def failure(self, old: StoredItem | None) -> ServiceError:
        """Return the error of a condition that does not hold, with the item if it is wanted."""
        wanted = self.parameters.get("ReturnValuesOnConditionCheckFailure", "NONE")
        return conditional_check_failed(
            old.item if wanted == "ALL_OLD" and old is not None else None
        )


class Keyed(Conditional):
    """A write that names its item by ``Key``."""

    __slots__ = ("key",)

    def __init__(self, parameters: Mapping[str, Any], *, is_transacted: bool = False) -> None:
        self.key: Item = normal_item(parameters["Key"])
        super().__init__(parameters, is_transacted=is_transacted)

    def locate(self, database: Database) -> None:
        """Find the table and the primary key; raise where the key does not fit the table."""
        table = self.table = database.table(self.parameters["TableName"])
        self.primary_key = table.keys.key_of(self.key)
        if self.compiled.nested_roots:
            table.check_paths(self.compiled.nested_roots)


class Check(Keyed):
    """Changes nothing; a transaction fails with its condition."""

    __slots__ = ()

    def after(self, old: StoredItem | None) -> StoredItem | None:
        """Return the item as it was."""
        return old


class Put(Conditional):
    """Replaces the whole item."""

    __slots__ = ("item", "packed")

    def __init__(self, parameters: Mapping[str, Any], *, is_transacted: bool = False) -> None:
        given = parameters["Item"]
        # It is the caller's own where it is in normal form, and looked at only while it writes.
        item: Item = given if is_normal(given) else normal_item(given)
        self.item = item
        super().__init__(parameters, is_transacted=is_transacted)
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
        if len(self.packed) > ITEM_SIZE_MAX and item_size(item) > ITEM_SIZE_MAX:
            raise UpFrontError("Item size has exceeded the maximum allowed size")

    def after(self, old: StoredItem | None) -> StoredItem:
        """Return the new item."""
        self.seen = self.item
        new = StoredItem(self.packed)
        return old if old is not None and old.equals(new) else new


class Delete(Keyed):
    """Takes the item away."""

    __slots__ = ()

    def after(self, old: StoredItem | None) -> None:
        """Return None: no item."""


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
        if not self.is_transacted and update is not None:
            charge = update.charge
            if charge is not None and charge.is_too_large(self.values):
                raise _update_too_large()

    def after(self, old: StoredItem | None) -> StoredItem | None:
        """Return the changed item, None where only REMOVE and DELETE met no item."""
        new = self._changed(old)
        # Of a transaction a condition may look at a level more than an item has.
        if self.is_transacted and any(map(nests_too_deep, self.values.values())):
            seen, update = self.seen or _ABSENT, self.compiled.update
            roots = () if update is None else update.roots
            if any(nests_too_deep(seen[name]) for name in roots if name in seen):
                raise too_deep()
        return new

    def _changed(self, old: StoredItem | None) -> StoredItem | None:
        update, table = self.compiled.update, self.table
        if old is None:
            whole: dict[str, Any] = self.key
            if update is not None:
                applied = update.apply(_ABSENT, self.values)
                if not update.creates:
                    return None
                whole = whole | applied
            seen = whole
        elif update is None:
            return old
        else:
            # What the update does not touch stays packed.
            whole = old.top_level()
            before = parts(whole, table.watched | update.looks_at)
            seen = update.apply(before, self.values)
            if seen == before:
                return old
            for name in update.roots:
                if name in seen:
                    whole[name] = seen[name]
                else:
                    whole.pop(name, None)
        if table.indexes:
            table.check_index_keys(
                seen,
                is_update=update is not None and not update.is_legacy,
                is_transacted=self.is_transacted,
            )
        packed = pack(whole)
        if len(packed) > NAME_SIZE_MAX:
            _check_size(StoredItem(packed).item)
        self.seen = seen
        return StoredItem(packed)


def _check_size(item: Item) -> None:
    check_names(item)
    if item_size(item) > ITEM_SIZE_MAX:
        raise _update_too_large()


def _update_too_large() -> ServiceError:
    return validation("Item size to update has exceeded the maximum allowed size")


Write = Check | Put | Delete | Update
"""A write that has not happened yet: `locate`, then `passes`, then `after`."""
