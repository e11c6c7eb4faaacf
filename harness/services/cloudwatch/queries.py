"""The queries of GetMetricData: metrics, metric math, and Metrics Insights."""

from collections.abc import Iterator, Sequence

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.service import Parameters
from harness.services.cloudwatch.datums import read_dimensions
from harness.services.cloudwatch.errors import validation
from harness.services.cloudwatch.insights import is_insight, selected
from harness.services.cloudwatch.mathematics import Values, evaluate
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.statistics import (
    STATISTICS,
    by_period,
    require_period,
    statistic,
)

_QUERY = frozenset({"Id", "MetricStat", "Expression", "Label", "ReturnData", "Period"})
_STAT = frozenset({"Metric", "Period", "Stat", "Unit"})


def _require_complete(metric: Parameters, path: str) -> None:
    """Refuse a metric without its names, which botocore's model leaves optional."""
    for name in ("Namespace", "MetricName"):
        if name not in metric:
            raise validation(f"The parameter {path}.{name} is required.\n")


class Queries:
    """The queries of one call, evaluated when they are asked for."""

    def __init__(
        self, metrics: Metrics, wanted: Sequence[Parameters], start: Instant, end: Instant
    ) -> None:
        self._metrics = metrics
        self._start = start
        self._end = end
        self._by_id: dict[str, Parameters] = {}
        self._under_way: list[str] = []
        for number, query in enumerate(wanted, start=1):
            require_modelled("GetMetricData: MetricDataQueries", query, _QUERY)
            path = f"MetricDataQueries.member.{number}"
            if "MetricStat" not in query and "Expression" not in query:
                raise validation(f"The parameter {path}.MetricStat is required.\n")
            if "MetricStat" in query and "Expression" in query:
                raise validation(
                    f"The parameters {path}.MetricStat and {path}.Expression are mutually exclusive "
                    "and you have specified both."
                )
            if query["Id"] in self._by_id:
                raise validation(f"The values for parameter id must be unique: {query['Id']}")
            if "MetricStat" in query:
                _require_complete(query["MetricStat"]["Metric"], f"{path}.MetricStat.Metric")
            self._by_id[query["Id"]] = query

    def results(self) -> Iterator[tuple[str, str, Values]]:
        """Yield the id, the label and the values of each query that returns data."""
        for query_id, query in self._by_id.items():
            if not query.get("ReturnData", True):
                continue
            expression = query.get("Expression", "")
            if is_insight(expression):
                period = query.get("Period", 0)
                require_period(period)
                found = selected(expression, self._metrics, period, self._start, self._end)
                for group, values in found:
                    yield query_id, query.get("Label", group or query_id), values
            else:
                default = query_id if expression else query["MetricStat"]["Metric"]["MetricName"]
                yield query_id, query.get("Label", default), self._values(query_id)

    def _values(self, query_id: str) -> Values:
        """Return the values of one query, which an expression may ask for."""
        query = self._by_id.get(query_id)
        if query is None:
            raise validation(f"Error in expression: there is no query with the id {query_id!r}.")
        if "Expression" not in query:
            return self._of_metric(query["MetricStat"])
        if query_id in self._under_way:
            raise validation(f"Error in expression {query_id!r}: it refers to itself.")
        self._under_way.append(query_id)
        try:
            return evaluate(query_id, query["Expression"], self._values, self._metric_ids)
        finally:
            self._under_way.pop()

    def _metric_ids(self) -> list[str]:
        """Return the ids of the queries of metrics: what METRICS() stands for."""
        return [query_id for query_id, query in self._by_id.items() if "MetricStat" in query]

    def _of_metric(self, wanted: Parameters) -> Values:
        require_modelled("GetMetricData: MetricStat", wanted, _STAT)
        metric, name = wanted["Metric"], wanted["Stat"]
        if name not in STATISTICS:
            raise UnsupportedError(f"cloudwatch.GetMetricData: statistic {name!r} is not modelled")
        require_period(wanted["Period"])
        dimensions = read_dimensions(metric.get("Dimensions", ()), "Dimensions")
        found = self._metrics.data_points(metric["Namespace"], metric["MetricName"], dimensions)
        unit = wanted.get("Unit")
        matching = [one for one in found if unit is None or one.unit == unit]
        periods = by_period(matching, wanted["Period"], self._start, self._end)
        return {beginning: statistic(name, points) for beginning, points in periods.items()}
