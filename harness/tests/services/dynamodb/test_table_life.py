"""Tables that are made, described, listed, changed and deleted."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, TABLE, Engine, key

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/"
CREATE = f"{SUITE}tier1/createTable/basic.test.ts"
CONFIGURED = f"{SUITE}tier1/createTable/config.test.ts"
CHANGED = f"{SUITE}tier1/updateTable/config.test.ts"
DESCRIBE = f"{SUITE}tier1/describeTable/basic.test.ts"
LISTED = f"{SUITE}tier1/listTables/basic.test.ts"
DELETE = f"{SUITE}tier1/deleteTable/basic.test.ts"
LIVING = f"{SUITE}tier2/ttl/basic.test.ts"
UNITS = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}


def described(engine: Engine) -> dict[str, Any]:
    shown: dict[str, Any] = engine.call("DescribeTable")["Table"]
    return shown


def refused(engine: Engine, operation: str, **parameters: Any) -> tuple[str, str]:
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    return caught.value.code, caught.value.message


@pytest.mark.aws(
    "A table is described with its keys, attributes, sizes and an id that stays the same.",
    source=DESCRIBE,
    service="dynamodb",
)
def test_a_table_is_described_as_it_was_made() -> None:
    engine = Engine()
    engine.put()
    shown = described(engine)
    assert (shown["TableName"], shown["TableStatus"]) == ("demandTable", "ACTIVE")
    assert shown["KeySchema"] == TABLE["KeySchema"]
    assert shown["AttributeDefinitions"] == TABLE["AttributeDefinitions"]
    assert (shown["ItemCount"], shown["TableSizeBytes"]) == (1, 6)
    assert described(engine) == shown
    made = engine.ask("CreateTable", **TABLE | {"TableName": "other"})["TableDescription"]
    assert made["TableId"] == engine.ask("DescribeTable", TableName="other")["Table"]["TableId"]
    assert made["TableId"] != shown["TableId"]


@pytest.mark.aws(
    "Indexes are described with their keys and projections, global ones with a status.",
    source=f"{SUITE}tier1/describeTable/indexes.test.ts",
    service="dynamodb",
)
def test_indexes_are_described_as_they_were_made() -> None:
    shown = described(Engine(INDEXED))
    (of_all,), (local,) = shown["GlobalSecondaryIndexes"], shown["LocalSecondaryIndexes"]
    assert of_all["IndexStatus"] == "ACTIVE"
    assert "IndexStatus" not in local
    for member in ("IndexName", "KeySchema", "Projection"):
        assert of_all[member] == INDEXED["GlobalSecondaryIndexes"][0][member]
        assert local[member] == INDEXED["LocalSecondaryIndexes"][0][member]


@pytest.mark.aws("A table is not made a second time.", source=CREATE, service="dynamodb")
def test_a_table_is_made_once() -> None:
    engine = Engine()
    engine.put()
    assert refused(engine, "CreateTable", **TABLE) == (
        "ResourceInUseException",
        "Table already exists: demandTable",
    )
    assert engine.item() == key()


@pytest.mark.aws(
    "Tables are listed by name, so many at a time, and the next page begins after the last name.",
    source=LISTED,
    service="dynamodb",
)
def test_tables_are_listed_by_name() -> None:
    engine = Engine()
    for name in ("zebra", "Ant", "a.b"):
        engine.ask("CreateTable", **TABLE | {"TableName": name})
    assert engine.ask("ListTables") == {"TableNames": ["Ant", "a.b", "demandTable", "zebra"]}
    first = engine.ask("ListTables", Limit=3)
    assert first["LastEvaluatedTableName"] == "demandTable"
    rest = engine.ask("ListTables", ExclusiveStartTableName="demandTable", Limit=1)
    assert rest == {"TableNames": ["zebra"]}


@pytest.mark.aws(
    "A table that is deleted is described in the answer, and then neither found nor listed.",
    source=DELETE,
    service="dynamodb",
)
def test_a_deleted_table_is_gone() -> None:
    engine = Engine()
    shown = engine.call("DeleteTable")["TableDescription"]
    assert (shown["TableName"], shown["TableStatus"]) == ("demandTable", "DELETING")
    assert engine.ask("ListTables") == {"TableNames": []}
    assert refused(engine, "GetItem", TableName="demandTable", Key=key()) == (
        "ResourceNotFoundException",
        "Requested resource not found",
    )


@pytest.mark.aws(
    "What is asked of a table that is not there, be it its description or a change, finds none.",
    source=DELETE,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("DescribeTable", {}),
        ("DeleteTable", {}),
        ("UpdateTable", {"ProvisionedThroughput": UNITS}),
        ("DescribeTimeToLive", {}),
        (
            "UpdateTimeToLive",
            {"TimeToLiveSpecification": {"Enabled": True, "AttributeName": "expires"}},
        ),
    ],
)
def test_a_missing_table_is_named(operation: str, parameters: dict[str, Any]) -> None:
    assert refused(Engine(), operation, TableName="gone", **parameters) == (
        "ResourceNotFoundException",
        "Requested resource not found: Table: gone not found",
    )


@pytest.mark.aws(
    "Protection, class and maxima of a table are shown as they were set; without, it has none.",
    source=CONFIGURED,
    service="dynamodb",
)
def test_settings_are_shown_as_they_were_set() -> None:
    maxima = {"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 5}
    infrequent = "STANDARD_INFREQUENT_ACCESS"
    shown = described(
        Engine(
            TABLE
            | {
                "DeletionProtectionEnabled": True,
                "TableClass": infrequent,
                "OnDemandThroughput": maxima,
            }
        )
    )
    assert shown["DeletionProtectionEnabled"] is True
    assert shown["TableClassSummary"] == {"TableClass": infrequent}
    assert shown["OnDemandThroughput"] == maxima
    plain = described(Engine())
    assert plain["DeletionProtectionEnabled"] is False
    assert not {"TableClassSummary", "OnDemandThroughput", "SSEDescription"} & plain.keys()


@pytest.mark.aws(
    "A table that is to be encrypted, without a key being named, is so with the account's own.",
    source=CONFIGURED,
    service="dynamodb",
)
def test_an_encrypted_table_shows_its_key() -> None:
    shown = described(Engine(TABLE | {"SSESpecification": {"Enabled": True}}))["SSEDescription"]
    assert (shown["Status"], shown["SSEType"]) == ("ENABLED", "KMS")
    assert shown["KMSMasterKeyArn"].startswith("arn:aws:kms:us-east-1:123456789012:")


@pytest.mark.aws(
    "Protection, class and maxima can be changed.", source=CHANGED, service="dynamodb"
)
def test_settings_can_be_changed() -> None:
    engine = Engine()
    maxima = {"MaxReadRequestUnits": 20, "MaxWriteRequestUnits": 15}
    infrequent = "STANDARD_INFREQUENT_ACCESS"
    engine.call("UpdateTable", DeletionProtectionEnabled=True)
    engine.call("UpdateTable", TableClass=infrequent)
    engine.call("UpdateTable", OnDemandThroughput=maxima)
    shown = described(engine)
    assert shown["DeletionProtectionEnabled"] is True
    assert shown["TableClassSummary"]["TableClass"] == infrequent
    assert shown["OnDemandThroughput"] == maxima


@pytest.mark.aws(
    "A table that is protected against deletion is deleted only when it is no more.",
    source=CHANGED,
    service="dynamodb",
)
def test_a_protected_table_stays() -> None:
    engine = Engine(TABLE | {"DeletionProtectionEnabled": True})
    code, message = refused(engine, "DeleteTable", TableName="demandTable")
    assert code == "ValidationException"
    assert message.startswith("Resource cannot be deleted as it is currently protected against")
    engine.call("UpdateTable", DeletionProtectionEnabled=False)
    engine.call("DeleteTable")


@pytest.mark.aws(
    "A table is billed by request or by units, and can be changed from the one to the other; "
    "to stay billed by request is no fault.",
    source=f"{SUITE}tier1/updateTable/basic.test.ts",
    service="dynamodb",
)
def test_a_table_can_be_billed_otherwise() -> None:
    engine = Engine()
    engine.call("UpdateTable", BillingMode="PAY_PER_REQUEST")
    engine.call("UpdateTable", BillingMode="PROVISIONED", ProvisionedThroughput=UNITS)
    assert UNITS.items() <= described(engine)["ProvisionedThroughput"].items()
    more = {"ReadCapacityUnits": 20, "WriteCapacityUnits": 15}
    engine.call("UpdateTable", ProvisionedThroughput=more)
    assert more.items() <= described(engine)["ProvisionedThroughput"].items()
    both = {"BillingMode": "PAY_PER_REQUEST", "ProvisionedThroughput": UNITS}
    code, message = refused(engine, "UpdateTable", TableName="demandTable", **both)
    assert code == "ValidationException"
    assert message.startswith("One or more parameter values were invalid: Neither")
    engine.call("UpdateTable", BillingMode="PAY_PER_REQUEST")
    shown = described(engine)
    assert shown["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert shown["ProvisionedThroughput"]["ReadCapacityUnits"] == 0


@pytest.mark.aws(
    "Time to live is disabled until an attribute is named for it, which the answer repeats.",
    source=LIVING,
    service="dynamodb",
)
def test_time_to_live_is_told_by_its_attribute() -> None:
    engine = Engine()
    disabled = {"TimeToLiveStatus": "DISABLED"}
    assert engine.call("DescribeTimeToLive") == {"TimeToLiveDescription": disabled}
    wanted = {"Enabled": True, "AttributeName": "expiresAt"}
    answer = engine.call("UpdateTimeToLive", TimeToLiveSpecification=wanted)
    assert answer == {"TimeToLiveSpecification": wanted}
    enabled = {"TimeToLiveStatus": "ENABLED", "AttributeName": "expiresAt"}
    assert engine.call("DescribeTimeToLive") == {"TimeToLiveDescription": enabled}


def test_an_empty_attribute_lets_nothing_expire_where_no_client_checks_it() -> None:
    """Botocore would not send it."""
    empty = {"Enabled": True, "AttributeName": ""}
    parameters = {"TableName": "demandTable", "TimeToLiveSpecification": empty}
    assert refused(Engine(), "UpdateTimeToLive", **parameters) == (
        "ValidationException",
        (
            "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' "
            "failed to satisfy constraint: Member must have length greater than or equal to 1"
        ),
    )


@pytest.mark.aws(
    "An account and a table have quotas of units; the endpoint to be used has an address.",
    source=f"{SUITE}tier2/account/limits.test.ts",
    service="dynamodb",
)
def test_an_account_has_quotas_and_an_endpoint() -> None:
    engine = Engine()
    quotas = engine.ask("DescribeLimits")
    assert quotas["AccountMaxReadCapacityUnits"] >= quotas["TableMaxReadCapacityUnits"] > 0
    assert quotas["AccountMaxWriteCapacityUnits"] >= quotas["TableMaxWriteCapacityUnits"] > 0
    (endpoint,) = engine.ask("DescribeEndpoints")["Endpoints"]
    assert endpoint["Address"] == "dynamodb.us-east-1.amazonaws.com"
    assert endpoint["CachePeriodInMinutes"] > 0
