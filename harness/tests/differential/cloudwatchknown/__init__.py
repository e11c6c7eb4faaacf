"""Where moto's CloudWatch is known to differ, subject by subject."""

from harness.tests.differential.cloudwatchknown import (
    alarmchecks,
    alarms,
    alarmstates,
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
    *alarmstates.KNOWN,
    *alarmchecks.KNOWN,
    *dashboards.KNOWN,
)
