"""A metric datum of PutMetricData: checked, and turned into data points."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from harness.kernel.instant import Instant, hours
from harness.services.base.service import Parameters
from harness.services.base.timestamps import instant_from
from harness.services.cloudwatch.datapoint import (
    SHOWN_UNITS,
    UNITS,
    DataPoint,
    Dimensions,
    sorted_dimensions,
)
from harness.services.cloudwatch.errors import invalid_combination, invalid_value

DIMENSIONS_MAX = 30
VALUES_MAX = 150
_NAME_MAX = 255
_DIMENSION_VALUE_MAX = 1_024
_RESOLUTIONS = (1, 60)
_VALUE_MAX = 2.0**360
_PAST = hours(24 * 14)
_FUTURE = hours(2)


def read_datum(namespace: str, datum: Parameters, path: str, now: Instant) -> list[DataPoint]:
    """Return the data points of *datum*, which stands at *path* (``MetricData.member.1``)."""
    metric_name = datum["MetricName"]
    if not 0 < len(metric_name) <= _NAME_MAX:
        raise invalid_value(f"The parameter {path}.MetricName must be from 1 to {_NAME_MAX} long.")
    dimensions = read_dimensions(datum.get("Dimensions", ()), path)
    unit = datum.get("Unit", "None")
    if unit not in UNITS:
        raise invalid_value(
            f"The parameter {path}.Unit must be a value in the set [ {', '.join(SHOWN_UNITS)} ]."
        )
    if datum.get("StorageResolution", 60) not in _RESOLUTIONS:
        raise invalid_value(
            f"The parameter {path}.StorageResolution must be a value in the set [ 1, 60 ]."
        )
    timestamp = _timestamp(datum, path, now)
    _require_one_way(datum, path)
    if "StatisticValues" in datum:
        return [_of_set(namespace, metric_name, dimensions, timestamp, unit, datum, path)]
    return [
        DataPoint(namespace, metric_name, dimensions, timestamp, value, unit, count)
        for value, count in _values(datum, path)
        if count
    ]


def read_dimensions(dimensions: Sequence[Mapping[str, str]], path: str) -> Dimensions:
    """Return *dimensions* in the form that names a metric, or raise AWS's error."""
    if len(dimensions) > DIMENSIONS_MAX:
        raise invalid_value(
            f"The collection {path}.Dimensions must not have a size greater than {DIMENSIONS_MAX}."
        )
    for number, dimension in enumerate(dimensions, start=1):
        where = f"{path}.Dimensions.member.{number}"
        _check_text(dimension["Name"], f"{where}.Name", _NAME_MAX)
        _check_text(dimension["Value"], f"{where}.Value", _DIMENSION_VALUE_MAX)
        if dimension["Name"].startswith(":"):
            raise invalid_value(f"The parameter {where}.Name must not start with a colon.")
    return sorted_dimensions((one["Name"], one["Value"]) for one in dimensions)


def _check_text(text: str, path: str, longest: int) -> None:
    if not text.strip():
        raise invalid_value(f"The parameter {path} is required.")
    if len(text) > longest:
        raise invalid_value(f"The parameter {path} must be shorter than {longest + 1} characters.")
    if not text.isascii():
        raise invalid_value(f"The parameter {path} contains non-ASCII characters.")


def _require_one_way(datum: Parameters, path: str) -> None:
    """Raise unless the datum has exactly one of a value, values, and statistics."""
    ways = [name for name in ("Value", "Values", "StatisticValues") if name in datum]
    if len(ways) > 1:
        refuse = invalid_combination if "StatisticValues" in ways else invalid_value
        raise refuse(
            f"The parameters {path}.{ways[0]} and {path}.{ways[1]} are mutually exclusive and you "
            "have specified both."
        )
    if not ways:
        raise invalid_combination(
            f"At least one of the parameters {path}.Value, {path}.Values and "
            f"{path}.StatisticValues must be specified."
        )


def _values(datum: Parameters, path: str) -> list[tuple[float, float]]:
    if "Value" in datum:
        return [(_number(datum["Value"], f"{path}.Value"), 1.0)]
    values = datum["Values"]
    counts = datum.get("Counts", [1.0] * len(values))
    if len(counts) != len(values):
        raise invalid_value(
            f"The parameters {path}.Values and {path}.Counts must be of the same size."
        )
    if len(values) > VALUES_MAX:
        raise invalid_value(
            f"The collection {path}.Values must not have a size greater than {VALUES_MAX}."
        )
    return [
        (_number(value, f"{path}.Values"), _number(count, f"{path}.Counts"))
        for value, count in zip(values, counts, strict=True)
    ]


def _of_set(  # noqa: PLR0913, PLR0917 - the parts of a data point
    namespace: str,
    metric_name: str,
    dimensions: Dimensions,
    timestamp: Instant,
    unit: str,
    datum: Parameters,
    path: str,
) -> DataPoint:
    given = datum["StatisticValues"]
    names = ("SampleCount", "Sum", "Minimum", "Maximum")
    count, total, minimum, maximum = (
        _number(given[name], f"{path}.StatisticValues.{name}") for name in names
    )
    if count <= 0:
        raise invalid_value(
            f"The parameter {path}.StatisticValues.SampleCount must be greater than 0."
        )
    return DataPoint(
        namespace,
        metric_name,
        dimensions,
        timestamp,
        total / count,
        unit,
        count,
        minimum,
        maximum,
        total,
    )


def _number(value: Any, path: str) -> float:
    number = float(value)
    if not math.isfinite(number) or abs(number) > _VALUE_MAX:
        shown = "NaN" if math.isnan(number) else number
        raise invalid_value(f"The value {shown} for parameter {path} is invalid.")
    return number


def _timestamp(datum: Parameters, path: str, now: Instant) -> Instant:
    moment = datum.get("Timestamp")
    if moment is None:
        return now
    instant = read_instant(moment, f"{path}.Timestamp")
    if instant < now - _PAST:
        raise invalid_value(
            f"The parameter {path}.Timestamp must specify a time within the past two weeks."
        )
    if instant > now + _FUTURE:
        # AWS's text for the future is not recorded anywhere at hand.
        raise invalid_value(
            f"The parameter {path}.Timestamp must specify a time no more than two hours in the "
            "future."
        )
    return instant


def read_instant(moment: Any, path: str) -> Instant:
    """Return the instant at *path*, or raise AWS's error for a text that is no timestamp."""
    try:
        return instant_from(moment)
    except ValueError as error:
        raise invalid_value(f"The parameter {path} is invalid: {error}") from None
