"""CloudWatch's metrics against moto: data go in, and statistics, data and lists come out.

Each metric has a quirk of its own, so that two known divergences of moto's seldom meet in one
answer: what only one of them explains is compared whole.
"""

import math
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from moto.cloudwatch.models import CloudWatchBackend, cloudwatch_backends

from harness.kernel.instant import to_datetime
from harness.tests.differential.cloudwatchknown import KNOWN
from harness.tests.differential.cloudwatchknown.asking import (
    BY_SHOP,
    NOWHERE,
    STATISTICS,
    settled,
)
from harness.tests.differential.cloudwatchknown.queries import metric
from harness.tests.differential.cloudwatchknown.series import FORMULAS
from harness.tests.differential.machine import PeersMachine, paired
from harness.tests.differential.peers import Answer, Exchange

SHOP = [{"Name": "shop", "Value": "a"}]
DAY = {"Name": "day", "Value": "1"}
DIMENSIONS: dict[str, list[list[dict[str, str]]]] = {
    BY_SHOP[0]: [SHOP, [{"Name": "shop", "Value": "b"}]],
    BY_SHOP[1]: [[*SHOP, DAY], [DAY, *SHOP]],
}
UNITS: dict[str, list[str | None]] = {
    "bare": [None],
    "odd": ["Seconds"],
    "mixed": ["Count", "Seconds"],
}
METRICS = ["calls", "calls", "bare", "odd", "mixed", *BY_SHOP]
NUMBERS = st.integers(-9, 9).map(float)
COUNTS = st.lists(st.tuples(NUMBERS, st.sampled_from([0.0, 1.0, 3.0])), min_size=1, max_size=4)
WAYS: Any = st.one_of(
    st.builds(lambda number: {"Value": number}, NUMBERS),
    st.builds(lambda numbers: {"Values": numbers}, st.lists(NUMBERS, min_size=1, max_size=4)),
    COUNTS.map(lambda both: {"Values": [v for v, _ in both], "Counts": [c for _, c in both]}),
    st.builds(
        lambda count, total: {
            "StatisticValues": {"SampleCount": count, "Sum": total, "Minimum": -9, "Maximum": 9}
        },
        st.sampled_from([1, 2, 3, 49]),
        NUMBERS,
    ),
)
DATA = st.tuples(
    st.sampled_from(METRICS), WAYS, st.sampled_from([None, 0, -1, -2, -7, 1]), st.integers(0, 1)
)
"""The metric, its values, minutes from now, and which of its units or dimensions."""

ENOUGH = st.lists(st.sampled_from(STATISTICS), min_size=1, max_size=3, unique=True)
MISTAKES: Any = st.sampled_from([
    {"Value": float("nan")}, {"Value": float("inf")}, {"Value": 2.0**361}, {"Values": [float("nan")]}, {}, {"Value": 1, "Unit": "Fortnights"},
    {"Value": 1, "Values": [1.0]}, {"Values": [1.0, 2.0], "Counts": [1.0]}, {"Values": [float(n) for n in range(151)]},
    {"Value": 1, "StatisticValues": {"SampleCount": 1, "Sum": 1, "Minimum": 1, "Maximum": 1}},
    {"Value": 0, "StatisticValues": {"SampleCount": 1, "Sum": 1, "Minimum": 1, "Maximum": 1}},
    {"Values": [1.0], "StatisticValues": {"SampleCount": 1, "Sum": 1, "Minimum": 1, "Maximum": 1}},
    {"StatisticValues": {"SampleCount": 0, "Sum": 1, "Minimum": 1, "Maximum": 1}},
    {"Value": 1, "StorageResolution": 5}, {"Value": 1, "Dimensions": [{"Name": f"n{n}", "Value": "x"} for n in range(31)]},
    {"Value": 1, "Dimensions": [{"Name": "n", "Value": "x" * 1_025}]}, {"Value": 1, "Dimensions": [{"Name": "n", "Value": "\u00e9"}]},
    {"Value": 1, "Dimensions": [{"Name": ":n", "Value": "x"}]}, {"Value": 1, "Dimensions": [{"Name": "n", "Value": " "}]},
    {"Value": 1, "Timestamp": -15 * 24 * 60}, {"Value": 1, "Timestamp": 121}, {"Namespace": "AWS/Fans"}, {"Namespace": ":Fans"},
    {"minutes": 10, "Period": 90}, {"minutes": 10, "Period": 7}, {"minutes": 10, "Statistics": None}, {"minutes": 0}, {"minutes": -5}, {"minutes": 1_441},
])  # fmt: skip
SELECTIONS = {
    'SELECT SUM(calls) FROM "Fans"': "Sum",
    'SELECT MAX("calls") FROM "Fans"': "Maximum",
    'SELECT AVG(calls) FROM "Fans"': "Average",
}
"""Queries of Metrics Insights, and the statistic that each is of."""

