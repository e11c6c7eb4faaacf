"""Where moto's GetMetricStatistics sees other periods, dimensions or units."""

import math
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from harness.tests.differential.cloudwatchknown.asking import (
    BY_SHOP,
    CONCEPTS,
    EMPTY,
    RECORDED,
    STATISTICS,
    Shows,
    asked,
    calls,
    data,
    minute,
    takes,
    told,
    where,
)
from harness.tests.differential.cloudwatchknown.periods import PERIODS, is_period
from harness.tests.differential.known import Known
from harness.tests.differential.peers import Exchange, Peers

_SHOP = [{"Name": "shop", "Value": "a"}]
_ALIGNED = "https://github.com/boto/boto3/issues/3457"
_HOURS_3 = timedelta(hours=3).total_seconds()


def query(**changes: Any) -> tuple[str, dict[str, Any]]:
    """Return a call of GetMetricStatistics for an hour around the start."""
    given = {
        "Namespace": "Fans",
        "MetricName": "in",
        "StartTime": minute(-30),
        "EndTime": minute(30),
        "Period": 60,
        "Statistics": STATISTICS,
    }
    return "GetMetricStatistics", given | changes


def _points(exchange: Exchange) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    ours, theirs = exchange.ours.output["Datapoints"], exchange.theirs.output["Datapoints"]
    return ours, theirs


def _is_answered(exchange: Exchange) -> bool:
    both = exchange.ours.is_ok and exchange.theirs.is_ok
    return exchange.operation == "GetMetricStatistics" and both


def _begins_at_the_first(exchange: Exchange) -> bool:
    """Whether theirs are the same values in periods that begin at the first of them."""
    if not _is_answered(exchange) or not _asks_for_all(exchange):
        return False
    ours, theirs = _points(exchange)
    period = exchange.parameters["Period"]
    if not ours or not theirs or _totals(ours) != _totals(theirs):
        return False
    shift = theirs[0]["Timestamp"] - ours[0]["Timestamp"]
    is_regular = all(
        (point["Timestamp"] - theirs[0]["Timestamp"]) % period == 0 for point in theirs
    )
    return 0 < shift < period and is_regular


def _asks_for_all(exchange: Exchange) -> bool:
    return set(exchange.parameters["Statistics"]) == set(STATISTICS)


def _totals(points: list[dict[str, Any]]) -> tuple[Any, ...]:
    """Return what is the same however points are put into periods, as far as it was asked for."""
    return (
        {point.get("Unit") for point in points},
        sum(point["SampleCount"] for point in points),
        sum(point["Sum"] for point in points),
        min(point["Minimum"] for point in points),
        max(point["Maximum"] for point in points),
    )


def _starts_within_a_minute(exchange: Exchange) -> bool:
    """Whether only ours have what lies between the whole minute and the start."""
    if not _is_answered(exchange) or exchange.parameters["Period"] != 60:
        return False
    ours, theirs = _points(exchange)
    start = exchange.parameters["StartTime"].timestamp()
    first = start // 60 * 60
    return (
        first < start
        and ours[:1] != theirs[:1]
        and ours[1:] == theirs
        and (ours[0]["Timestamp"] == first)
    )


def _is_seen_too_long(exchange: Exchange) -> bool:
    """Whether only theirs have fine periods of more than 3 hours ago."""
    if not _is_answered(exchange) or exchange.parameters["Period"] >= 60:
        return False
    ours, theirs = _points(exchange)
    before = exchange.parameters["EndTime"].timestamp() - _HOURS_3
    recent = [point for point in theirs if point in ours]
    older = [point for point in theirs if point not in ours]
    return recent == ours and bool(older) and all(p["Timestamp"] < before for p in older)


def _pools_dimensions(exchange: Exchange) -> bool:
    """Whether ours have no such metric, and theirs add up those of more dimensions."""
    if not _is_answered(exchange):
        return False
    ours, theirs = _points(exchange)
    name = exchange.parameters["MetricName"]
    given = len(exchange.parameters.get("Dimensions", ()))
    return not ours and bool(theirs) and name in BY_SHOP and given <= BY_SHOP.index(name)


