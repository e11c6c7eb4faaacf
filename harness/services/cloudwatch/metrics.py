"""Every metric of an account, its data points in the order in which they came; and its alarms."""

from collections.abc import Iterable, Mapping

from harness.services.base.service import Surroundings
from harness.services.cloudwatch.alarms import Alarm, HistoryItem
from harness.services.cloudwatch.dashboards import Dashboard
from harness.services.cloudwatch.datapoint import DataPoint, Dimensions, sorted_dimensions


class Series:
    """The data points of one metric with one set of dimensions, and their sum."""

    __slots__ = ("data_points", "total")

    def __init__(self) -> None:
        self.data_points: list[DataPoint] = []
        self.total = 0.0


class Metrics:
    """What the operations work on; others record and read here without boto3."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.series: dict[tuple[str, str], dict[Dimensions, Series]] = {}
        """(namespace, metric name) -> dimensions -> series."""
        self.alarms: dict[str, Alarm] = {}
        self.history: list[HistoryItem] = []
        self.dashboards: dict[str, Dashboard] = {}

    def record(self, data_points: Iterable[DataPoint]) -> None:
        """Keep *data_points*; one that comes twice counts twice, as on AWS."""
        for data_point in data_points:
            by_dimensions = self.series.setdefault(
                (data_point.namespace, data_point.metric_name), {}
            )
            series = by_dimensions.get(data_point.dimensions)
            if series is None:
                series = by_dimensions[data_point.dimensions] = Series()
            series.data_points.append(data_point)
            series.total += data_point.total

    def data_points(
        self,
        namespace: str,
        metric_name: str,
        dimensions: Mapping[str, str] | Dimensions | None = None,
    ) -> list[DataPoint]:
        """Return the data points of a metric, in the order in which they came.

        None stands for whatever dimensions; a value that was sent under several sets of
        dimensions is then there once for each of them.
        """
        chosen = self._chosen(namespace, metric_name, dimensions)
        return [data_point for series in chosen for data_point in series.data_points]

    def total(
        self,
        namespace: str,
        metric_name: str,
        dimensions: Mapping[str, str] | Dimensions | None = None,
    ) -> float:
        """Return the sum of `data_points`, without going through them."""
        return sum(series.total for series in self._chosen(namespace, metric_name, dimensions))

    def _chosen(
        self, namespace: str, metric_name: str, dimensions: Mapping[str, str] | Dimensions | None
    ) -> list[Series]:
        by_dimensions = self.series.get((namespace, metric_name), {})
        if dimensions is None:
            return list(by_dimensions.values())
        series = by_dimensions.get(sorted_dimensions(dimensions))
        return [] if series is None else [series]
