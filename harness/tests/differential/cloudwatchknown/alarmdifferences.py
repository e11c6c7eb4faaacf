"""In which ways moto describes other alarms than ours, or describes them otherwise."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.cloudwatchknown.asking import Explains, changes, differing
from harness.tests.differential.peers import Exchange

_NEW = "Unchecked: Initial alarm creation"
_ACTIONS = ("OKActions", "AlarmActions", "InsufficientDataActions")
_FILTERS: dict[str, Callable[[dict[str, Any], Any], bool]] = {
    "AlarmNames": lambda alarm, names: alarm["AlarmName"] in names,
    "AlarmNamePrefix": lambda alarm, prefix: alarm["AlarmName"].startswith(prefix),
    "StateValue": lambda alarm, state: alarm["StateValue"] == state,
    "ActionPrefix": lambda alarm, prefix: any(
        each.startswith(prefix) for name in _ACTIONS for each in alarm[name]
    ),
}
"""Whether an alarm is one that a filter asks for."""

_STATE = {"StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp"}


def _described(exchange: Exchange) -> bool:
    is_asked = exchange.operation in {"DescribeAlarms", "DescribeAlarmsForMetric"}
    return is_asked and exchange.ours.is_ok and exchange.theirs.is_ok


def _pairs(exchange: Exchange) -> list[tuple[Any, Any]]:
    return list(differing(exchange, "MetricAlarms", "AlarmName")) if _described(exchange) else []


def is_new(exchange: Exchange) -> bool:
    """Whether alarms that nobody set are OK on their side only."""
    pairs = _pairs(exchange)
    return bool(pairs) and all(
        ours is not None
        and theirs is not None
        and changes(ours, theirs) == {"StateValue", "StateReasonData"}
        and ours["StateReason"] == theirs["StateReason"] == _NEW
        and ("StateReasonData" not in ours and theirs["StateReasonData"] == "{}")
        and (ours["StateValue"], theirs["StateValue"]) == ("INSUFFICIENT_DATA", "OK")
        for ours, theirs in pairs
    )


def is_reset(exchange: Exchange) -> bool:
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


def uses_one_filter(exchange: Exchange) -> bool:
    """Whether each alarm that theirs show beyond ours fails one of several filters."""
    given = [name for name in _FILTERS if name in exchange.parameters]
    return (
        _shows_more(exchange)
        and len(given) > 1
        and _is_whole(exchange)
        and all(
            any(not _FILTERS[name](theirs, exchange.parameters[name]) for name in given)
            for _, theirs in _pairs(exchange)
        )
    )


def _is_whole(exchange: Exchange) -> bool:
    """Whether neither a page nor a kind was asked for."""
    return not {"MaxRecords", "AlarmTypes"} & exchange.parameters.keys()


def knows_no_pages(exchange: Exchange) -> bool:
    """Whether ours show as many as were asked for, and those that theirs show, too, come later."""
    if not _shows_more(exchange):
        return False
    shown = [alarm["AlarmName"] for alarm in exchange.ours.output["MetricAlarms"]]
    return (
        "NextToken" in exchange.ours.output
        and "NextToken" not in exchange.theirs.output
        and exchange.parameters["MaxRecords"] == len(shown)
        and all(theirs["AlarmName"] > max(shown) for _, theirs in _pairs(exchange))
    )


def knows_no_kinds(exchange: Exchange) -> bool:
    kinds = exchange.parameters.get("AlarmTypes", ["MetricAlarm"])
    is_empty = _described(exchange) and not exchange.ours.output["MetricAlarms"]
    return is_empty and "MetricAlarm" not in kinds and _shows_more(exchange)


def looks_at_one_list(exchange: Exchange) -> bool:
    """Whether theirs miss what has such an action for another state than ALARM."""
    pairs = _pairs(exchange)
    prefix = exchange.parameters.get("ActionPrefix")
    return (
        prefix is not None
        and bool(pairs)
        and all(
            theirs is None
            and _FILTERS["ActionPrefix"](ours, prefix)
            and not any(each.startswith(prefix) for each in ours["AlarmActions"])
            for ours, theirs in pairs
        )
    )


def refines_nothing(exchange: Exchange) -> bool:
    """Whether theirs watch the metric, but otherwise than was asked for."""
    if exchange.operation != "DescribeAlarmsForMetric" or not _shows_more(exchange):
        return False
    names = ("Dimensions", "Statistic", "Period", "Unit")
    given = {"Dimensions": [], **exchange.parameters}
    return all(
        any(theirs.get(name) != given[name] for name in names if name in given)
        for _, theirs in _pairs(exchange)
    )


def is_shown_otherwise(differs: Callable[[dict[str, Any], dict[str, Any]], bool]) -> Explains:
    """Return whether each alarm has another moment of transition or list of queries: *differs*."""

    def explains(exchange: Exchange) -> bool:
        pairs = _pairs(exchange)
        return bool(pairs) and all(
            ours is not None
            and theirs is not None
            and changes(ours, theirs) <= {"Metrics", "StateTransitionedTimestamp"}
            and differs(ours, theirs)
            for ours, theirs in pairs
        )

    return explains
