"""What one UpdateTable may change at once, and what is a change at all.

Nearly every setting has to be changed in a call of its own; nothing is changed where one is not.
Texts and their order as observed on AWS in October 2026 by the public notes ack-api-quirks,
DDB-TABLE-152, 164, 174, 359, 433 and 442.
"""

from collections.abc import Mapping
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.base.service import Parameters
from harness.services.dynamodb.errors import invalid_parameter, validation
from harness.services.dynamodb.table import Table
from harness.services.dynamodb.throughputsettings import (
    check_maxima,
    check_warmer_throughput,
    is_on_demand,
)

_ALONE = {
    "SSESpecification": "Server-Side Encryption",
    "TableClass": "TableClass",
    "DeletionProtectionEnabled": "DeletionProtection",
}
"""The settings that are changed alone; the first of those that are asked for is told."""
_INDEXES = "GlobalSecondaryIndexUpdates"
_UNITS = ("ReadCapacityUnits", "WriteCapacityUnits")


def check_something_changes(parameters: Parameters) -> None:
    """Raise where UpdateTable asks for nothing; an empty list of index updates is nothing."""
    wanted = parameters.keys() - {"TableName", "AttributeDefinitions"}
    updates = parameters.get(_INDEXES)
    if updates is not None and not updates:
        wanted -= {_INDEXES}
        if wanted:
            raise invalid_parameter("List of GlobalSecondaryIndexUpdates is empty")
    if not wanted:
        raise validation(
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
            "GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, "
            "MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, "
            "DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is "
            "required"
        )


def check_combination(parameters: Parameters) -> None:
    """Raise where *parameters* change together what has to be changed one after the other."""
    changed = parameters.keys() - {"TableName", "AttributeDefinitions"}
    is_several = len(changed) > 1
    for member, name in _ALONE.items():
        if member in changed and is_several:
            raise invalid_parameter(
                f"{name} modification must be the only operation in the request"
            )
    if "OnDemandThroughput" in changed and changed - {"OnDemandThroughput", "BillingMode"}:
        raise invalid_parameter(
            "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"
        )
    actions = {action for update in parameters.get(_INDEXES, ()) for action in update}
    if "WarmThroughput" in changed and is_several:
        if "Create" in actions:
            raise invalid_parameter(
                "Create global secondary index cannot be specified when updating WarmThroughput"
            )
        raise invalid_parameter("WarmThroughput must be the only operation in the request")
    changes_units = (
        "ProvisionedThroughput" in changed or parameters.get("BillingMode") == "PROVISIONED"
    )
    if changes_units and "StreamSpecification" in changed:
        raise invalid_parameter("You cannot modify stream status while updating table IOPS")
    if actions & {"Create", "Delete"}:
        if changes_units:
            raise invalid_parameter("You cannot create or delete index while updating table IOPS")
        if "StreamSpecification" in changed:
            raise invalid_parameter(
                "You cannot create or delete index while changing stream status"
            )


def check_encryption_change(table: Table, parameters: Parameters) -> None:
    """Raise where encryption with a key of one's own is to end that there is not."""
    wanted = parameters.get("SSESpecification")
    current = table.settings.get("SSESpecification", {})
    if wanted is not None and not wanted.get("Enabled") and not current.get("Enabled"):
        raise invalid_parameter("Table is already encrypted by default")


def check_billing_change(table: Table, parameters: Parameters) -> None:
    """Raise where the throughput asked for does not fit the billing mode that it leads to."""
    settings = table.settings
    throughput = parameters.get("ProvisionedThroughput")
    if is_on_demand({**settings, **parameters}):
        if throughput is not None:
            raise invalid_parameter(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                "BillingMode is PAY_PER_REQUEST"
            )
        return
    if throughput is None:
        if "BillingMode" in parameters:
            raise invalid_parameter(
                "ProvisionedThroughput must be specified when BillingMode is PROVISIONED"
            )
    elif is_on_demand(settings):
        _check_indexes_follow(table, parameters)
    else:
        check_units_change("table", "the table", settings["ProvisionedThroughput"], throughput)


def check_index_warmth(parameters: Parameters) -> None:
    """Raise where an index is to be warmer by no unit at all."""
    for update in parameters.get(_INDEXES, ()):
        for given in update.values():
            if not given.get("WarmThroughput", _UNITS):
                raise invalid_parameter(
                    "WarmThroughput must have at least one of ReadUnitsPerSecond or "
                    f"WriteUnitsPerSecond specified for index: {given['IndexName']}"
                )


def check_index_change(table: Table, parameters: Parameters, given: Mapping[str, Any]) -> None:
    """Raise where nothing of an index is to be changed, or what there is no reason to change."""
    name = given["IndexName"]
    settings = {**table.settings, **parameters}
    current = table.settings.get("Indexes", {}).get(name, {})
    wanted, there = (each.get("ProvisionedThroughput") for each in (given, current))
    if is_on_demand(settings) and not (
        given.get("OnDemandThroughput") or given.get("WarmThroughput")
    ):
        raise _only_updates(name)
    if there is not None and wanted is not None and not is_on_demand(table.settings):
        check_units_change(f"index {name}", f"index {name}", there, wanted)
    check_maxima(settings, given, name, can_be_lifted=True)
    check_warmer_throughput(settings, current, given, f"index {name}")


def check_index_billing(table: Table, parameters: Parameters) -> None:
    """Raise where the throughput of an index does not fit the billing mode of the table."""
    will_be_on_demand = is_on_demand({**table.settings, **parameters})
    for update in parameters.get(_INDEXES, ()):
        for action, given in update.items():
            if action == "Delete":
                continue
            name, units = given["IndexName"], given.get("ProvisionedThroughput")
            if will_be_on_demand and units is not None:
                if action == "Update":
                    raise _only_updates(name)
                raise invalid_parameter(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for "
                    f"index: {name} when BillingMode is PAY_PER_REQUEST"
                )
            if action == "Create" and not will_be_on_demand and units is None:
                raise invalid_parameter(
                    "Both ReadCapacityUnits and WriteCapacityUnits must be specified for "
                    f"index: {name}"
                )


def _only_updates(index_name: str) -> ServiceError:
    return invalid_parameter(
        f"The only Updates for index: {index_name} when TableThroughputMode is PAY_PER_REQUEST "
        "can be to OnDemandThroughput, WarmThroughput"
    )


def check_units_change(
    of: str, of_which: str, current: Mapping[str, Any], wanted: Mapping[str, Any]
) -> None:
    """Raise where the units asked for are those that are provisioned already."""
    if any(current[unit] != wanted[unit] for unit in _UNITS):
        return
    told = " ".join(
        f"Current {unit} provisioned for {of_which}: {current[unit]}. "
        f"Requested {unit}: {wanted[unit]}."
        for unit in _UNITS
    )
    raise validation(
        f"The provisioned throughput for the {of} will not change. The requested value equals "
        f"the current value. {told} Refer to the Amazon DynamoDB Developer Guide for current "
        "limits and how to request higher limits."
    )


def _check_indexes_follow(table: Table, parameters: Parameters) -> None:
    """Raise where a table that becomes provisioned leaves one of its indexes without units."""
    updated = {
        update["Update"]["IndexName"]
        for update in parameters.get(_INDEXES, ())
        if "ProvisionedThroughput" in update.get("Update", ())
    }
    left = [
        index.name
        for index in table.indexes.values()
        if index.is_global and index.name not in updated
    ]
    if left:
        raise invalid_parameter(
            f"ProvisionedThroughput must be specified for index: {','.join(left)}"
        )
