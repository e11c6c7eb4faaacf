"""GetMetricStatistics: one metric, period by period."""

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.datums import read_dimensions
from harness.services.cloudwatch.errors import invalid_combination, invalid_value
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.statistics import (
    STATISTICS,
    Span,
    by_period,
    read_range,
    require_period,
    statistic,
)

_MODELLED = frozenset(
    {
        "Namespace",
        "MetricName",
        "Dimensions",
        "StartTime",
        "EndTime",
        "Period",
        "Statistics",
        "Unit",
    }
)
_DATA_POINTS_MAX = 1_440


def get_metric_statistics(metrics: Metrics, params: Parameters, now: Instant) -> Output:
    """Return a data point for each period and unit in which there are any, the earliest first."""
    require_modelled("GetMetricStatistics", params, _MODELLED)
    span = read_range(params["StartTime"], params["EndTime"], now)
    if "Statistics" not in params:
        raise invalid_combination("Must specify either Statistics or ExtendedStatistics")
    period = params["Period"]
    _require_range(span, period)
    names = params["Statistics"]
    for name in names:
        if name not in STATISTICS:
            raise UnsupportedError(f"cloudwatch.GetMetricStatistics: statistic {name!r}")
    dimensions = read_dimensions(params.get("Dimensions", ()), "Dimensions")
    found = metrics.data_points(params["Namespace"], params["MetricName"], dimensions)
    units = dict.fromkeys(data_point.unit for data_point in found)
    wanted = [unit for unit in units if params.get("Unit", unit) == unit]
    shown: list[Output] = [
        {
            "Timestamp": to_datetime(beginning),
            "Unit": unit,
            **{name: statistic(name, data_points) for name in names},
        }
        for unit in wanted
        for beginning, data_points in by_period(
            (one for one in found if one.unit == unit), period, span
        ).items()
    ]
    shown.sort(key=lambda data_point: data_point["Timestamp"])
    return {"Label": params["MetricName"], "Datapoints": shown}


def _require_range(span: Span, period: int) -> None:
    require_period(period)
    if span.start >= span.end:
        raise invalid_value("The parameter StartTime must be less than the parameter EndTime.")
    count = (span.end - span.start) // (period * 1_000_000)
    if count > _DATA_POINTS_MAX:
        raise invalid_combination(
            f"You have requested up to {count:,} datapoints, which exceeds the limit of "
            f"{_DATA_POINTS_MAX:,}. You may reduce the datapoints requested by increasing Period, "
            "or decreasing the time range."
        )
