"""CloudWatch of the backend; embedded metrics are sent there as CloudWatch Logs would do it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from harness.backends.remote.cloudwatch.connection import CloudWatchConnection
from harness.backends.remote.operations import Operation, operations
from harness.kernel.instant import Instant, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.datapoint import DataPoint
from harness.services.cloudwatch.service import OPERATIONS as KNOWN

_DATUMS_MAX = 1_000
"""PutMetricData takes no more at once."""


class RemoteCloudWatch:
    """The metrics of the backend's account."""

    def __init__(self, connection: CloudWatchConnection, *, has_virtual_clock: bool) -> None:
        self.connection = connection
        self._is_told_the_time = has_virtual_clock

    def tell_the_time(self, moment: datetime) -> None:
        """Let a backend with a clock of its own know where the world's clock stands."""
        if not self._is_told_the_time:
            self._is_told_the_time = True
            self.connection.begin(moment)

    @property
    def operations(self) -> Mapping[str, Operation]:
        """Every operation that the engine knows."""
        return _OPERATIONS

    def record(self, data_points: Iterable[DataPoint]) -> None:
        """Send *data_points*."""
        by_namespace: dict[str, list[dict[str, Any]]] = {}
        for point in data_points:
            self.tell_the_time(to_datetime(point.timestamp))
            by_namespace.setdefault(point.namespace, []).append(_datum(point))
        for namespace, datums in by_namespace.items():
            for start in range(0, len(datums), _DATUMS_MAX):
                batch = datums[start : start + _DATUMS_MAX]
                self.connection.call(
                    "PutMetricData", {"Namespace": namespace, "MetricData": batch}
                )


def _datum(point: DataPoint) -> dict[str, Any]:
    datum: dict[str, Any] = {
        "MetricName": point.metric_name,
        "Dimensions": [{"Name": name, "Value": value} for name, value in point.dimensions],
        "Timestamp": to_datetime(point.timestamp),
        "Unit": point.unit,
    }
    if point.sample_count == 1:
        return {**datum, "Value": point.value}
    statistics = {
        "SampleCount": point.sample_count,
        "Sum": point.total,
        "Minimum": point.lowest,
        "Maximum": point.highest,
    }
    return {**datum, "StatisticValues": statistics}


def _put_metric_data(cloudwatch: RemoteCloudWatch, parameters: Parameters, now: Instant) -> Output:
    """Stamp what has no time with the virtual one: the backend's own clock may be another."""
    moment = to_datetime(now)
    cloudwatch.tell_the_time(moment)
    stamped = [{"Timestamp": moment, **datum} for datum in parameters.get("MetricData", ())]
    return cloudwatch.connection.call("PutMetricData", {**parameters, "MetricData": stamped})


def _asking(name: str) -> Operation:
    def ask(cloudwatch: RemoteCloudWatch, parameters: Parameters, now: Instant) -> Output:
        cloudwatch.tell_the_time(to_datetime(now))
        return cloudwatch.connection.call(name, parameters)

    return ask


_OPERATIONS = operations(
    KNOWN,
    {
        "PutMetricData": _put_metric_data,
        **{name: _asking(name) for name in KNOWN if name.startswith("Get")},
    },
)
