"""Point-in-time recovery: the times that can be restored, and what a deleted table leaves."""

from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import hours, later, minutes, to_datetime
from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import START, TABLE, Engine

PITR = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "PointInTimeRecovery_Howitworks.html"
)
UPDATE = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
    "API_UpdateContinuousBackups.html"
)
RESTORE = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
    "API_RestoreTableToPointInTime.html"
)


def switch(engine: Engine, *, on: bool = True, **more: Any) -> dict[str, Any]:
    answer = engine.call(
        "UpdateContinuousBackups",
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": on, **more},
    )
    shown: dict[str, Any] = answer["ContinuousBackupsDescription"]
    return shown


def described(engine: Engine) -> dict[str, Any]:
    answer = engine.call("DescribeContinuousBackups")["ContinuousBackupsDescription"]
    shown: dict[str, Any] = answer["PointInTimeRecoveryDescription"]
    return shown


def refused(engine: Engine, operation: str, **parameters: Any) -> tuple[str, str]:
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    return caught.value.code, caught.value.message


@pytest.mark.aws(
    "Point-in-time recovery of a new table is disabled.",
    source="https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier2/backups/continuous.test.ts",
    service="dynamodb",
)
def test_continuous_backups_are_always_on_and_recovery_at_first_off() -> None:
    assert Engine().call("DescribeContinuousBackups") == {
        "ContinuousBackupsDescription": {
            "ContinuousBackupsStatus": "ENABLED",
            "PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": "DISABLED"},
        }
    }


@pytest.mark.aws(
    "The last time that can be restored is typically five minutes before the present; the first one "
    "lies in the last 35 days",
    source=UPDATE,
    service="dynamodb",
)
def test_the_times_that_can_be_restored_follow_the_present() -> None:
    engine = Engine()
    assert switch(engine)["PointInTimeRecoveryDescription"] == {
        "PointInTimeRecoveryStatus": "ENABLED",
        "RecoveryPeriodInDays": 35,
        "EarliestRestorableDateTime": to_datetime(START),
        "LatestRestorableDateTime": to_datetime(START),
    }
    engine.now = later(START, minutes(3))
    assert described(engine)["LatestRestorableDateTime"] == to_datetime(START)
    engine.now = later(START, hours(36 * 24))
    assert described(engine)["EarliestRestorableDateTime"] == to_datetime(later(START, hours(24)))
    assert described(engine)["LatestRestorableDateTime"] == to_datetime(
        later(engine.now, minutes(-5))
    )


@pytest.mark.aws(
    "Recovery that is disabled and enabled again starts its time anew",
    source=PITR,
    service="dynamodb",
)
def test_on_again_is_no_change_but_off_and_on_begins_anew() -> None:
    engine = Engine()
    switch(engine, RecoveryPeriodInDays=10)
    engine.now = later(START, hours(1))
    shown = switch(engine)["PointInTimeRecoveryDescription"]
    assert shown["EarliestRestorableDateTime"] == to_datetime(START)
    assert shown["RecoveryPeriodInDays"] == 10
    switch(engine, on=False)
    shown = switch(engine)["PointInTimeRecoveryDescription"]
    assert shown["EarliestRestorableDateTime"] == to_datetime(engine.now)
    assert shown["RecoveryPeriodInDays"] == 35


def test_days_are_one_to_thirty_five_and_belong_to_on() -> None:
    engine = Engine()
    for days, on in ((0, True), (36, True), (5, False)):
        with pytest.raises(ServiceError) as caught:
            switch(engine, on=on, RecoveryPeriodInDays=days)
        assert caught.value.code == "ValidationException"
    assert described(engine) == {"PointInTimeRecoveryStatus": "DISABLED"}


def test_a_table_that_is_not_there_has_no_continuous_backups() -> None:
    assert refused(Engine(), "DescribeContinuousBackups", TableName="gone") == (
        "TableNotFoundException",
        "Table not found: gone",
    )


def test_the_present_is_restored_for_the_latest_time() -> None:
    engine = Engine()
    switch(engine)
    engine.put("a")
    shown = engine.ask(
        "RestoreTableToPointInTime",
        SourceTableName="demandTable",
        TargetTableName="restored",
        UseLatestRestorableTime=True,
    )["TableDescription"]
    assert shown["ItemCount"] == 1
    assert shown["RestoreSummary"]["SourceTableArn"].endswith("table/demandTable")


