"""UpdateTimeToLive."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import constraint, validation
from harness.services.dynamodb.timetolive import TimeToLive


def update_time_to_live(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Switch a table's time to live on or off; it is in force at once."""
    wanted = parameters["TimeToLiveSpecification"]
    attribute = wanted["AttributeName"]
    if not attribute:  # which botocore refuses, unless it is told not to look
        member = "timeToLiveSpecification.attributeName"
        raise constraint("", member, "have length greater than or equal to 1")
    table = database.described_table(parameters["TableName"])
    current = table.time_to_live
    if wanted["Enabled"]:
        if current is not None:
            if current.attribute == attribute:
                raise validation("TimeToLive is already enabled")
            raise validation(
                "TimeToLive is active on a different AttributeName: current AttributeName is "
                f"{current.attribute}"
            )
        table.time_to_live = TimeToLive(attribute, table.items.items())
    else:
        if current is None:
            raise validation("TimeToLive is already disabled")
        if current.attribute != attribute:
            raise validation(
                "TimeToLive is active on a different AttributeName: current AttributeName is "
                f"{current.attribute}"
            )
        table.time_to_live = None
    table.look_again()
    return {"TimeToLiveSpecification": {"Enabled": wanted["Enabled"], "AttributeName": attribute}}