QUIRKS: Any = st.sampled_from([
    [metric("mixed"), metric("mixed", "u", Unit="Count")], [metric("bare", Unit="None"), metric("bare", "u")],
    [metric(BY_SHOP[0])], [metric(BY_SHOP[1])], [metric(BY_SHOP[0], Namespace=NOWHERE, Dimensions=SHOP)],
    *([{"Id": "e", "Expression": formula, "Label": "math"}] for formula in sorted(FORMULAS)),
    [{"Id": "e", "Expression": "f", "Label": "math"}, {"Id": "f", "Expression": "a", "Label": "a"}],
    [{"Id": "e", "Expression": "gone", "Label": "math"}], [{"Id": "e", "Expression": "a", "Label": "math", "ReturnData": False}],
    *([metric("calls", "s", Stat=stat), {"Id": "e", "Expression": selection, "Period": 60, "Label": "selected"}]
      for selection, stat in SELECTIONS.items()),
    [{"Id": "Q", "Expression": "a"}], [{"Id": "a", "Expression": "a"}], [{"Id": "q"}], [metric() | {"Expression": "a"}], [metric(Period=90)],
    [metric(Stat="Median")], [{**metric(), "MetricStat": {"Metric": {"MetricName": "calls"}, "Period": 60, "Stat": "Sum"}}], [metric("calls", Period=10)],
])  # fmt: skip
"""Queries that moto answers in its own way, beside those that tell what must come of them."""


def _datum(name: str, way: dict[str, Any], offset: int | None, choice: int) -> dict[str, Any]:
    units = UNITS.get(name, ["Count"])
    seconds = 0.3 if name == "odd" else 0
    described = {
        "MetricName": name,
        "Unit": units[choice % len(units)],
        "Dimensions": [*DIMENSIONS.get(name, []), None, None][choice],
        "StorageResolution": [None, 1][choice],
        "Timestamp": None if offset is None else offset + seconds,
    }
    return {**way, **{member: value for member, value in described.items() if value is not None}}


def _sums(answer: Answer) -> list[float]:
    return [point["Sum"] for point in answer.output["Datapoints"]]


def backend() -> CloudWatchBackend:
    """Return what moto keeps of CloudWatch."""
    found: CloudWatchBackend = cloudwatch_backends["123456789012"]["us-east-1"]
    return found


