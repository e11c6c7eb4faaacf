"""GetMetricData: several metrics at once, each as two lists."""

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, from_datetime, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.datums import read_dimensions
from harness.services.cloudwatch.errors import invalid_value
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.statistics import (
    STATISTICS,
    by_period,
    require_period,
    statistic,
)

_MODELLED = frozenset({"MetricDataQueries", "StartTime", "EndTime", "ScanBy"})
_QUERY = frozenset({"Id", "MetricStat", "Label", "ReturnData"})


def get_metric_data(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the values of every query, the latest first unless asked otherwise."""
    require_modelled("GetMetricData", params, _MODELLED)
    start, end = from_datetime(params["StartTime"]), from_datetime(params["EndTime"])
    if start >= end:
        raise invalid_value("The parameter StartTime must be less than the parameter EndTime.")
    is_ascending = params.get("ScanBy", "TimestampDescending") == "TimestampAscending"
    results = []
    for query in params["MetricDataQueries"]:
        require_modelled("GetMetricData: MetricDataQueries", query, _QUERY)
        if query.get("ReturnData", True):
            results.append(_result(metrics, query, start, end, is_ascending=is_ascending))
    return {"MetricDataResults": results, "Messages": []}


def _result(
    metrics: Metrics, query: Parameters, start: Instant, end: Instant, *, is_ascending: bool
) -> Output:
    wanted = query["MetricStat"]
    metric, name = wanted["Metric"], wanted["Stat"]
    if name not in STATISTICS:
        raise UnsupportedError(f"cloudwatch.GetMetricData: statistic {name!r} is not modelled")
    require_period(wanted["Period"])
    dimensions = dict(read_dimensions(metric.get("Dimensions", ()), "Dimensions"))
    found = metrics.data_points(metric["Namespace"], metric["MetricName"], dimensions)
    unit = wanted.get("Unit")
    matching = [one for one in found if unit is None or one.unit == unit]
    periods = list(by_period(matching, wanted["Period"], start, end).items())
    if not is_ascending:
        periods.reverse()
    return {
        "Id": query["Id"],
        "Label": query.get("Label", metric["MetricName"]),
        "Timestamps": [to_datetime(beginning) for beginning, _ in periods],
        "Values": [statistic(name, data_points) for _, data_points in periods],
        "StatusCode": "Complete",
    }
