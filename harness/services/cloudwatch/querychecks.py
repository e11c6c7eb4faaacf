"""What GetMetricData refuses of a query (CloudWatch API reference, "MetricDataQuery").

Texts: as they were reported from AWS (influxdata/telegraf issue 5420, yet-another-cloudwatch-exporter
issue 385, moto); that of a period is GetMetricStatistics' own.
"""

import re

from harness.errors import UnsupportedError
from harness.services.base.service import Parameters
from harness.services.cloudwatch.errors import invalid_query
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.statistics import PERIODS, STATISTICS, is_extended, is_period

_QUERY = frozenset({"Id", "MetricStat", "Expression", "Label", "ReturnData", "Period"})
_STAT = frozenset({"Metric", "Period", "Stat", "Unit"})
_ID = "^[a-z][a-zA-Z0-9_]*$"


def require_valid(query: Parameters, path: str) -> None:
    """Raise AWS's error for what is wrong with *query*, which stands at *path*."""
    require_modelled("GetMetricData: MetricDataQueries", query, _QUERY)
    if re.match(_ID, query["Id"]) is None:
        raise invalid_query(
            f"The value {query['Id']} for parameter {path}.Id is not matching the expected pattern "
            f"{_ID}."
        )
    if "MetricStat" not in query and "Expression" not in query:
        raise invalid_query(f"The parameter {path}.MetricStat is required.")
    if "MetricStat" in query and "Expression" in query:
        raise invalid_query(
            f"The parameters {path}.MetricStat and {path}.Expression are mutually exclusive and you "
            "have specified both."
        )
    if "MetricStat" in query:
        _require_statistic(query["MetricStat"], f"{path}.MetricStat")


def _require_statistic(wanted: Parameters, path: str) -> None:
    require_modelled("GetMetricData: MetricStat", wanted, _STAT)
    for name in ("Namespace", "MetricName"):  # botocore's model leaves them optional
        if name not in wanted["Metric"]:
            raise invalid_query(f"The parameter {path}.Metric.{name} is required.")
    if not is_period(wanted["Period"]):
        raise invalid_query(f"The parameter {path}.Period must be {PERIODS}.")
    name = wanted["Stat"]
    if name in STATISTICS:
        return
    if is_extended(name):
        raise UnsupportedError(f"cloudwatch.GetMetricData: statistic {name!r} is not modelled")
    raise invalid_query(f"The value {name} for parameter {path}.Stat is not a valid statistic.")
