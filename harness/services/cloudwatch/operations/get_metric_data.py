"""GetMetricData: several metrics, and what is calculated from them, each as two lists."""

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.errors import invalid_query
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.queries import Queries
from harness.services.cloudwatch.statistics import read_range

_MODELLED = frozenset({"MetricDataQueries", "StartTime", "EndTime", "ScanBy", "MaxDatapoints"})
_QUERIES_MAX = 500
_DATA_POINTS_MAX = 100_800
_ORDERS = ("TimestampDescending", "TimestampAscending")


def get_metric_data(metrics: Metrics, params: Parameters, now: Instant) -> Output:
    """Return the values of every query, the latest first unless asked otherwise."""
    require_modelled("GetMetricData", params, _MODELLED)
    span = read_range(params["StartTime"], params["EndTime"], now)
    if span.start == span.end:
        raise invalid_query("The parameter StartTime must not equal parameter EndTime.")
    if span.start > span.end:
        raise invalid_query("The parameter EndTime must be greater than StartTime.")
    order = params.get("ScanBy", _ORDERS[0])
    if order not in _ORDERS:
        raise invalid_query(
            f"The parameter ScanBy must be a value in the set [ {', '.join(_ORDERS)} ]."
        )
    wanted = params["MetricDataQueries"]
    if len(wanted) > _QUERIES_MAX:
        raise invalid_query(
            f"The collection MetricDataQueries must not have a size greater than {_QUERIES_MAX}."
        )
    results = []
    queries = Queries(metrics, wanted, span)
    for query_id, label, values in queries.results():
        instants = sorted(values, reverse=order == _ORDERS[0])
        result: Output = {
            "Id": query_id,
            "Label": label,
            "Timestamps": [to_datetime(instant) for instant in instants],
            "Values": [values[instant] for instant in instants],
            "StatusCode": "Complete",
        }
        if query_id in queries.mixed:
            units = ", ".join(queries.mixed[query_id])
            message = f"Multiple units returned: '[{units}]'"
            result["Messages"] = [{"Code": "MultipleUnits", "Value": message}]
        results.append(result)
    _require_one_page(results, params.get("MaxDatapoints", _DATA_POINTS_MAX))
    return {"MetricDataResults": results, "Messages": []}


def _require_one_page(results: list[Output], data_points_max: int) -> None:
    if sum(len(result["Values"]) for result in results) > data_points_max:
        raise UnsupportedError(
            f"cloudwatch.GetMetricData: pages, for more than {data_points_max} data points"
        )
