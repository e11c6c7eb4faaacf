"""Where moto's CloudWatch is known to differ, subject by subject."""

from harness.tests.differential.cloudwatchknown import (
    alarmchecks,
    alarms,
    dashboards,
    listing,
    putting,
    queries,
    querychecks,
    statistics,
)
from harness.tests.differential.known import Known

KNOWN: tuple[Known, ...] = (
    *putting.KNOWN,
    *listing.KNOWN,
    *statistics.KNOWN,
    *queries.KNOWN,
    *querychecks.KNOWN,
    *alarms.KNOWN,
    *alarmchecks.KNOWN,
    *dashboards.KNOWN,
)
