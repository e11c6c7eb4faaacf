"""``GlobalSecondaryIndexUpdates``: an index made, taken away, or given other throughput.

A new index is filled at once: it holds the items that were there, but for those whose key
attributes have another type or are empty.  Source: Developer Guide, "Managing global secondary
indexes"; texts and what becomes of definitions as observed on AWS by the public notes
ack-api-quirks, DDB-TABLE-137, 160, 161, 162 and 169, and the public suite paritysuite/dynamodb-conformance.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.errors import invalid_parameter, validation
from harness.services.dynamodb.keyelements import used_names
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tablechanges import check_index_change
from harness.services.dynamodb.tabledefinition import (
    GLOBAL_INDEXES_MAX,
    attribute_kinds,
    secondary_index,
)
from harness.services.dynamodb.throughputsettings import (
    check_maxima,
    check_warm_throughput,
    index_settings_of,
    lift_maxima,
)


def update_indexes(table: Table, parameters: Mapping[str, Any]) -> None:
    """Do what ``GlobalSecondaryIndexUpdates`` asks for; change nothing where it is at fault."""
    updates = parameters.get("GlobalSecondaryIndexUpdates", ())
    _check_updates(updates)
    actions = [(action, given) for update in updates for action, given in update.items()]
    for action, given in actions:
        if action != "Create":
            _find(table, given["IndexName"], action)
        if action == "Update":
            check_index_change(table, parameters, given)
    # What can still be at fault goes first.
    for action, given in sorted(actions, key=lambda each: each[0] != "Create"):
        _ACTIONS[action](table, given, parameters)


def _check_updates(updates: Sequence[Mapping[str, Any]]) -> None:
    """Raise where they are not one action each, on an index of its own, and one of them slow."""
    for update in updates:
        if len(update) > 1:
            raise invalid_parameter(
                "Only one global secondary index action is allowed per "
                "GlobalSecondaryIndexUpdate object"
            )
        if not update:
            raise invalid_parameter(
                "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                "GlobalSecondaryIndexUpdate.Delete must not be null"
            )
    named = [given["IndexName"] for update in updates for given in update.values()]
    for name in named:
        if named.count(name) > 1:
            raise invalid_parameter(
                "Only one global secondary index update per index is allowed simultaneously. "
                f"Index: {name}"
            )
    if sum("Update" not in update for update in updates) > 1:
        raise ServiceError(
            "LimitExceededException",
            "Subscriber limit exceeded: Only 1 online index can be created or deleted "
            "simultaneously per table",
        )


def _create(table: Table, given: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    name = given["IndexName"]
    if name in table.indexes:
        raise validation("Attempting to create an index which already exists")
    if sum(index.is_global for index in table.indexes.values()) >= GLOBAL_INDEXES_MAX:
        raise ServiceError(
            "LimitExceededException",
            "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table "
            f"limit of {GLOBAL_INDEXES_MAX}",
        )
    if not parameters.get("AttributeDefinitions"):
        raise invalid_parameter(f"AttributeDefinitions is not specified for index: {name}")
    index = secondary_index(given, table.keys, _key_kinds(table, parameters), is_global=True)
    indexes = [*table.indexes.values(), index]
    kinds = table.attribute_kinds | dict((*index.keys.partition, *index.keys.sort))
    settings = index_settings_of(given)
    of_table = {**table.settings, **parameters}
    check_maxima(of_table, settings, name)
    check_warm_throughput(of_table, settings, f"index {name}")
    table.set_indexes(indexes, kinds)
    table.settings.setdefault("Indexes", {})[name] = settings


def _key_kinds(table: Table, parameters: Mapping[str, Any]) -> dict[str, str]:
    """Return the types of the attributes that the call defines: those there already keep theirs.

    What the call does not name is no key of the new index, though the table define it.
    """
    defined = attribute_kinds(parameters["AttributeDefinitions"])
    return {name: table.attribute_kinds.get(name, kind) for name, kind in defined.items()}


def _update(table: Table, given: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    del parameters
    settings = table.settings.setdefault("Indexes", {}).setdefault(given["IndexName"], {})
    settings |= index_settings_of(given)
    lift_maxima(settings)


def _delete(table: Table, given: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    del parameters
    name = given["IndexName"]
    rest = [index for index in table.indexes.values() if index.name != name]
    used = used_names(table.keys, rest)
    kinds = {
        attribute: kind for attribute, kind in table.attribute_kinds.items() if attribute in used
    }
    table.set_indexes(rest, kinds)
    table.settings.get("Indexes", {}).pop(name, None)


def _find(table: Table, name: str, action: str) -> None:
    index = table.indexes.get(name)
    if index is not None and not index.is_global:
        raise validation(
            f"Cannot {action.lower()} an index that is not a GlobalSecondaryIndex: {name}"
        )
    if index is None:
        raise ServiceError(
            "ResourceNotFoundException",
            f"Requested resource not found: Index {name} for table {table.name}",
        )


_ACTIONS = {"Create": _create, "Update": _update, "Delete": _delete}