def _takes_none_for_zero(exchange: Exchange) -> bool:
    """Whether ours have nothing of what has no values, and theirs nothing but zeros."""
    if not _is_answered(exchange) or exchange.parameters["MetricName"] != EMPTY:
        return False
    ours, theirs = _points(exchange)
    return not ours and bool(theirs) and all(p["Minimum"] == p["Maximum"] == 0 for p in theirs)


def _pools_units(exchange: Exchange) -> bool:
    """Whether theirs add up what ours keep apart by unit."""
    if not (_is_answered(exchange) and _asks_for_all(exchange)) or "Unit" in exchange.parameters:
        return False
    ours, theirs = _points(exchange)
    units = {point["Unit"] for point in ours}
    together: dict[float, float] = {}
    for point in ours:
        moment = point["Timestamp"]
        together[moment] = together.get(moment, 0) + point["Sum"]
    return (
        len(units) > 1
        and len(together) < len(ours)
        and {point.get("Unit") for point in theirs} <= units
        and together == {point["Timestamp"]: point["Sum"] for point in theirs}
    )


def _has_no_unit(exchange: Exchange) -> bool:
    """Whether ours say None where theirs say nothing, and that is all."""
    if not _is_answered(exchange):
        return False
    ours, theirs = _points(exchange)
    bare = [
        {name: value for name, value in point.items() if (name, value) != ("Unit", "None")}
        for point in ours
    ]
    return bare == theirs


def _counts_in_whole_numbers(exchange: Exchange) -> bool:
    """Whether theirs have the whole part of what ours counted."""
    if not _is_answered(exchange) or not _asks_for_all(exchange):
        return False
    ours, theirs = _points(exchange)
    counts = [(a["SampleCount"], b["SampleCount"]) for a, b in zip(ours, theirs, strict=False)]
    return (
        len(ours) == len(theirs) > 0
        and any(one != other for one, other in counts)
        and all(math.floor(one) == other for one, other in counts)
    )


def _filters_none(exchange: Exchange) -> bool:
    """Whether the unit None was asked for, and theirs find nothing in it."""
    if not _is_answered(exchange) or exchange.parameters.get("Unit") != "None":
        return False
    ours, theirs = _points(exchange)
    return bool(ours) and not theirs


