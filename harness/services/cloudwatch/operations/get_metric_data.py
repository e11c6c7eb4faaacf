"""GetMetricData: several metrics, and what is calculated from them, each as two lists."""

from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.errors import validation
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.queries import Queries
from harness.services.cloudwatch.statistics import read_range

_MODELLED = frozenset({"MetricDataQueries", "StartTime", "EndTime", "ScanBy"})
_QUERIES_MAX = 500
_ORDERS = ("TimestampDescending", "TimestampAscending")


def get_metric_data(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the values of every query, the latest first unless asked otherwise."""
    require_modelled("GetMetricData", params, _MODELLED)
    start, end = read_range(params["StartTime"], params["EndTime"])
    if start == end:
        raise validation("The parameter StartTime must not equal parameter EndTime.")
    if start > end:
        raise validation("The parameter EndTime must be greater than StartTime.")
    order = params.get("ScanBy", _ORDERS[0])
    if order not in _ORDERS:
        raise validation(
            f"The parameter ScanBy must be a value in the set [ {', '.join(_ORDERS)} ]."
        )
    wanted = params["MetricDataQueries"]
    if len(wanted) > _QUERIES_MAX:
        raise validation(
            f"The collection MetricDataQueries must not have a size greater than {_QUERIES_MAX}."
        )
    results = []
    for query_id, label, values in Queries(metrics, wanted, start, end).results():
        instants = sorted(values, reverse=order == _ORDERS[0])
        results.append(
            {
                "Id": query_id,
                "Label": label,
                "Timestamps": [to_datetime(instant) for instant in instants],
                "Values": [values[instant] for instant in instants],
                "StatusCode": "Complete",
            }
        )
    return {"MetricDataResults": results, "Messages": []}
