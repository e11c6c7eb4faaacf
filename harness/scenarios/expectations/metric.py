"""metric: what was counted and measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from typing_extensions import override

from harness.kernel.instant import to_datetime
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.matchers.expected import Whole
from harness.scenarios.run import Run

_LONGEST_PERIOD = 86_400
"""Seconds: one day, the longest period of GetMetricStatistics."""

_NAMESAKES_MAX = 3
"""More help nobody."""


@dataclass(frozen=True, slots=True)
class Metric(Expectation):
    """A CloudWatch metric, summed up since the first step."""

    namespace: Annotated[str, "the metric's namespace"]
    name: Annotated[str, "the metric's name"]
    dimensions: Annotated[dict[str, str] | None, "its dimensions, all of them"] = None
    sum: Annotated[Whole | None, "the sum of its values; 0 where there are none"] = None
    count: Annotated[Whole | None, "how many values there are"] = None
    minimum: Annotated[Whole | None, "the smallest value"] = None
    maximum: Annotated[Whole | None, "the largest value"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse an expectation of nothing."""
        if all(each is None for each in (self.sum, self.count, self.minimum, self.maximum)):
            return self.node, "give sum, count, minimum or maximum"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Ask CloudWatch."""
        points = metric_points(run, self.namespace, self.name, self.dimensions or {})
        what = f"metric {self.namespace} {self.name}"
        if not points:
            what += _namesakes(run, self.namespace, self.name)
        about = self.name
        if self.sum is not None:
            total = sum(point["Sum"] for point in points)
            yield Observation(self.sum, whole(total), f"sum of {what}", about)
        if self.count is not None:
            count = sum(point["SampleCount"] for point in points)
            yield Observation(self.count, whole(count), f"number of values of {what}", about)
        if self.minimum is not None:
            least = min((point["Minimum"] for point in points), default=None)
            yield Observation(self.minimum, whole(least), f"minimum of {what}", about)
        if self.maximum is not None:
            most = max((point["Maximum"] for point in points), default=None)
            yield Observation(self.maximum, whole(most), f"maximum of {what}", about)


def metric_points(
    run: Run, namespace: str, name: str, dimensions: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return what CloudWatch says of a metric since the first step, a point a day."""
    # The metric's clock ticks in whole minutes at both ends.
    start = to_datetime(run.started).replace(second=0, microsecond=0)
    end = to_datetime(run.world.now) + timedelta(minutes=1)
    answer = run.world.call(
        "cloudwatch",
        "GetMetricStatistics",
        {
            "Namespace": namespace,
            "MetricName": name,
            "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
            "StartTime": start,
            "EndTime": end,
            "Period": _LONGEST_PERIOD,
            "Statistics": ["Sum", "SampleCount", "Minimum", "Maximum"],
        },
    )
    points: list[dict[str, Any]] = answer["Datapoints"]
    return points


def _namesakes(run: Run, namespace: str, name: str) -> str:
    """Return which dimensions the metric has where it has some: to CloudWatch each set is a metric."""
    answer = run.world.call(
        "cloudwatch", "ListMetrics", {"Namespace": namespace, "MetricName": name}
    )
    others = [
        ", ".join(f"{each['Name']}: {each['Value']}" for each in metric["Dimensions"])
        for metric in answer["Metrics"]
    ]
    if not others:
        return ""
    shown = " and ".join(f"{{{each}}}" for each in others[:_NAMESAKES_MAX])
    return f" (there is one with the dimensions {shown})"


def whole(value: float | None) -> float | None:
    """Return *value* as the whole number that it is, for a counter is not 3.0."""
    return int(value) if value is not None and value == int(value) else value
