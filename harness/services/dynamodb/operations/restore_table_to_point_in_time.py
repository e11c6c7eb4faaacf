"""RestoreTableToPointInTime."""

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, iso, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.base.timestamps import instant_from
from harness.services.dynamodb.backups import table_to_back_up
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import refuse_parameters, validation
from harness.services.dynamodb.recovery import PointInTimeRecovery
from harness.services.dynamodb.restoring import OVERRIDES, answer, restore
from harness.services.dynamodb.snapshots import snapshot_of
from harness.services.dynamodb.tabledefinition import check_target_name

_KNOWN = OVERRIDES | {
    "TargetTableName",
    "SourceTableName",
    "SourceTableArn",
    "RestoreDateTime",
    "UseLatestRestorableTime",
}


def restore_table_to_point_in_time(
    database: Database, parameters: Parameters, now: Instant
) -> Output:
    """Make a new table of what another one is now.

    AWS's latest restorable time is some minutes ago.  Here no history of a table is kept, so the
    present stands for it, and an earlier time is refused by name.
    """
    refuse_parameters("RestoreTableToPointInTime", parameters, _KNOWN)
    _check_shape(parameters)
    source = table_to_back_up(database, _source_of(parameters))
    if source.recovery is None:
        raise ServiceError(
            "PointInTimeRecoveryUnavailableException",
            f"Point in time recovery is not enabled for table '{source.name}'",
        )
    if "RestoreDateTime" in parameters:
        _refuse_time(source.recovery, instant_from(parameters["RestoreDateTime"]), now)
    table = restore(database, snapshot_of(source), parameters, now)
    summary = {"SourceTableArn": source.arn, "RestoreDateTime": to_datetime(now)}
    return answer(database, table, summary)


def _check_shape(parameters: Parameters) -> None:
    check_target_name(parameters["TargetTableName"])
    uses_latest = parameters.get("UseLatestRestorableTime", False)
    if uses_latest and "RestoreDateTime" in parameters:
        raise validation(
            "Invalid Request: Both RestoreDateTime and UseLatestRestorableTime cannot be set for "
            "point-in-time restore request."
        )
    if not uses_latest and "RestoreDateTime" not in parameters:
        raise validation(
            "Invalid Request: Either one of RestoreDateTime or UseLatestRestorableTime must be "
            "specified, but not both"
        )


def _source_of(parameters: Parameters) -> str:
    names = [
        parameters[name] for name in ("SourceTableName", "SourceTableArn") if name in parameters
    ]
    if not names:
        raise validation(
            "The parameter 'TableName' is required but was not present in the request"
        )
    if len(names) > 1:
        raise validation("Must provide exactly one of: sourceTableArn, sourceTableName")
    source: str = names[0]
    return source


def _refuse_time(recovery: PointInTimeRecovery, wanted: Instant, now: Instant) -> None:
    earliest, latest = recovery.earliest(now), recovery.latest(now)
    if not earliest // 1_000_000 * 1_000_000 <= wanted <= latest:
        times = [iso(time)[:-5] + "Z" for time in (wanted, earliest, latest)]
        raise ServiceError(
            "InvalidRestoreTimeException",
            f"RestoreDateTime '{times[0]}' must be within EarliestRestorableDateTime "
            f"'{times[1]}' and LatestRestorableDateTime '{times[2]}'",
        )
    raise UnsupportedError(
        "dynamodb.RestoreTableToPointInTime: no history of a table is kept, so 'RestoreDateTime' "
        "is not modelled; use 'UseLatestRestorableTime'"
    )
