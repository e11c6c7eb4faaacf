"""``GlobalSecondaryIndexUpdates``: an index made, taken away, or given other throughput.

A new index is filled at once: it holds the items that were there, but for those whose key
attributes have another type or are empty.  Source: Developer Guide, "Managing global secondary
indexes".
"""

from collections.abc import Mapping
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.errors import invalid_parameter, validation
from harness.services.dynamodb.keyelements import used_names
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.tablechanges import check_units_change
from harness.services.dynamodb.tabledefinition import (
    attribute_kinds,
    check_definitions_used,
    secondary_index,
)
from harness.services.dynamodb.throughputsettings import (
    check_warm_throughput,
    index_settings_of,
    is_on_demand,
)


def update_indexes(table: Table, parameters: Mapping[str, Any]) -> None:
    """Do what ``GlobalSecondaryIndexUpdates`` asks for; change nothing where it is at fault."""
    updates = parameters.get("GlobalSecondaryIndexUpdates", ())
    for update in updates:
        if len(update) != 1:
            raise invalid_parameter(
                "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                "GlobalSecondaryIndexUpdate.Delete must not be null"
            )
    if sum("Update" not in update for update in updates) > 1:
        raise ServiceError(
            "LimitExceededException",
            "Subscriber limit exceeded: Only 1 online index can be created or deleted "
            "simultaneously per table",
        )
    named = [given["IndexName"] for update in updates for given in update.values()]
    for name in named:
        if named.count(name) > 1:
            raise invalid_parameter(
                "Only one global secondary index update per index is allowed simultaneously. "
                f"Index: {name}"
            )
    actions = [(action, given) for update in updates for action, given in update.items()]
    for action, given in actions:
        if action != "Create":
            _find(table, given["IndexName"])
        if action == "Update":
            _check_units(table, given)
    # What can still be at fault goes first.
    for action, given in sorted(actions, key=lambda each: each[0] != "Create"):
        _ACTIONS[action](table, given, parameters)


def _create(table: Table, given: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    name = given["IndexName"]
    if name in table.indexes:
        raise validation(
            f"Attempting to create an index which already exists: Index: {name}, "
            f"Table: {table.name}"
        )
    definitions = attribute_kinds(parameters.get("AttributeDefinitions", ()))
    kinds = table.attribute_kinds | definitions
    for attribute, kind in table.attribute_kinds.items():
        if kinds[attribute] != kind:
            raise invalid_parameter(f"Attribute {attribute} is defined with another type: {kind}")
    index = secondary_index(given, table.keys, kinds, is_global=True)
    indexes = [*table.indexes.values(), index]
    check_definitions_used(table.keys, indexes, kinds)
    settings = index_settings_of(given)
    check_warm_throughput(table.settings, settings, f"index {name}")
    table.set_indexes(indexes, kinds)
    table.settings.setdefault("Indexes", {})[name] = settings


def _update(table: Table, given: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    del parameters
    settings = table.settings.setdefault("Indexes", {}).setdefault(given["IndexName"], {})
    settings |= index_settings_of(given)


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


def _check_units(table: Table, given: Mapping[str, Any]) -> None:
    name = given["IndexName"]
    current = table.settings.get("Indexes", {}).get(name, {}).get("ProvisionedThroughput")
    wanted = given.get("ProvisionedThroughput")
    if current is not None and wanted is not None and not is_on_demand(table.settings):
        check_units_change(f"index {name}", f"index {name}", current, wanted)


def _find(table: Table, name: str) -> None:
    index = table.indexes.get(name)
    if index is None or not index.is_global:
        raise ServiceError(
            "ResourceNotFoundException",
            f"Requested resource not found: Index: {name}, Table: {table.name} not found",
        )


_ACTIONS = {"Create": _create, "Update": _update, "Delete": _delete}
