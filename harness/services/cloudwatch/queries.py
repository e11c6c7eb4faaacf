"""The queries of GetMetricData: metrics, metric math, and Metrics Insights."""

from collections.abc import Iterator, Sequence

from harness.services.base.service import Parameters
from harness.services.cloudwatch.datapoint import UNITS
from harness.services.cloudwatch.datums import read_dimensions
from harness.services.cloudwatch.errors import invalid_query, validation
from harness.services.cloudwatch.insights import is_insight, selected
from harness.services.cloudwatch.mathematics import Values, evaluate
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.querychecks import require_valid
from harness.services.cloudwatch.statistics import (
    Span,
    by_period,
    require_period,
    statistic,
)


class Queries:
    """The queries of one call, evaluated when they are asked for."""

    def __init__(self, metrics: Metrics, wanted: Sequence[Parameters], span: Span) -> None:
        self._metrics = metrics
        self._span = span
        self._by_id: dict[str, Parameters] = {}
        self._under_way: list[str] = []
        self.mixed: dict[str, list[str]] = {}
        """Each query of a metric that was sent in several units, none of them asked for: the units."""
        for number, query in enumerate(wanted, start=1):
            require_valid(query, f"MetricDataQueries.member.{number}")
            if query["Id"] in self._by_id:
                raise invalid_query(f"The values for parameter id must be unique: {query['Id']}")
            self._by_id[query["Id"]] = query
        stats = [query["MetricStat"] for query in wanted if "MetricStat" in query]
        self._distinctive = [
            name for name in ("Stat", "Period") if len({str(stat.get(name)) for stat in stats}) > 1
        ]
        """What a label says beside a metric's name, since it tells the queries apart."""

    def results(self) -> Iterator[tuple[str, str, Values]]:
        """Yield the id, the label and the values of each query that returns data."""
        for query_id, query in self._by_id.items():
            if not query.get("ReturnData", True):
                continue
            expression = query.get("Expression", "")
            if is_insight(expression):
                period = query.get("Period", 0)
                require_period(period)
                found = selected(expression, self._metrics, period, self._span)
                for group, values in found:
                    yield query_id, query.get("Label", group or query_id), values
            else:
                default = query_id if expression else self._label(query["MetricStat"])
                yield query_id, query.get("Label", default), self._values(query_id)

    def _label(self, wanted: Parameters) -> str:
        told = (wanted.get(name) for name in self._distinctive)
        return " ".join([wanted["Metric"]["MetricName"], *map(str, told)])

    def _values(self, query_id: str) -> Values:
        """Return the values of one query, which an expression may ask for."""
        query = self._by_id.get(query_id)
        if query is None:
            raise validation(f"Error in expression: there is no query with the id {query_id!r}.")
        if "Expression" not in query:
            return self._of_metric(query_id, query["MetricStat"])
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

    def _of_metric(self, query_id: str, wanted: Parameters) -> Values:
        metric, name = wanted["Metric"], wanted["Stat"]
        dimensions = read_dimensions(metric.get("Dimensions", ()), "Dimensions")
        found = self._metrics.data_points(metric["Namespace"], metric["MetricName"], dimensions)
        periods = by_period(found, wanted["Period"], self._span)
        units = sorted(
            {one.unit for points in periods.values() for one in points}, key=UNITS.index
        )
        if "Unit" not in wanted and len(units) > 1:
            self.mixed[query_id] = units
        unit = wanted.get("Unit", units[0] if units else None)
        matching = (
            (beginning, [one for one in points if one.unit == unit])
            for beginning, points in periods.items()
        )
        return {beginning: statistic(name, points) for beginning, points in matching if points}
