"""Backups on demand: what they keep, who finds them, and what is restored."""

from typing import Any

import pytest

from harness.kernel.instant import Instant, hours, later, to_datetime
from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, START, TABLE, Engine

BACKUP = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html"
LIST = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html"
RESTORE = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
    "API_RestoreTableFromBackup.html"
)
ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/demandTable"
PROVISIONED = INDEXED | {
    "BillingMode": "PROVISIONED",
    "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
    "GlobalSecondaryIndexes": [
        {
            **INDEXED["GlobalSecondaryIndexes"][0],
            "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6},
        }
    ],
}


def back_up(engine: Engine, name: str = "nightly") -> str:
    arn: str = engine.call("CreateBackup", BackupName=name)["BackupDetails"]["BackupArn"]
    return arn


def restore(engine: Engine, arn: str, **more: Any) -> dict[str, Any]:
    answer = engine.ask(
        "RestoreTableFromBackup", BackupArn=arn, TargetTableName="restored", **more
    )
    shown: dict[str, Any] = answer["TableDescription"]
    return shown


def refused(engine: Engine, operation: str, **parameters: Any) -> tuple[str, str]:
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    return caught.value.code, caught.value.message


def test_a_backup_says_of_which_table_it_is() -> None:
    engine = Engine(PROVISIONED)
    engine.put(score={"N": "1"})
    engine.call(
        "UpdateTimeToLive", TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"}
    )
    details = engine.call("CreateBackup", BackupName="nightly")["BackupDetails"]
    assert details["BackupStatus"] == "CREATING"
    assert details["BackupArn"].startswith(f"{ARN}/backup/{START // 1000:014d}-")
    shown = engine.ask("DescribeBackup", BackupArn=details["BackupArn"])["BackupDescription"]
    assert shown["BackupDetails"] == details | {"BackupStatus": "AVAILABLE"}
    assert details["BackupType"] == "USER"
    assert "BackupExpiryDateTime" not in details
    table = engine.call("DescribeTable")["Table"]
    assert shown["SourceTableDetails"] == {
        "TableName": "demandTable",
        "TableId": table["TableId"],
        "TableArn": ARN,
        "TableSizeBytes": table["TableSizeBytes"],
        "KeySchema": table["KeySchema"],
        "TableCreationDateTime": table["CreationDateTime"],
        "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
        "ItemCount": 1,
        "BillingMode": "PROVISIONED",
    }
    features = shown["SourceTableFeatureDetails"]
    assert [sorted(index) for index in features["GlobalSecondaryIndexes"]] == [
        ["IndexName", "KeySchema", "Projection", "ProvisionedThroughput"]
    ]
    assert [sorted(index) for index in features["LocalSecondaryIndexes"]] == [
        ["IndexName", "KeySchema", "Projection"]
    ]
    assert features["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED",
        "AttributeName": "until",
    }
    assert features["StreamDescription"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"


def test_a_name_can_be_used_again() -> None:
    engine = Engine()
    assert len({back_up(engine), back_up(engine), back_up(engine)}) == 3


def test_a_backup_outlives_its_table() -> None:
    engine = Engine()
    engine.put(score={"N": "1"})
    arn = back_up(engine)
    engine.call("DeleteTable")
    listed = engine.ask("ListBackups", TableName="demandTable")["BackupSummaries"]
    assert [backup["BackupArn"] for backup in listed] == [arn]
    assert restore(engine, arn)["ItemCount"] == 1


def test_what_is_put_after_a_backup_is_not_in_it() -> None:
    engine = Engine()
    engine.put("before")
    arn = back_up(engine)
    engine.put("after")
    restore(engine, arn)
    found = engine.ask("Scan", TableName="restored")["Items"]
    assert found == [{"pk": {"S": "p"}, "sk": {"S": "before"}}]
    engine.ask("DeleteItem", TableName="restored", Key=found[0])
    assert engine.item("before") is not None


@pytest.mark.aws(
    "Tags, stream settings and time to live must be set up manually on a restored table",
    source=RESTORE,
    service="dynamodb",
)
def test_a_restore_keeps_some_settings_and_drops_others() -> None:
    engine = Engine(
        PROVISIONED
        | {
            "SSESpecification": {"Enabled": True, "SSEType": "KMS"},
            "DeletionProtectionEnabled": True,
            "TableClass": "STANDARD_INFREQUENT_ACCESS",
            "Tags": [{"Key": "team", "Value": "a"}],
        }
    )
    engine.call(
        "UpdateTimeToLive", TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"}
    )
    source = engine.call("DescribeTable")["Table"]
    engine.put(score={"N": "1"}, verdict={"S": "no"})
    arn = back_up(engine)
    engine.now = later(START, hours(1))
    shown = restore(engine, arn)
    for member in (
        "AttributeDefinitions",
        "KeySchema",
        "ProvisionedThroughput",
        "SSEDescription",
    ):
        assert shown[member] == source[member]
    (index,) = shown["GlobalSecondaryIndexes"]
    assert index["ProvisionedThroughput"]["ReadCapacityUnits"] == 5
    assert index["ItemCount"] == 1
    assert [index["IndexName"] for index in shown["LocalSecondaryIndexes"]] == ["byScore"]
    assert shown["CreationDateTime"] == to_datetime(later(START, hours(1)))
    assert "LatestStreamArn" not in shown
    assert "TableClassSummary" not in shown
    assert shown["DeletionProtectionEnabled"] is False
    assert engine.ask("ListTagsOfResource", ResourceArn=shown["TableArn"]) == {"Tags": []}
    lasting = engine.ask("DescribeTimeToLive", TableName="restored")["TimeToLiveDescription"]
    assert lasting == {"TimeToLiveStatus": "DISABLED"}


@pytest.mark.aws(
    "The answer to RestoreTableFromBackup tells the backup, and that the restore is under way.",
    source="https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier2/backups/onDemand.test.ts",
    service="dynamodb",
)
def test_only_the_answer_tells_of_what_a_table_was_restored() -> None:
    engine = Engine()
    arn = back_up(engine)
    shown = restore(engine, arn)
    assert (shown["TableName"], shown["TableStatus"]) == ("restored", "CREATING")
    assert shown["RestoreSummary"] == {
        "SourceBackupArn": arn,
        "SourceTableArn": ARN,
        "RestoreDateTime": to_datetime(START),
        "RestoreInProgress": True,
    }
    described = engine.ask("DescribeTable", TableName="restored")["Table"]
    assert described["TableStatus"] == "ACTIVE"
    assert "RestoreSummary" not in described


@pytest.mark.aws(
    "A restored table can be billed otherwise, and have fewer indexes",
    source=RESTORE,
    service="dynamodb",
)
def test_a_restore_can_be_otherwise() -> None:
    engine = Engine(PROVISIONED)
    arn = back_up(engine)
    shown = restore(
        engine,
        arn,
        BillingModeOverride="PAY_PER_REQUEST",
        OnDemandThroughputOverride={"MaxReadRequestUnits": 10},
        GlobalSecondaryIndexOverride=[],
    )
    assert shown["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert shown["OnDemandThroughput"] == {"MaxReadRequestUnits": 10}
    assert "GlobalSecondaryIndexes" not in shown
    names = [definition["AttributeName"] for definition in shown["AttributeDefinitions"]]
    assert names == ["pk", "score", "sk"]


def test_an_index_can_be_restored_under_another_name() -> None:
    engine = Engine(PROVISIONED)
    arn = back_up(engine)
    renamed = PROVISIONED["GlobalSecondaryIndexes"][0] | {"IndexName": "other"}
    shown = restore(engine, arn, GlobalSecondaryIndexOverride=[renamed])
    assert [index["IndexName"] for index in shown["GlobalSecondaryIndexes"]] == ["other"]


@pytest.mark.parametrize(
    ("table", "overrides", "message"),
    [
        (
            TABLE,
            {
                "ProvisionedThroughputOverride": {
                    "ReadCapacityUnits": 1,
                    "WriteCapacityUnits": 1,
                }
            },
            "Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED",
        ),
        (
            TABLE,
            {"BillingModeOverride": "PROVISIONED"},
            "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED",
        ),
        (
            INDEXED,
            {
                "BillingModeOverride": "PROVISIONED",
                "ProvisionedThroughputOverride": {
                    "ReadCapacityUnits": 1,
                    "WriteCapacityUnits": 1,
                },
            },
            "Must specify provisioned throughput for index byVerdict",
        ),
        (
            PROVISIONED,
            {
                "BillingModeOverride": "PAY_PER_REQUEST",
                "ProvisionedThroughputOverride": {
                    "ReadCapacityUnits": 1,
                    "WriteCapacityUnits": 1,
                },
            },
            "Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST",
        ),
        (
            PROVISIONED,
            {"OnDemandThroughputOverride": {"MaxReadRequestUnits": 1}},
            (
                "Cannot override MaxReadRequestUnits for OnDemandThroughput unless "
                "BillingModeOverride is PAY_PER_REQUEST"
            ),
        ),
        (
            TABLE,
            {"GlobalSecondaryIndexOverride": INDEXED["GlobalSecondaryIndexes"]},
            (
                "Index byVerdict does not match a secondary index that existed in the source table "
                "and cannot be created during the restore operation"
            ),
        ),
    ],
)
def test_what_cannot_be_otherwise_is_refused(
    table: dict[str, Any], overrides: dict[str, Any], message: str
) -> None:
    engine = Engine(table)
    arn = back_up(engine)
    parameters = {"BackupArn": arn, "TargetTableName": "restored", **overrides}
    assert refused(engine, "RestoreTableFromBackup", **parameters) == (
        "ValidationException",
        f"Invalid Request: {message}",
    )
    assert engine.ask("ListTables") == {"TableNames": ["demandTable"]}


def test_a_table_is_not_restored_over_another_one() -> None:
    engine = Engine()
    arn = back_up(engine)
    assert refused(
        engine, "RestoreTableFromBackup", BackupArn=arn, TargetTableName="demandTable"
    ) == ("TableAlreadyExistsException", "Table already exists: demandTable")


@pytest.mark.aws(
    "A backup that was deleted is found no more.",
    source="https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier2/backups/onDemand.test.ts",
    service="dynamodb",
)
def test_a_deleted_backup_is_gone() -> None:
    engine = Engine()
    arn = back_up(engine)
    shown = engine.ask("DeleteBackup", BackupArn=arn)["BackupDescription"]
    assert shown["BackupDetails"]["BackupStatus"] == "DELETED"
    for operation in ("DescribeBackup", "DeleteBackup"):
        assert refused(engine, operation, BackupArn=arn) == (
            "BackupNotFoundException",
            f"Backup not found: {arn}",
        )
    assert engine.ask("ListBackups") == {"BackupSummaries": []}


@pytest.mark.parametrize(
    ("arn", "code", "message"),
    [
        (ARN, "ValidationException", "Invalid Backup ARN"),
        (
            f"{ARN}/backup/01-2".replace("123456789012", "210987654321"),
            "AccessDeniedException",
            "Access is denied",
        ),
    ],
)
def test_what_is_no_backup_of_this_account_is_refused(arn: str, code: str, message: str) -> None:
    assert refused(Engine(), "DescribeBackup", BackupArn=arn) == (code, message)


def test_a_table_that_is_not_there_is_not_backed_up() -> None:
    assert refused(Engine(), "CreateBackup", TableName="gone", BackupName="nightly") == (
        "TableNotFoundException",
        "Table not found: gone",
    )


def test_a_table_is_backed_up_by_its_arn() -> None:
    engine = Engine()
    engine.ask("CreateBackup", TableName=ARN, BackupName="nightly")
    assert len(engine.ask("ListBackups", TableName=ARN)["BackupSummaries"]) == 1


@pytest.mark.aws(
    "Backups are listed from the lower time on and before the upper one, a page at a time",
    source=LIST,
    service="dynamodb",
)
def test_backups_are_listed_by_time_and_in_pages() -> None:
    engine = Engine()
    arns = []
    for hour in range(3):
        engine.now = later(START, hours(hour))
        arns.append(back_up(engine))

    def listed(**parameters: Any) -> list[str]:
        answer = engine.ask("ListBackups", **parameters)
        return [backup["BackupArn"] for backup in answer["BackupSummaries"]]

    second = to_datetime(later(START, hours(1)))
    assert listed() == arns
    assert listed(TimeRangeLowerBound=second) == arns[1:]
    assert listed(TimeRangeUpperBound=second) == arns[:1]
    page = engine.ask("ListBackups", Limit=2)
    assert page["LastEvaluatedBackupArn"] == arns[1]
    assert listed(ExclusiveStartBackupArn=arns[1]) == arns[2:]
    assert "LastEvaluatedBackupArn" not in engine.ask("ListBackups", Limit=3)
    assert listed(TableName="gone") == []


def test_a_span_of_time_does_not_end_before_it_begins() -> None:
    code, message = refused(
        Engine(),
        "ListBackups",
        TimeRangeLowerBound=to_datetime(Instant(START + 1_000_000)),
        TimeRangeUpperBound=to_datetime(START),
    )
    assert code == "ValidationException"
    assert message.endswith("Time range lower bound must be less than or equal to upper bound")
