"""UpdateTable: what can be changed at once, what is no change, and that a refusal changes nothing."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, TABLE, Engine

UPDATE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html"
INVALID = "One or more parameter values were invalid: "
ONE = {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}
TWO = {"ReadCapacityUnits": 2, "WriteCapacityUnits": 2}
INITIAL = (
    "When a table switches from pay-per-request to provisioned, initial values must be set for it and "
    "its global indexes"
)
INDEX = INDEXED["GlobalSecondaryIndexes"][0]
PROVISIONED = INDEXED | {
    "BillingMode": "PROVISIONED",
    "ProvisionedThroughput": ONE,
    "GlobalSecondaryIndexes": [{**INDEX, "ProvisionedThroughput": ONE}],
    "StreamSpecification": {"StreamEnabled": False},
}
OTHER_INDEX = {
    "IndexName": "other",
    "KeySchema": [{"AttributeName": "verdict", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
}
STREAM = {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}


def refused(engine: Engine, **parameters: Any) -> str:
    before = engine.call("DescribeTable")
    with pytest.raises(ServiceError) as caught:
        engine.call("UpdateTable", **parameters)
    assert caught.value.code == "ValidationException"
    assert engine.call("DescribeTable") == before
    return caught.value.message


def create(**more: Any) -> list[dict[str, Any]]:
    return [{"Create": {**OTHER_INDEX, **more}}]


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"DeletionProtectionEnabled": True, "TableClass": "STANDARD"},
            "TableClass modification must be the only operation in the request",
        ),
        (
            {"DeletionProtectionEnabled": True, "SSESpecification": {"Enabled": True}},
            "Server-Side Encryption modification must be the only operation in the request",
        ),
        (
            {"DeletionProtectionEnabled": True, "StreamSpecification": STREAM},
            "DeletionProtection modification must be the only operation in the request",
        ),
        (
            {
                "OnDemandThroughput": {"MaxReadRequestUnits": 1},
                "StreamSpecification": STREAM,
            },
            "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request",
        ),
        (
            {
                "WarmThroughput": {"ReadUnitsPerSecond": 9},
                "StreamSpecification": STREAM,
            },
            "WarmThroughput must be the only operation in the request",
        ),
        (
            {
                "WarmThroughput": {"ReadUnitsPerSecond": 9},
                "GlobalSecondaryIndexUpdates": create(ProvisionedThroughput=ONE),
            },
            "Create global secondary index cannot be specified when updating WarmThroughput",
        ),
        (
            {"ProvisionedThroughput": TWO, "StreamSpecification": STREAM},
            "You cannot modify stream status while updating table IOPS",
        ),
        (
            {
                "ProvisionedThroughput": TWO,
                "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": "byVerdict"}}],
            },
            "You cannot create or delete index while updating table IOPS",
        ),
        (
            {
                "StreamSpecification": STREAM,
                "GlobalSecondaryIndexUpdates": create(ProvisionedThroughput=ONE),
            },
            "You cannot create or delete index while changing stream status",
        ),
        (
            {"GlobalSecondaryIndexUpdates": [], "DeletionProtectionEnabled": True},
            "List of GlobalSecondaryIndexUpdates is empty",
        ),
        ({"SSESpecification": {"Enabled": False}}, "Table is already encrypted by default"),
        (
            {"StreamSpecification": {"StreamEnabled": True}},
            "If stream is being enabled then UpdateViewType is required",
        ),
        (
            {"StreamSpecification": {"StreamEnabled": False, "StreamViewType": "KEYS_ONLY"}},
            "If stream is being disabled, then UpdateViewType must not be specified",
        ),
        (
            {"BillingMode": "PROVISIONED"},
            "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
        ),
        (
            {"GlobalSecondaryIndexUpdates": create()},
            "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: other",
        ),
        (
            {"SSESpecification": {"Enabled": True, "SSEType": "AES256"}},
            "SSEType AES256 is not supported",
        ),
        (
            {"SSESpecification": {"Enabled": True, "KMSMasterKeyId": "key"}},
            "SSEType KMS is required if KMSMasterKeyId is specified",
        ),
        (
            {"SSESpecification": {"Enabled": False, "SSEType": "KMS"}},
            "SSEType can not be specified if Enabled is false",
        ),
    ],
)
def test_what_cannot_be_changed_together_changes_nothing(
    parameters: dict[str, Any], message: str
) -> None:
    assert refused(Engine(PROVISIONED), **parameters) == INVALID + message


@pytest.mark.parametrize(
    "parameters", [{}, {"AttributeDefinitions": []}, {"GlobalSecondaryIndexUpdates": []}]
)
def test_an_update_of_nothing_is_refused(parameters: dict[str, Any]) -> None:
    message = refused(Engine(), **parameters)
    assert message.startswith("At least one of ProvisionedThroughput, BillingMode, ")
    assert message.endswith("OnDemandThroughput, WarmThroughput or TableClass is required")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"GlobalSecondaryIndexUpdates": create(ProvisionedThroughput=ONE)},
            (
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: other "
                "when BillingMode is PAY_PER_REQUEST"
            ),
        ),
        (
            {
                "GlobalSecondaryIndexUpdates": [
                    {"Update": {"IndexName": "byVerdict", "ProvisionedThroughput": ONE}}
                ]
            },
            (
                "The only Updates for index: byVerdict when TableThroughputMode is PAY_PER_REQUEST "
                "can be to OnDemandThroughput, WarmThroughput"
            ),
        ),
        (
            {"BillingMode": "PROVISIONED", "ProvisionedThroughput": ONE},
            "ProvisionedThroughput must be specified for index: byVerdict",
        ),
    ],
)
def test_the_throughput_of_an_index_follows_the_table(
    parameters: dict[str, Any], message: str
) -> None:
    assert refused(Engine(INDEXED), **parameters) == INVALID + message


@pytest.mark.aws(
    "To provision the units that are provisioned already is refused.",
    source="https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier1/updateTable/basic.test.ts",
    service="dynamodb",
)
def test_the_units_that_are_there_already_are_no_change() -> None:
    engine = Engine(PROVISIONED)
    assert refused(engine, ProvisionedThroughput=ONE) == (
        "The provisioned throughput for the table will not change. The requested value equals "
        "the current value. Current ReadCapacityUnits provisioned for the table: 1. Requested "
        "ReadCapacityUnits: 1. Current WriteCapacityUnits provisioned for the table: 1. "
        "Requested WriteCapacityUnits: 1. Refer to the Amazon DynamoDB Developer Guide for "
        "current limits and how to request higher limits."
    )
    update = {"Update": {"IndexName": "byVerdict", "ProvisionedThroughput": ONE}}
    assert refused(engine, GlobalSecondaryIndexUpdates=[update]).startswith(
        "The provisioned throughput for the index byVerdict will not change. "
    )
    engine.call("UpdateTable", ProvisionedThroughput=ONE | {"WriteCapacityUnits": 2})


def test_a_stream_that_is_not_there_is_not_disabled() -> None:
    message = refused(Engine(PROVISIONED), StreamSpecification={"StreamEnabled": False})
    assert message == "Table has no stream to disable: TableName: demandTable"


@pytest.mark.aws(INITIAL, source=UPDATE, service="dynamodb")
def test_a_table_becomes_provisioned_together_with_its_indexes() -> None:
    engine = Engine(INDEXED)
    update = {"Update": {"IndexName": "byVerdict", "ProvisionedThroughput": TWO}}
    engine.call(
        "UpdateTable",
        BillingMode="PROVISIONED",
        ProvisionedThroughput=ONE,
        GlobalSecondaryIndexUpdates=[update],
    )
    shown = engine.call("DescribeTable")["Table"]
    assert shown["ProvisionedThroughput"]["ReadCapacityUnits"] == 1
    (index,) = shown["GlobalSecondaryIndexes"]
    assert index["ProvisionedThroughput"]["ReadCapacityUnits"] == 2


def test_billing_by_request_can_come_with_a_stream() -> None:
    engine = Engine(PROVISIONED)
    engine.call("UpdateTable", BillingMode="PAY_PER_REQUEST", StreamSpecification=STREAM)
    shown = engine.call("DescribeTable")["Table"]
    assert shown["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert "LatestStreamArn" in shown


def test_attributes_are_shown_in_the_order_of_their_names() -> None:
    engine = Engine(INDEXED)
    shown = engine.call("DescribeTable")["Table"]["AttributeDefinitions"]
    assert [each["AttributeName"] for each in shown] == ["pk", "score", "sk", "verdict"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            {"GlobalSecondaryIndexes": [{**INDEX, "ProvisionedThroughput": ONE}]},
            (
                f"{INVALID}ProvisionedThroughput should not be specified for index: byVerdict when "
                "BillingMode is PAY_PER_REQUEST"
            ),
        ),
        (
            {"StreamSpecification": {"StreamEnabled": True}},
            f"{INVALID}Table is being created with a stream enabled, UpdateViewType is required",
        ),
        (
            {"StreamSpecification": {"StreamEnabled": False, "StreamViewType": "KEYS_ONLY"}},
            (
                f"{INVALID}Table is being created with a stream disabled, UpdateViewType should not "
                "be specified"
            ),
        ),
        (
            {"TableClass": "GLACIER"},
            (
                "Invalid table-class parameter provided. Please try again with a valid table-class "
                "value: [STANDARD, STANDARD_INFREQUENT_ACCESS]."
            ),
        ),
        (
            {"AttributeDefinitions": TABLE["AttributeDefinitions"] * 2},
            "Attribute Name is duplicated: pk",
        ),
    ],
)
def test_a_faulty_definition_makes_no_table(more: dict[str, Any], message: str) -> None:
    engine = Engine()
    engine.call("DeleteTable")
    with pytest.raises(ServiceError) as caught:
        engine.ask("CreateTable", **INDEXED | more)
    assert (caught.value.code, caught.value.message) == ("ValidationException", message)
    assert engine.ask("ListTables") == {"TableNames": []}