def _too_many(parameters: dict[str, Any]) -> Iterator[str]:
    """Yield what is told of more periods than 1,440."""
    seconds = (parameters["EndTime"] - parameters["StartTime"]).total_seconds()
    count = int(seconds // parameters["Period"])
    if count > 1_440:
        yield (
            f"You have requested up to {count:,} datapoints, which exceeds the limit of 1,440. You may"
            " reduce the datapoints requested by increasing Period, or decreasing the time range."
        )


def _asked_late(peers: Peers) -> Exchange:
    operation, put = data({"Value": 1, "Unit": "Count", "Timestamp": minute(0)})
    peers.call("cloudwatch", operation, **put)
    peers.wait(4 * 3_600)
    operation, wanted = query(Period=10, StartTime=minute(0), EndTime=minute(4 * 60))
    return asked(peers, operation, **wanted)


_EMPTY: Shows = calls(
    data({"MetricName": EMPTY, "Values": [], "Unit": "Count"}), query(MetricName=EMPTY)
)

KNOWN: tuple[Known, ...] = (
    Known(
        "periods begin at the start",
        _begins_at_the_first,
        calls(data({"Value": 1, "Unit": "Count", "Timestamp": minute(2)}), query(Period=300)),
        told(
            "The first period begins at the first data point.",
            "It begins at StartTime, rounded down.",
            "GetMetricStatistics and GetMetricData return timestamps aligned to the provided"
            " StartTime.",
            _ALIGNED,
        ),
    ),
    Known(
        "the start is rounded down",
        _starts_within_a_minute,
        calls(data({"Value": 1, "Unit": "Count"}), query(StartTime=minute(0.5))),
        told(
            "What lies before StartTime, in its minute, is left out.",
            "It is there.",
            "Start time less than 15 days ago - Round down to the nearest whole minute.",
            "GetMetricStatistics",
        ),
    ),
    Known(
        "how long fine periods can be seen",
        _is_seen_too_long,
        _asked_late,
        told(
            "A period of 10 seconds shows data of 4 hours ago.",
            "It shows the last 3 hours.",
            "Data points with a period of less than 60 seconds are available for 3 hours.",
            "GetMetricStatistics",
        ),
    ),
    Known(
        "each set of dimensions is a metric",
        _pools_dimensions,
        calls(
            data({"MetricName": BY_SHOP[0], "Value": 1, "Unit": "Count", "Dimensions": _SHOP}),
            query(MetricName=BY_SHOP[0]),
        ),
        told(
            "Without dimensions, or with some of them, the data of all that have more are added up.",
            "There is no such metric.",
            "You must specify the same dimensions that were used when the metrics were created.",
            "GetMetricStatistics",
        ),
    ),
    Known(
        "each unit has data points of its own",
        _pools_units,
        calls(data({"Value": 1, "Unit": "Count"}, {"Value": 2, "Unit": "Seconds"}), query()),
        told(
            "Values of several units are added up, in the unit of the last.",
            "Each unit has a data point.",
            "If you omit Unit, all data that was collected with any unit is returned, along with the"
            " corresponding units that were specified when the data was reported to CloudWatch.",
            "GetMetricStatistics",
        ),
    ),
    Known(
        "the unit None is told",
        _has_no_unit,
        calls(data({"Value": 1}), query()),
        told(
            "A data point without a unit has no Unit.",
            "Its Unit is None.",
            "Recorded: the Unit of a data point that was put without one is None.",
            RECORDED,
        ),
    ),
    Known(
        "the unit None can be asked for",
        _filters_none,
        calls(data({"Value": 1}), query(Unit="None")),
        told(
            "Nothing is found in the unit None.",
            "What was put without a unit is.",
            "If you do not specify a unit, CloudWatch uses None as the unit.",
            CONCEPTS,
        ),
    ),
    Known(
        "counts need not be whole",
        _counts_in_whole_numbers,
        calls(data({"Values": [1.0], "Counts": [2.5], "Unit": "Count"}), query()),
        told(
            "A count of 2.5 is one of 2.",
            "It is one of 2.5.",
            "Each number in the Counts array is the number of times the corresponding value in the"
            " Values array occurred during the period; they are of the type Double, and of fractions"
            " nothing is said.",
            "MetricDatum",
            right="either",
        ),
    ),
    Known(
        "no values are no data",
        _takes_none_for_zero,
        _EMPTY,
        told(
            "An empty array of values is a value of 0.",
            "It is none.",
            "Values is an array of numbers representing the values for the metric during the period;"
            " of an empty one nothing is said.",
            "MetricDatum",
            right="either",
        ),
    ),
    Known(
        "which periods there are",
        takes(
            "GetMetricStatistics",
            "InvalidParameterValue",
            where(
                lambda given: not is_period(given["Period"]),
                f"The parameter Period must be {PERIODS}.",
            ),
        ),
        calls(query(Period=90)),
        told(
            "A period may be of 90 seconds.",
            "InvalidParameterValue.",
            "For high-resolution metrics the period can be 1, 5, 10, 20, 30, 60, or any multiple of 60;"
            " for those with regular resolution it must be a multiple of 60.",
            "GetMetricStatistics",
        ),
    ),
    Known(
        "how many data points are given at most",
        takes("GetMetricStatistics", "InvalidParameterCombination", _too_many),
        calls(query(StartTime=minute(-1_441))),
        told(
            "1471 periods of a minute can be asked for.",
            "InvalidParameterCombination.",
            "The maximum number of data points returned from a single call is 1,440. If you request"
            " more than 1,440 data points, CloudWatch returns an error.",
            "GetMetricStatistics",
        ),
    ),
)
