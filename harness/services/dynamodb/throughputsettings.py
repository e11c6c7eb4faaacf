"""Billing, throughput and encryption of a table and its indexes, as asked for and as shown.

Nothing here changes an item.  `throttling` reads the provisioned units where a world wants limits.
Source: API Reference, CreateTable and DescribeTable; "Warm throughput"; texts as observed on AWS by
the public notes ack-api-quirks, DDB-TABLE-128 and 457.
"""

from collections.abc import Mapping
from typing import Any

from harness.services.base.service import Surroundings
from harness.services.dynamodb.errors import invalid_parameter, validation

_TABLE_CLASSES = ("STANDARD", "STANDARD_INFREQUENT_ACCESS")
_WARM_DEFAULTS = {"ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 4_000}
"""What a new table on demand can serve at once."""
_UNITS_OF = {
    "ReadUnitsPerSecond": "ReadCapacityUnits",
    "WriteUnitsPerSecond": "WriteCapacityUnits",
}
_LIFTED = -1

SETTINGS = frozenset(
    {
        "BillingMode",
        "DeletionProtectionEnabled",
        "OnDemandThroughput",
        "ProvisionedThroughput",
        "SSESpecification",
        "TableClass",
        "WarmThroughput",
    }
)
_INDEX_SETTINGS = ("ProvisionedThroughput", "OnDemandThroughput", "WarmThroughput")


def check_settings(parameters: Mapping[str, Any]) -> None:
    """Raise where a setting is none that exists."""
    if parameters.get("TableClass", "STANDARD") not in _TABLE_CLASSES:
        raise validation(
            "Invalid table-class parameter provided. Please try again with a valid table-class "
            f"value: [{', '.join(_TABLE_CLASSES)}]."
        )
    _check_encryption(parameters.get("SSESpecification", {}))


def _check_encryption(wanted: Mapping[str, Any]) -> None:
    for member in ("SSEType", "KMSMasterKeyId"):
        if member in wanted and not wanted.get("Enabled", False):
            raise invalid_parameter(f"{member} can not be specified if Enabled is false")
    if "KMSMasterKeyId" in wanted and "SSEType" not in wanted:
        raise invalid_parameter("SSEType KMS is required if KMSMasterKeyId is specified")
    if wanted.get("SSEType") == "AES256":
        raise invalid_parameter("SSEType AES256 is not supported")


def is_on_demand(settings: Mapping[str, Any]) -> bool:
    """Return whether a table is billed by request."""
    return settings.get("BillingMode") == "PAY_PER_REQUEST"


def settings_of(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings among *parameters*, copied."""
    return {
        name: dict(parameters[name]) if isinstance(parameters[name], Mapping) else parameters[name]
        for name in sorted(SETTINGS & parameters.keys())
    }


def index_settings_of(index: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of one index, copied."""
    return {name: dict(index[name]) for name in _INDEX_SETTINGS if name in index}


def check_warm_throughput(settings: Mapping[str, Any], given: Mapping[str, Any], of: str) -> None:
    """Raise where the warm throughput of what is new is less than what there is anyhow."""
    wanted = given.get("WarmThroughput", {})
    for name, least in _initial(settings, given).items():
        if wanted.get(name, least) < least:
            bound = (
                "initial throughput for OnDemand"
                if is_on_demand(settings)
                else f"{_UNITS_OF[name]} of ProvisionedThroughput"
            )
            raise invalid_parameter(
                f"Requested {name} for WarmThroughput for {of} is lower than {bound}"
            )


def check_warmer_throughput(
    settings: Mapping[str, Any], current: Mapping[str, Any], given: Mapping[str, Any], of: str
) -> None:
    """Raise where the warm throughput asked for is less than what there is by now."""
    there = _initial(settings, current) | current.get("WarmThroughput", {})
    for name, wanted in given.get("WarmThroughput", {}).items():
        if wanted < there.get(name, wanted):
            raise invalid_parameter(
                f"Requested {name} for WarmThroughput for {of} is lower than current "
                "WarmThroughput, decreasing WarmThroughput is not supported"
            )


def check_maxima(
    settings: Mapping[str, Any],
    given: Mapping[str, Any],
    index_name: str | None = None,
    *,
    can_be_lifted: bool = False,
) -> None:
    """Raise where the maxima on demand do not fit the billing mode, or are none.

    An update lifts a maximum with -1.
    """
    for name, units in given.get("OnDemandThroughput", {}).items():
        if not is_on_demand(settings):
            of = "" if index_name is None else f" for index: {index_name}"
            raise invalid_parameter(
                f"{name} for OnDemandThroughput{of} cannot be specified when table BillingMode is "
                "PROVISIONED."
            )
        if units < 1 and not (can_be_lifted and units == _LIFTED):
            of = "table" if index_name is None else f"index : {index_name}"
            raise invalid_parameter(
                f"Requested {name} for OnDemandThroughput for {of} is outside of valid range"
            )


def lift_maxima(settings: dict[str, Any]) -> None:
    """Take those maxima out of *settings* that an update has lifted."""
    maxima = settings.get("OnDemandThroughput", {})
    left = {name: units for name, units in maxima.items() if units != _LIFTED}
    if left:
        settings["OnDemandThroughput"] = left
    else:
        settings.pop("OnDemandThroughput", None)


def shown_throughput(given: Mapping[str, int] | None) -> dict[str, int]:
    """Return ``ProvisionedThroughput`` as DescribeTable shows it: zeros where it is on demand."""
    units = given or {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    return {"NumberOfDecreasesToday": 0, **units}


def shown_warm_throughput(settings: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``WarmThroughput``: what was asked for, or what there is from the start."""
    return {**_initial(settings, given), **given.get("WarmThroughput", {}), "Status": "ACTIVE"}


def shown_encryption(surroundings: Surroundings, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``SSEDescription``; who names no key gets the account's own for DynamoDB."""
    key = wanted.get("KMSMasterKeyId")
    if key is None:
        key = surroundings.identity.arn("kms", "alias/aws/dynamodb")
    return {"Status": "ENABLED", "SSEType": wanted.get("SSEType", "KMS"), "KMSMasterKeyArn": key}


def _initial(settings: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, int]:
    units = given.get("ProvisionedThroughput")
    if units is None:
        return dict(_WARM_DEFAULTS) if is_on_demand(settings) else {}
    return {
        "ReadUnitsPerSecond": units["ReadCapacityUnits"],
        "WriteUnitsPerSecond": units["WriteCapacityUnits"],
    }
