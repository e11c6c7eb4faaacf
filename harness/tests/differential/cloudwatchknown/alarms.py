"""Where moto describes alarms otherwise: their states, and how they are found."""

from typing import Any

from harness.tests.differential.cloudwatchknown.alarmdifferences import (
    is_new,
    is_reset,
    is_shown_otherwise,
    knows_no_kinds,
    knows_no_pages,
    looks_at_one_list,
    refines_nothing,
    uses_one_filter,
)
from harness.tests.differential.cloudwatchknown.asking import (
    RECORDED,
    call,
    calls,
    takes,
    told,
    where,
)
from harness.tests.differential.known import Known
from harness.tests.differential.peers import Exchange, Peers

TOPIC = "arn:aws:sns:us-east-1:123456789012:late"
ALARM: dict[str, Any] = {
    "AlarmName": "late",
    "MetricName": "Delay",
    "Namespace": "Orders",
    "Statistic": "Maximum",
    "Period": 60,
    "EvaluationPeriods": 3,
    "Threshold": 5.0,
    "ComparisonOperator": "GreaterThanThreshold",
}


def put(name: str = "late", **changed: Any) -> tuple[str, dict[str, Any]]:
    """Return a call of PutMetricAlarm."""
    return "PutMetricAlarm", {**ALARM, "AlarmName": name, **changed}


def set_state(name: str = "late", value: str = "ALARM", **more: Any) -> tuple[str, dict[str, Any]]:
    """Return a call of SetAlarmState."""
    return "SetAlarmState", {
        "AlarmName": name,
        "StateValue": value,
        "StateReason": "seen",
        **more,
    }


def _unsettled(peers: Peers) -> Exchange:
    """Describe without settling, which would take both differences away."""
    for operation, given in (put(), set_state()):
        peers.call("cloudwatch", operation, **given)
    exchange = peers.call("cloudwatch", "DescribeAlarms")
    for answer in (exchange.ours, exchange.theirs):
        for alarm in answer.output["MetricAlarms"]:
            for name in ("AlarmConfigurationUpdatedTimestamp", "StateUpdatedTimestamp"):
                alarm[name] = alarm[name].timestamp()
    return exchange


KNOWN: tuple[Known, ...] = (
    Known(
        "the state of a new alarm",
        is_new,
        calls(put(), ("DescribeAlarms", {})),
        told(
            "A new alarm is OK, with the data {}.",
            "It is in INSUFFICIENT_DATA.",
            "When this operation creates an alarm, the alarm state is immediately set to"
            " INSUFFICIENT_DATA.",
            "PutMetricAlarm",
        ),
    ),
    Known(
        "an update leaves the state",
        is_reset,
        calls(put(), set_state(), put(Threshold=6.0), ("DescribeAlarms", {})),
        told(
            "An updated alarm is as new.",
            "It stays in its state.",
            "When you update an existing alarm, its state is left unchanged.",
            "PutMetricAlarm",
        ),
    ),
    Known(
        "when a state was reached",
        is_shown_otherwise(
            lambda ours, theirs: (
                "StateTransitionedTimestamp" in ours and "StateTransitionedTimestamp" not in theirs
            )
        ),
        _unsettled,
        told(
            "An alarm has no StateTransitionedTimestamp.",
            "It has one.",
            "StateTransitionedTimestamp: the date and time that the alarm's StateValue most recently"
            " changed.",
            "MetricAlarm",
        ),
    ),
    Known(
        "an alarm on one metric has no queries",
        is_shown_otherwise(
            lambda ours, theirs: "Metrics" not in ours and theirs.get("Metrics") == []
        ),
        _unsettled,
        told(
            "Metrics is an empty list.",
            "It is not there.",
            "Recorded: no Metrics in an alarm on one metric.",
            RECORDED,
        ),
    ),
    Known(
        "filters are all heeded",
        uses_one_filter,
        calls(put(), ("DescribeAlarms", {"AlarmNames": ["late"], "StateValue": "ALARM"})),
        told(
            "Of several filters one is heeded.",
            "All are.",
            "You can filter the results by specifying a prefix for the alarm name, the alarm state, or a"
            " prefix for any action; only AlarmNames beside AlarmNamePrefix is said to be impossible.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "names or a prefix",
        takes(
            "DescribeAlarms",
            "InvalidParameterCombination",
            where(
                lambda given: {"AlarmNames", "AlarmNamePrefix"} <= given.keys(),
                "AlarmNamePrefix and AlarmNames are mutually exclusive",
            ),
        ),
        call("DescribeAlarms", AlarmNames=["late"], AlarmNamePrefix="l"),
        told(
            "AlarmNames may stand beside AlarmNamePrefix.",
            "InvalidParameterCombination.",
            "AlarmNamePrefix: If this parameter is specified, you cannot specify AlarmNames. Code and"
            " text are not documented.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "alarms come in pages",
        knows_no_pages,
        calls(
            put("a"),
            set_state("a"),
            put("b"),
            set_state("b"),
            ("DescribeAlarms", {"MaxRecords": 1}),
        ),
        told(
            "All alarms come at once.",
            "MaxRecords of them, and a NextToken.",
            "MaxRecords is the maximum number of alarm descriptions to retrieve.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "a token of alarms that is none",
        takes(
            "DescribeAlarms",
            "InvalidNextToken",
            where(
                lambda given: not given.get("NextToken", "0").isdecimal(),
                "Request parameter NextToken is invalid",
            ),
        ),
        call("DescribeAlarms", NextToken="gone"),
        told(
            "Any token is taken.",
            "InvalidNextToken.",
            "InvalidNextToken: the next token specified is invalid.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "kinds of alarms",
        knows_no_kinds,
        calls(put(), ("DescribeAlarms", {"AlarmTypes": ["CompositeAlarm"]})),
        told(
            "Metric alarms are told among composite ones.",
            "They are not.",
            "If you specify CompositeAlarms, the operation returns only a list of composite alarms, and"
            " does not return any metric alarms or log alarms.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "an action of any state",
        looks_at_one_list,
        calls(
            put(ActionsEnabled=False, OKActions=[TOPIC]),
            ("DescribeAlarms", {"ActionPrefix": "arn:aws:sns"}),
        ),
        told(
            "ActionPrefix looks at AlarmActions alone.",
            "It looks at OKActions and InsufficientDataActions, too.",
            "You can filter the results by specifying a prefix for any action.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "the alarms of a metric",
        refines_nothing,
        calls(
            put(Dimensions=[{"Name": "shop", "Value": "a"}]),
            ("DescribeAlarmsForMetric", {"Namespace": "Orders", "MetricName": "Delay"}),
        ),
        told(
            "Dimensions, statistic, period and unit are not looked at.",
            "They are.",
            "To filter the results, specify a statistic, period, or unit. If the metric has any"
            " associated dimensions, you must specify them in order for the call to succeed.",
            "DescribeAlarmsForMetric",
        ),
    ),
)
