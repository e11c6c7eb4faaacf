"""Where moto's GetMetricData answers otherwise."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.cloudwatchknown.asking import (
    BY_SHOP,
    NOWHERE,
    RECORDED,
    Explains,
    asked,
    calls,
    changes,
    data,
    differing,
    minute,
    takes,
    told,
)
from harness.tests.differential.known import Known
from harness.tests.differential.peers import Exchange, Peers

_MATH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html"
_INSIGHTS = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/"
    "cloudwatch-metrics-insights-querylanguage.html"
)
_SHOP = [{"Name": "shop", "Value": "a"}]
_ONE = data({"Value": 1, "Unit": "Count"})

Result = dict[str, Any]


def metric(name: str = "in", query_id: str = "q", **changed: Any) -> dict[str, Any]:
    """Return a query of the sums of a metric by the minute; *changed* names members of any depth."""
    stat = {"Metric": {"Namespace": "Fans", "MetricName": name}, "Period": 60, "Stat": "Sum"}
    for member in ("Namespace", "Dimensions"):
        if member in changed:
            stat["Metric"] |= {member: changed.pop(member)}  # type: ignore[operator] # it is a dictionary
    for member in ("Period", "Stat", "Unit"):
        if member in changed:
            stat[member] = changed.pop(member)
    return {"Id": query_id, "MetricStat": stat, "Label": f"the {query_id}", **changed}


def wanted(*queries: dict[str, Any], **given: Any) -> tuple[str, dict[str, Any]]:
    """Return a call of GetMetricData for an hour around the start."""
    span = {"StartTime": minute(-30), "EndTime": minute(30)}
    return "GetMetricData", {"MetricDataQueries": list(queries), **span, **given}


def _each(differs: Callable[[Result, Result | None, Result | None], bool]) -> Explains:
    """Return whether every result that differs does so as *differs* says of it and its query."""

    def explains(exchange: Exchange) -> bool:
        if exchange.operation != "GetMetricData" or not (
            exchange.ours.is_ok and exchange.theirs.is_ok
        ):
            return False
        queries = {query["Id"]: query for query in exchange.parameters["MetricDataQueries"]}
        found = list(differing(exchange, "MetricDataResults", "Id"))
        return bool(found) and all(
            differs(queries[(ours or theirs or {})["Id"]], ours, theirs) for ours, theirs in found
        )

    return explains


def _labels(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is not None
        and theirs is not None
        and changes(ours, theirs) == {"Label"}
        and "Label" not in query
        and theirs["Label"].startswith(query["MetricStat"]["Metric"]["MetricName"] + " ")
    )


def _pools_units(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is not None
        and theirs is not None
        and "Unit" not in query.get("MetricStat", {"Unit": 0})
        and [message["Code"] for message in ours.get("Messages", ())] == ["MultipleUnits"]
        and changes(ours, theirs) <= {"Messages", "Values", "Timestamps"}
        and set(theirs["Timestamps"]) >= set(ours["Timestamps"])
    )


def _pools_dimensions(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is not None
        and theirs is not None
        and "Dimensions" not in query.get("MetricStat", {}).get("Metric", {"Dimensions": 0})
        and query["MetricStat"]["Metric"]["MetricName"] in BY_SHOP
        and not ours["Values"]
        and changes(ours, theirs) == {"Values", "Timestamps"}
    )


def _finds_another_namespace(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is not None
        and theirs is not None
        and query.get("MetricStat", {}).get("Metric", {}).get("Namespace") == NOWHERE
        and not ours["Values"]
        and changes(ours, theirs) == {"Values", "Timestamps"}
    )


def _finds_no_none(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is not None
        and theirs is not None
        and query.get("MetricStat", {}).get("Unit") == "None"
        and not theirs["Values"]
        and changes(ours, theirs) == {"Values", "Timestamps"}
    )


def _sees_too_long(exchange: Exchange) -> bool:
    """Whether only theirs have fine periods of more than 3 hours ago."""
    if exchange.operation != "GetMetricData":
        return False
    before = exchange.parameters["EndTime"].timestamp() - 3 * 3_600

    def is_older(query: Result, ours: Result | None, theirs: Result | None) -> bool:
        if (
            ours is None
            or theirs is None
            or query.get("MetricStat", {"Period": 60})["Period"] >= 60
        ):
            return False
        left, right = (
            set(zip(result["Timestamps"], result["Values"], strict=True))
            for result in (ours, theirs)
        )
        return left < right and all(moment < before for moment, _ in right - left)

    return _each(is_older)(exchange)


def _calculates_nothing(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is not None
        and theirs is not None
        and not query.get("Expression", "").isidentifier()
        and not query.get("Expression", "SELECT").startswith("SELECT")
        and theirs["Values"] == theirs["Timestamps"] == []
        and changes(ours, theirs) == {"Values", "Timestamps"}
    )


def _follows_no_expression(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is not None
        and theirs is not None
        and query.get("Expression", "").isidentifier()
        and theirs["Values"] == theirs["Timestamps"] == []
        and changes(ours, theirs) == {"Values", "Timestamps"}
    )


def _returns_all_the_same(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        ours is None
        and theirs is not None
        and "Expression" in query
        and query.get("ReturnData") is False
    )


def _selects_everything(query: Result, ours: Result | None, theirs: Result | None) -> bool:
    return (
        theirs is not None
        and query.get("Expression", "").startswith("SELECT ")
        and (ours is None or changes(ours, theirs) <= {"Values", "Timestamps"})
    )


def _starts_within_a_minute(exchange: Exchange) -> bool:
    start = exchange.parameters.get("StartTime")
    if start is None or start.timestamp() % 60 == 0:
        return False

    def is_shifted(query: Result, ours: Result | None, theirs: Result | None) -> bool:
        return (
            ours is not None
            and theirs is not None
            and "MetricStat" in query
            and changes(ours, theirs) <= {"Values", "Timestamps"}
            and all((moment - start.timestamp()) % 60 == 0 for moment in theirs["Timestamps"])
        )

    return _each(is_shifted)(exchange)


def _refers_to_nothing(exchange: Exchange) -> bool:
    refused = takes("GetMetricData", "ValidationError", "Error in expression")
    return refused(exchange) and not any(
        result["Values"]
        for result in exchange.theirs.output["MetricDataResults"]
        if _query(exchange, result["Id"]).get("Expression")
    )


def _query(exchange: Exchange, query_id: str) -> Result:
    queries: list[Result] = exchange.parameters["MetricDataQueries"]
    return next(query for query in queries if query["Id"] == query_id)


def _with_messages(peers: Peers) -> Exchange:
    """Ask without settling, which would take the empty list away."""
    operation, parameters = wanted()
    return peers.call("cloudwatch", operation, **parameters)


def _asked_late(peers: Peers) -> Exchange:
    peers.call("cloudwatch", _ONE[0], **_ONE[1])
    peers.wait(4 * 3_600)
    operation, given = wanted(metric(Period=10), StartTime=minute(-1), EndTime=minute(4 * 60))
    return asked(peers, operation, **given)


def _expression(expression: str, query_id: str = "e", **members: Any) -> Result:
    return {"Id": query_id, "Expression": expression, "Label": "the math", **members}


KNOWN: tuple[Known, ...] = (
    Known(
        "messages are told, though there are none",
        lambda exchange: (
            exchange.operation == "GetMetricData"
            and exchange.ours.output.get("Messages") == []
            and "Messages" not in exchange.theirs.output
        ),
        _with_messages,
        told(
            "The answer has no Messages.",
            "They are an empty list.",
            "Recorded: Messages is an empty list.",
            RECORDED,
        ),
    ),
    Known(
        "the label of a metric",
        _each(_labels),
        calls(_ONE, wanted({key: value for key, value in metric().items() if key != "Label"})),
        told(
            "A query is called by its metric's name and its statistic.",
            "By its metric's name, and by what differs between the queries.",
            "Recorded: metric1 for one query, metric1 Sum and metric1 Average for two.",
            RECORDED,
        ),
    ),
    Known(
        "data of one unit are given",
        _each(_pools_units),
        calls(
            data({"Value": 1, "Unit": "Count"}, {"Value": 2, "Unit": "Seconds"}), wanted(metric())
        ),
        told(
            "Values of several units are added up.",
            "Those of one unit are given, with the message MultipleUnits.",
            "Recorded: the message Multiple units returned: '[Milliseconds, Seconds]'.",
            RECORDED,
        ),
    ),
    Known(
        "a metric without dimensions has none",
        _each(_pools_dimensions),
        calls(
            data({"MetricName": BY_SHOP[0], "Value": 1, "Unit": "Count", "Dimensions": _SHOP}),
            wanted(metric(BY_SHOP[0])),
        ),
        told(
            "Without dimensions the data of all that have some are added up.",
            "There is no such metric.",
            "Recorded: no values for a metric that was put with dimensions and asked for without.",
            RECORDED,
        ),
    ),
    Known(
        "a namespace is looked at",
        _each(_finds_another_namespace),
        calls(
            data({"Value": 1, "Unit": "Count", "Dimensions": _SHOP}),
            wanted(metric(Namespace=NOWHERE, Dimensions=_SHOP)),
        ),
        told(
            "With dimensions, data of any namespace are found.",
            "Those of the one that was named are.",
            "Metric is the metric to return, including the metric name, namespace, and dimensions.",
            "MetricStat",
        ),
    ),
    Known(
        "data without a unit are in None",
        _each(_finds_no_none),
        calls(data({"Value": 1}), wanted(metric(Unit="None"))),
        told(
            "Nothing is found in the unit None.",
            "What was put without a unit is.",
            "When no Unit is given, CloudWatch uses None as the unit.",
            "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
        ),
    ),
    Known(
        "how long fine data can be seen",
        _sees_too_long,
        _asked_late,
        told(
            "A period of 10 seconds shows data of 4 hours ago.",
            "It shows the last 3 hours.",
            "Data points with a period of less than 60 seconds are available for 3 hours.",
            "GetMetricData",
        ),
    ),
    Known(
        "metric math is calculated",
        _each(_calculates_nothing),
        calls(_ONE, wanted(metric(), _expression("q + 1"))),
        told(
            "Every expression but the id of a query has no values.",
            "It is calculated.",
            "Arithmetic functions are applied to the time series of other queries.",
            _MATH,
        ),
    ),
    Known(
        "an expression may name another",
        _each(_follows_no_expression),
        calls(_ONE, wanted(metric(), _expression("q", "e"), _expression("e", "f"))),
        told(
            "The id of an expression has no values.",
            "It has those of the expression.",
            "An expression can use the Id of other expressions to use their result.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "an expression that names nothing",
        _refers_to_nothing,
        calls(_ONE, wanted(metric(), _expression("gone"))),
        told(
            "An expression that cannot be calculated has no values.",
            "ValidationError.",
            "An expression refers to the Ids of other metrics or queries; the answer to another is not"
            " documented.",
            "MetricDataQuery",
            right="either",
        ),
    ),
    Known(
        "an expression whose data nobody wants",
        _each(_returns_all_the_same),
        calls(_ONE, wanted(metric(), _expression("q", ReturnData=False))),
        told(
            "An expression is returned, whatever ReturnData says.",
            "It is not.",
            "ReturnData indicates whether to return the raw data values of this metric.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "Metrics Insights selects",
        _each(_selects_everything),
        calls(
            _ONE,
            data({"Value": 2, "Unit": "Count"}, namespace="More fans"),
            wanted(_expression('SELECT MAX("in") FROM "Fans"', Period=60)),
        ),
        told(
            "Whatever is selected, the data of all metrics are added up.",
            "A statistic of one metric of a namespace.",
            "SELECT names the function and the metric, FROM the namespace.",
            _INSIGHTS,
        ),
    ),
    Known(
        "the start of the data is rounded down",
        _starts_within_a_minute,
        calls(_ONE, wanted(metric(), StartTime=minute(-0.5))),
        told(
            "Periods begin at the very second.",
            "They begin at the minute.",
            "A start time less than 15 days ago is rounded down to the nearest whole minute.",
            "GetMetricData",
        ),
    ),
)
