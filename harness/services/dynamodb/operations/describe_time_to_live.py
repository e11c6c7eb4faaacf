"""DescribeTimeToLive."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database


def describe_time_to_live(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return whether a table's items expire, and by which attribute."""
    time_to_live = database.described_table(parameters["TableName"]).time_to_live
    shown = {"TimeToLiveStatus": "DISABLED"}
    if time_to_live is not None:
        shown = {"TimeToLiveStatus": "ENABLED", "AttributeName": time_to_live.attribute}
    return {"TimeToLiveDescription": shown}
