"""Where moto's alarms differ: their states, how they are found, and what their history is."""

from typing import Any

from harness.tests.differential.cloudwatchknown.asking import (
    RECORDED,
    call,
    calls,
    changes,
    differing,
    refuses,
    takes,
    told,
    words,
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
_NEW = "Unchecked: Initial alarm creation"
_FILTERS = ("AlarmNames", "AlarmNamePrefix", "StateValue", "ActionPrefix")
_STATE = {"StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp"}


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


def _described(exchange: Exchange) -> bool:
    is_asked = exchange.operation in {"DescribeAlarms", "DescribeAlarmsForMetric"}
    return is_asked and exchange.ours.is_ok and exchange.theirs.is_ok


def _pairs(exchange: Exchange) -> list[tuple[Any, Any]]:
    return list(differing(exchange, "MetricAlarms", "AlarmName")) if _described(exchange) else []


def _is_new(exchange: Exchange) -> bool:
    """Whether alarms that nobody set are OK on their side only."""
    pairs = _pairs(exchange)
    return bool(pairs) and all(
        ours is not None
        and theirs is not None
        and changes(ours, theirs) == {"StateValue", "StateReasonData"}
        and ours["StateReason"] == theirs["StateReason"] == _NEW
        and (ours["StateValue"], theirs["StateValue"]) == ("INSUFFICIENT_DATA", "OK")
        for ours, theirs in pairs
    )


def _is_reset(exchange: Exchange) -> bool:
    """Whether alarms are as new on their side only: an update made them so."""
    pairs = _pairs(exchange)
    return bool(pairs) and all(
        ours is not None
        and theirs is not None
        and changes(ours, theirs) <= _STATE
        and (theirs["StateValue"], theirs["StateReason"]) == ("OK", _NEW)
        and ours["StateReason"] != _NEW
        for ours, theirs in pairs
    )


def _shows_more(exchange: Exchange) -> bool:
    """Whether all that ours show is equal, and theirs show more."""
    pairs = _pairs(exchange)
    return bool(pairs) and all(ours is None for ours, _ in pairs)


def _uses_one_filter(exchange: Exchange) -> bool:
    given = [name for name in _FILTERS if name in exchange.parameters]
    return _shows_more(exchange) and len(given) > 1 and _is_whole(exchange)


def _is_whole(exchange: Exchange) -> bool:
    """Whether neither a page nor a kind was asked for."""
    return not {"MaxRecords", "AlarmTypes"} & exchange.parameters.keys()


def _knows_no_pages(exchange: Exchange) -> bool:
    return (
        _shows_more(exchange)
        and "NextToken" in exchange.ours.output
        and "NextToken" not in exchange.theirs.output
        and exchange.parameters["MaxRecords"] == len(exchange.ours.output["MetricAlarms"])
    )


def _knows_no_kinds(exchange: Exchange) -> bool:
    kinds = exchange.parameters.get("AlarmTypes", ["MetricAlarm"])
    is_empty = _described(exchange) and not exchange.ours.output["MetricAlarms"]
    return is_empty and "MetricAlarm" not in kinds and _shows_more(exchange)


def _looks_at_one_list(exchange: Exchange) -> bool:
    """Whether theirs miss what has such an action for another state than ALARM."""
    pairs = _pairs(exchange)
    prefix = exchange.parameters.get("ActionPrefix")
    return (
        prefix is not None
        and bool(pairs)
        and all(
            theirs is None and not any(each.startswith(prefix) for each in ours["AlarmActions"])
            for ours, theirs in pairs
        )
    )


def _refines_nothing(exchange: Exchange) -> bool:
    """Whether theirs watch the metric, but otherwise than was asked for."""
    if exchange.operation != "DescribeAlarmsForMetric" or not _shows_more(exchange):
        return False
    names = ("Dimensions", "Statistic", "Period", "Unit")
    given = {"Dimensions": [], **exchange.parameters}
    return all(
        any(theirs.get(name) != given[name] for name in names if name in given)
        for _, theirs in _pairs(exchange)
    )


def _transitioned(peers: Peers) -> Exchange:
    """Describe without settling, which would take the moment away."""
    operation, alarm = put()
    peers.call("cloudwatch", operation, **alarm)
    return peers.call("cloudwatch", "DescribeAlarms")


def _lacks(member: str) -> Any:
    return lambda exchange: (
        _described(exchange)
        and bool(exchange.ours.output["MetricAlarms"])
        and all(member in alarm for alarm in exchange.ours.output["MetricAlarms"])
        and not any(member in alarm for alarm in exchange.theirs.output["MetricAlarms"])
    )


def _has_empty_queries(exchange: Exchange) -> bool:
    return _described(exchange) and any(
        "Metrics" not in ours and theirs.get("Metrics") == []
        for ours, theirs in _pairs(exchange)
        if ours is not None and theirs is not None
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "the state of a new alarm",
        _is_new,
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
        _is_reset,
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
        _lacks("StateTransitionedTimestamp"),
        _transitioned,
        told(
            "An alarm has no StateTransitionedTimestamp.",
            "It has one.",
            "Recorded: StateTransitionedTimestamp beside StateUpdatedTimestamp.",
            RECORDED,
        ),
    ),
    Known(
        "an alarm on one metric has no queries",
        _has_empty_queries,
        _transitioned,
        told(
            "Metrics is an empty list.",
            "It is not there.",
            "Recorded: no Metrics in an alarm on one metric.",
            RECORDED,
        ),
    ),
    Known(
        "filters are all heeded",
        _uses_one_filter,
        calls(put(), ("DescribeAlarms", {"AlarmNames": ["late"], "StateValue": "ALARM"})),
        told(
            "Of several filters one is heeded.",
            "All are.",
            "You can filter the results by a prefix for the alarm name, the alarm state, or a prefix"
            " for any action; only AlarmNames beside AlarmNamePrefix is said to be impossible.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "names or a prefix",
        takes("DescribeAlarms", "InvalidParameterCombination", "AlarmNamePrefix and AlarmNames"),
        call("DescribeAlarms", AlarmNames=["late"], AlarmNamePrefix="l"),
        told(
            "AlarmNames may stand beside AlarmNamePrefix.",
            "InvalidParameterCombination.",
            "If AlarmNamePrefix is specified, you cannot specify AlarmNames; code and text are not"
            " documented.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "alarms come in pages",
        _knows_no_pages,
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
        takes("DescribeAlarms", "InvalidNextToken", "Request parameter NextToken is invalid"),
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
        _knows_no_kinds,
        calls(put(), ("DescribeAlarms", {"AlarmTypes": ["CompositeAlarm"]})),
        told(
            "Metric alarms are told among composite ones.",
            "They are not.",
            "AlarmTypes says whether metric alarms, composite alarms or log alarms are returned.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "an action of any state",
        _looks_at_one_list,
        calls(
            put(ActionsEnabled=False, OKActions=[TOPIC]),
            ("DescribeAlarms", {"ActionPrefix": "arn:aws:sns"}),
        ),
        told(
            "ActionPrefix looks at AlarmActions alone.",
            "It looks at OKActions and InsufficientDataActions, too.",
            "You can filter the results by a prefix for any action.",
            "DescribeAlarms",
        ),
    ),
    Known(
        "the alarms of a metric",
        _refines_nothing,
        calls(
            put(Dimensions=[{"Name": "shop", "Value": "a"}]),
            ("DescribeAlarmsForMetric", {"Namespace": "Orders", "MetricName": "Delay"}),
        ),
        told(
            "Dimensions, statistic, period and unit are not looked at.",
            "They are.",
            "To filter the results, specify a statistic, period, or unit; if the metric has any"
            " associated dimensions, you must specify them.",
            "DescribeAlarmsForMetric",
        ),
    ),
    Known(
        "the history of an alarm",
        lambda exchange: (
            exchange.operation == "DescribeAlarmHistory"
            and exchange.ours.is_ok
            and exchange.theirs.code == "broken down: NotImplementedError"
        ),
        calls(put(), ("DescribeAlarmHistory", {})),
        told(
            "There is no DescribeAlarmHistory.",
            "What was configured, and which states were set.",
            "Recorded: an item of the type StateUpdate, with both states.",
            RECORDED,
        ),
    ),
    Known(
        "an alarm that is not there",
        words("SetAlarmState", "ResourceNotFound", "", "An unspecified service error occurred"),
        calls(set_state("gone")),
        told(
            "The text is An unspecified service error occurred.",
            "There is no text.",
            "Recorded: ResourceNotFound without a message.",
            RECORDED,
        ),
    ),
    Known(
        "a state that is none comes first",
        lambda exchange: (
            refuses("SetAlarmState", "ValidationError", "at 'stateValue' failed to satisfy")(
                exchange
            )
            and exchange.theirs.code in {"ResourceNotFound", "InvalidFormat"}
        ),
        calls(set_state("gone", "BAD")),
        told(
            "The alarm is looked for first, or the reason's data read.",
            "The state is looked at first.",
            "Each refusal is recorded; which comes first is not.",
            RECORDED,
            right="either",
        ),
    ),
    Known(
        "how a reason's data are refused",
        words("SetAlarmState", "InvalidFormat", "StateReasonData must be valid JSON", "Unknown"),
        calls(put(), set_state(StateReasonData="{")),
        told(
            "The text is Unknown.",
            "StateReasonData must be valid JSON",
            "InvalidFormat: data was not syntactically valid JSON; the text is not documented.",
            "SetAlarmState",
            right="either",
        ),
    ),
    Known(
        "a reason's data of no alarm",
        lambda exchange: (
            exchange.operation == "SetAlarmState"
            and exchange.ours.code == "ResourceNotFound"
            and exchange.theirs.code == "InvalidFormat"
        ),
        calls(set_state("gone", StateReasonData="{")),
        told(
            "The data are read before the alarm is looked for.",
            "After.",
            "InvalidFormat and ResourceNotFound; which comes first is not documented.",
            "SetAlarmState",
            right="either",
        ),
    ),
)