def test_a_time_of_which_nothing_is_kept_is_refused_by_name() -> None:
    engine = Engine()
    switch(engine)
    engine.now = later(START, hours(2))
    with pytest.raises(UnsupportedError, match="RestoreDateTime"):
        engine.ask(
            "RestoreTableToPointInTime",
            SourceTableName="demandTable",
            TargetTableName="restored",
            RestoreDateTime=to_datetime(later(START, hours(1))),
        )
    assert engine.ask("ListTables") == {"TableNames": ["demandTable"]}


def test_a_time_out_of_bounds_is_refused_with_the_bounds() -> None:
    engine = Engine()
    switch(engine)
    assert refused(
        engine,
        "RestoreTableToPointInTime",
        SourceTableName="demandTable",
        TargetTableName="restored",
        RestoreDateTime=to_datetime(later(START, hours(-1))),
    ) == (
        "InvalidRestoreTimeException",
        (
            "RestoreDateTime '2026-01-05T08:00:00Z' must be within EarliestRestorableDateTime "
            "'2026-01-05T09:00:00Z' and LatestRestorableDateTime '2026-01-05T09:00:00Z'"
        ),
    )


@pytest.mark.aws(
    "PointInTimeRecoveryUnavailableException: point in time recovery has not yet been enabled for"
    " this source table.",
    source=RESTORE,
    service="dynamodb",
)
def test_a_table_without_recovery_is_not_restored() -> None:
    assert refused(
        Engine(),
        "RestoreTableToPointInTime",
        SourceTableName="demandTable",
        TargetTableName="demandTable",
        UseLatestRestorableTime=True,
    ) == (
        "PointInTimeRecoveryUnavailableException",
        "Point in time recovery is not enabled for table 'demandTable'",
    )


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"SourceTableName": "demandTable"},
            (
                "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be "
                "specified, but not both"
            ),
        ),
        (
            {
                "SourceTableName": "demandTable",
                "UseLatestRestorableTime": True,
                "RestoreDateTime": to_datetime(START),
            },
            (
                "Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set for "
                "point-in-time restore request."
            ),
        ),
        (
            {"UseLatestRestorableTime": True},
            "The parameter 'TableName' is required but was not present in the request",
        ),
        (
            {
                "UseLatestRestorableTime": True,
                "SourceTableName": "demandTable",
                "SourceTableArn": "arn:aws:dynamodb:us-east-1:123456789012:table/demandTable",
            },
            "Must provide exactly one of: sourceTableArn, sourceTableName",
        ),
    ],
)
def test_a_restore_names_one_table_and_one_time(parameters: dict[str, Any], message: str) -> None:
    assert refused(
        Engine(), "RestoreTableToPointInTime", TargetTableName="restored", **parameters
    ) == ("ValidationException", message)


@pytest.mark.aws(
    "Deleting a table with point-in-time recovery leaves a system backup for 35 days",
    source=PITR,
    service="dynamodb",
)
def test_a_deleted_table_with_recovery_leaves_a_backup() -> None:
    engine = Engine()
    switch(engine)
    engine.put("a")
    engine.call("DeleteTable")
    assert engine.ask("ListBackups") == {"BackupSummaries": []}
    (backup,) = engine.ask("ListBackups", BackupType="SYSTEM")["BackupSummaries"]
    assert backup["BackupName"] == "demandTable$DeletedTableBackup"
    assert backup["BackupArn"].endswith("-00000000")
    assert backup["BackupExpiryDateTime"] == to_datetime(later(START, hours(35 * 24)))
    code, message = refused(engine, "DeleteBackup", BackupArn=backup["BackupArn"])
    assert code == "ValidationException"
    assert "User is not allowed to delete the system backup with arn" in message
    restored = engine.ask(
        "RestoreTableFromBackup",
        BackupArn=backup["BackupArn"],
        TargetTableName="demandTable",
    )["TableDescription"]
    assert restored["ItemCount"] == 1
    engine.now = later(START, hours(35 * 24))
    assert engine.ask("ListBackups", BackupType="ALL") == {"BackupSummaries": []}
    assert refused(engine, "DescribeBackup", BackupArn=backup["BackupArn"])[0] == (
        "BackupNotFoundException"
    )


def test_a_table_made_and_deleted_twice_at_once_leaves_two() -> None:
    engine = Engine()
    for _ in range(2):
        switch(engine)
        engine.call("DeleteTable")
        engine.ask("CreateTable", **TABLE)
    assert len(engine.ask("ListBackups", BackupType="SYSTEM")["BackupSummaries"]) == 2
