"""Where moto's GetMetricData answers otherwise."""

from typing import Any

from harness.tests.differential.cloudwatchknown.asking import (
    BY_SHOP,
    CONCEPTS,
    NOWHERE,
    RECORDED,
    asked,
    calls,
    data,
    minute,
    told,
)
from harness.tests.differential.cloudwatchknown.datadifferences import (
    calculates_nothing,
    each,
    finds_another_namespace,
    finds_no_none,
    follows_no_expression,
    has_other_data,
    labels,
    pools_dimensions,
    pools_units,
    refers_to_nothing,
    returns_all_the_same,
    sees_too_long,
    selects_everything,
    starts_within_a_minute,
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


def _with_messages(peers: Peers) -> Exchange:
    """Ask without settling, which would take the empty list away."""
    operation, parameters = wanted()
    return peers.call("cloudwatch", operation, **parameters)


def _asked_late(peers: Peers) -> Exchange:
    peers.call("cloudwatch", _ONE[0], **_ONE[1])
    peers.wait(4 * 3_600)
    operation, given = wanted(metric(Period=10), StartTime=minute(-1), EndTime=minute(4 * 60))
    return asked(peers, operation, **given)


def _expression(expression: str, query_id: str = "e", **members: Any) -> dict[str, Any]:
    return {"Id": query_id, "Expression": expression, "Label": "the math", **members}


KNOWN: tuple[Known, ...] = (
    Known(
        "messages are told, though there are none",
        lambda exchange: (
            exchange.operation == "GetMetricData"
            and exchange.ours.output == {**exchange.theirs.output, "Messages": []}
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
        each(labels),
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
        each(pools_units),
        calls(
            data({"Value": 1, "Unit": "Count"}, {"Value": 2, "Unit": "Seconds"}),
            wanted(metric(), metric(query_id="u", Unit="Count")),
        ),
        told(
            "Values of several units are added up.",
            "Those of one unit are given, with the message MultipleUnits.",
            "Recorded: with the message Multiple units returned: '[Milliseconds, Seconds]' come the"
            " values of the first.",
            RECORDED,
        ),
    ),
    Known(
        "a metric without dimensions has none",
        has_other_data(pools_dimensions),
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
        has_other_data(finds_another_namespace),
        calls(
            data({"Value": 1, "Unit": "Count", "Dimensions": _SHOP}),
            wanted(metric(Namespace=NOWHERE, Dimensions=_SHOP)),
        ),
        told(
            "With dimensions, data of any namespace are found.",
            "Those of the one that was named are.",
            "Metric: the metric to return, including the metric name, namespace, and dimensions.",
            "MetricStat",
        ),
    ),
    Known(
        "data without a unit are in None",
        has_other_data(finds_no_none),
        calls(data({"Value": 1}), wanted(metric(Unit="None"), metric(query_id="u"))),
        told(
            "Nothing is found in the unit None.",
            "What was put without a unit is.",
            "If you do not specify a unit, CloudWatch uses None as the unit.",
            CONCEPTS,
        ),
    ),
    Known(
        "how long fine data can be seen",
        has_other_data(sees_too_long),
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
        has_other_data(calculates_nothing),
        calls(_ONE, wanted(metric(query_id="a"), _expression("a + 1"))),
        told(
            "Every expression but the id of a query has no values.",
            "It is calculated.",
            "Metric math enables you to query multiple CloudWatch metrics and use math expressions to"
            " create new time series based on these metrics.",
            _MATH,
        ),
    ),
    Known(
        "an expression may name another",
        has_other_data(follows_no_expression),
        calls(_ONE, wanted(metric(), _expression("q", "e"), _expression("e", "f"))),
        told(
            "The id of an expression has no values.",
            "It has those of the expression.",
            "A math expression can also use the Id of other expressions to use the result of those"
            " expressions.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "an expression that names nothing",
        refers_to_nothing,
        calls(_ONE, wanted(metric(), _expression("gone"))),
        told(
            "An expression that cannot be calculated has no values.",
            "ValidationError.",
            "A math expression can use the Id of the other metrics or queries to refer to those metrics;"
            " what another name gets is not documented.",
            "MetricDataQuery",
            right="either",
        ),
    ),
    Known(
        "an expression whose data nobody wants",
        each(returns_all_the_same),
        calls(_ONE, wanted(metric(), _expression("q", ReturnData=False))),
        told(
            "An expression is returned, whatever ReturnData says.",
            "It is not.",
            "ReturnData indicates whether to return the timestamps and raw data values of this metric."
            " If you are performing this call just to do math expressions, you can specify false.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "Metrics Insights selects",
        each(selects_everything),
        calls(
            _ONE,
            data({"Value": 2, "Unit": "Count"}, namespace="More fans"),
            wanted(metric(Stat="Maximum"), _expression('SELECT MAX("in") FROM "Fans"', Period=60)),
        ),
        told(
            "Whatever is selected, the data of all metrics are added up.",
            "A statistic of one metric of a namespace.",
            "SELECT specifies the function to use to aggregate observations and the name of the metric;"
            " FROM, the metric namespace that contains it.",
            _INSIGHTS,
        ),
    ),
    Known(
        "the start of the data is rounded down",
        has_other_data(starts_within_a_minute),
        calls(_ONE, wanted(metric(), StartTime=minute(-0.5))),
        told(
            "Periods begin at the very second.",
            "They begin at the minute.",
            "Start time less than 15 days ago - Round down to the nearest whole minute.",
            "GetMetricData",
        ),
    ),
)