class MetricsMachine(PeersMachine):
    """A handful of metrics in one namespace."""

    known = KNOWN

    def __init__(self) -> None:
        super().__init__()
        self.kept = 0
        """How many data points moto has that the engine has, too."""
        self.has_many = False

    def normal(self, exchange: Exchange) -> Exchange:
        """Put the answers in one form."""
        return settled(exchange)

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call, without what is None."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return self.both("cloudwatch", operation, **given)

    def ask_from(self, start: float, operation: str, **parameters: Any) -> Exchange:
        """Ask for what begins so many minutes from now; within one, ours is as from its beginning."""
        found = self.ask(operation, StartTime=self.moment(start), **parameters)
        if start != round(start):
            whole = self.ask(operation, StartTime=self.moment(math.floor(start)), **parameters)
            assert whole.ours.output == found.ours.output, "a start is rounded down to the minute"
        return found

    def resync(self) -> None:
        """Take away what moto alone took."""
        del backend().metric_data[self.kept :]

    def moment(self, minutes: float) -> datetime:
        """Return the moment so many minutes from now."""
        return to_datetime(self.peers.now) + timedelta(minutes=minutes)

    def put_data(self, *data: dict[str, Any], namespace: str = "Fans") -> None:
        """Put data, whose time stamps are minutes from now."""
        moved = [
            {**datum, "Timestamp": self.moment(datum["Timestamp"])}
            if "Timestamp" in datum
            else datum
            for datum in data
        ]
        self.ask("PutMetricData", Namespace=namespace, MetricData=moved)
        self.kept = len(backend().metric_data)

    @initialize(data=st.lists(DATA, min_size=8, max_size=24))
    def fill(self, data: list[tuple[str, Any, int | None, int]]) -> None:
        """Put data of all metrics, and some more."""
        everything = [(name, {"Value": 2.0}, -n, n % 2) for n, name in enumerate(METRICS)]
        self.put([*everything, *data])

    @rule(data=st.lists(DATA, min_size=1, max_size=6))
    def put(self, data: list[tuple[str, Any, int | None, int]]) -> None:
        """Put data of some metrics."""
        self.put_data(*[_datum(*each) for each in data])

    @rule(mistake=MISTAKES, is_second=st.booleans())
    def err(self, mistake: dict[str, Any], is_second: bool) -> None:  # noqa: FBT001 - drawn
        """Put a datum with a mistake, perhaps after one without; or ask for statistics with one."""
        if "minutes" in mistake:
            given = {**mistake, "StartTime": self.moment(-mistake["minutes"])}
            del given["minutes"]
            self.ask_for_statistics(EndTime=self.moment(0), **given)
            self.ask(
                "GetMetricData",
                MetricDataQueries=[metric("calls")],
                StartTime=given["StartTime"],
                EndTime=self.moment(0),
            )
        elif "Namespace" in mistake:
            self.put_data({"MetricName": "calls", "Value": 1}, namespace=mistake["Namespace"])
        else:
            wrong = {"MetricName": "calls", **mistake}
            right = {"MetricName": "calls", "Value": 1, "Unit": "Count"}
            self.put_data(*([right, wrong] if is_second else [wrong]))

    def ask_for_statistics(self, **changed: Any) -> None:
        """Ask for statistics of a metric."""
        given = {"Namespace": "Fans", "MetricName": "calls", "Period": 60, "Statistics": ["Sum"]}
        self.ask("GetMetricStatistics", **{**given, **changed})

    @rule(minutes=st.sampled_from([1, 2, 60, 185]))
    def wait(self, minutes: int) -> None:
        """Let whole minutes pass: periods of data points at whole minutes begin alike."""
        self.peers.wait(minutes * 60)

    @rule(
        name=st.sampled_from(METRICS),
        start=st.sampled_from([-30, -8, -7, -6.5, -200]),
        end=st.sampled_from([1, 5, 0]),
        period=st.sampled_from([60, 60, 300, 3_600, 30]),
        statistics=ENOUGH,
        unit=st.sampled_from([None, None, None, "Count", "Seconds", "None"]),
        choice=st.integers(0, 2),
    )
    def get_statistics(  # noqa: PLR0913, PLR0917 - what is drawn
        self,
        name: str,
        start: float,
        end: int,
        period: int,
        statistics: list[str],
        unit: str | None,
        choice: int,
    ) -> None:
        """Ask for statistics of one metric."""
        if name != "calls":
            start = round(start)
            period = max(period, 60)
        if (name in {"bare", "mixed"} and unit is None) or start != round(start):
            period = 60
        dimensions = [*DIMENSIONS.get(name, [None, None]), None][choice]
        if name == BY_SHOP[1] and choice == 1:
            dimensions = SHOP
        given = {
            "Namespace": "Fans",
            "MetricName": name,
            "Dimensions": dimensions,
            "EndTime": self.moment(end),
            "Period": period,
            "Statistics": statistics
            if period == 60 and name in {"calls", *BY_SHOP}
            else STATISTICS,
        }
        found = self.ask_from(start, "GetMetricStatistics", **given, Unit=unit)
        if (name, unit) == ("bare", "None"):
            given["StartTime"] = self.moment(start)
            del given["Dimensions"]
            bare = self.peers.ours("cloudwatch", "GetMetricStatistics", **given)
            assert _sums(bare) == _sums(found.ours), "all of it is without a unit"

    @rule(
        start=st.sampled_from([-30, -8, -7, -6.5, -200]),
        periods=st.lists(st.sampled_from([60, 300]), min_size=3, max_size=3),
        statistics=st.lists(st.sampled_from(STATISTICS), min_size=3, max_size=3),
        name=st.sampled_from([None, "odd", "bare", "mixed"]),
        quirk=st.one_of(st.none(), st.none(), QUIRKS),
        order=st.sampled_from(
            [*[None, "TimestampAscending", "TimestampDescending"] * 2, "Newest"]
        ),
        is_labelled=st.booleans(),
    )
    def get_data(  # noqa: PLR0913, PLR0917 - what is drawn
        self,
        start: float,
        periods: list[int],
        statistics: list[str],
        name: str | None,
        quirk: list[dict[str, Any]] | None,
        order: str | None,
        is_labelled: bool,  # noqa: FBT001 - drawn
    ) -> None:
        """Ask for data of several metrics, at most one of which moto answers in its own way."""
        queries = [
            metric("calls", "a", Period=periods[0], Stat=statistics[0]),
            metric(BY_SHOP[0], "b", Period=periods[1], Stat=statistics[1], Dimensions=SHOP),
        ]
        if name is not None:
            unit = {} if name == "bare" else {"Unit": "Seconds"}
            queries.append(metric(name, "c", Period=periods[2], Stat=statistics[2], **unit))
        if quirk is not None:
            queries.extend(quirk)
        elif start != round(start):
            queries = [metric("calls", "a", Stat=statistics[0])]
        elif not is_labelled:
            for query in queries:
                del query["Label"]
        else:
            queries.append({"Id": "e", "Expression": "a"})
        self.ask_from(
            start if quirk is None else round(start),
            "GetMetricData",
            MetricDataQueries=queries,
            EndTime=self.moment(1),
            ScanBy=None if quirk is not None and order == "Newest" else order,
        )

    @rule(
        namespace=st.sampled_from([None, "Fans", "Fans", NOWHERE]),
        name=st.sampled_from([*[None] * 5, *METRICS]),
        dimensions=st.sampled_from([None, [{"Name": "shop"}], SHOP, [*SHOP, DAY], [{"Name": "day", "Value": "2"}]]),
        token=st.sampled_from([*[None] * 7, "gone", ""]),
    )  # fmt: skip
    def list_metrics(
        self,
        namespace: str | None,
        name: str | None,
        dimensions: list[dict[str, str]] | None,
        token: str | None,
    ) -> None:
        """List metrics."""
        if self.has_many and namespace is None:
            namespace = (
                "Fans"  # else the pages of moto, which lists some twice, hold other metrics
            )
        self.ask(
            "ListMetrics",
            Namespace=namespace,
            MetricName=name,
            Dimensions=dimensions,
            NextToken=token,
        )

    @precondition(lambda self: not self.has_many)
    @rule(chance=st.integers(0, 9))
    def list_many(self, chance: int) -> None:
        """Now and then, fill more than a page of the list, and turn it."""
        if chance != 9:
            return
        self.has_many = True
        dimension = {"Name": "shop", "Value": "a"}
        self.put_data(
            *[
                {"MetricName": f"m{n:03}", "Value": 1, "Dimensions": [dimension]}
                for n in range(520)
            ],
            namespace="Many",
        )
        first = self.ask("ListMetrics", Namespace="Many")
        if first.ours.is_ok:
            self.ask("ListMetrics", Namespace="Many", NextToken=paired(first, "NextToken"))
