"""The embedded metric format: from a log line to the data points it carries.

A pure function of the line.  What breaks a rule of the specification makes no metric and no
error: the log line stays a log line.  (CloudWatch user guide, "Embedded metric format
specification")
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeGuard

from harness.kernel.instant import Instant
from harness.services.cloudwatch.datapoint import UNITS, DataPoint, Dimensions, sorted_dimensions

DOCUMENT_BYTES_MAX = 1_048_576
METRICS_MAX = 100
VALUES_MAX = 100
DIMENSIONS_MAX = 30
NAME_MAX = 1_024
DIMENSION_NAME_MAX = 250
DIMENSION_VALUE_MAX = 1_024
VALUE_MAX = 2.0**360
TIMESTAMP_MAX = 253_402_300_799_999
"""The last millisecond of the year 9999."""


def read(line: str) -> list[DataPoint]:
    """Return the data points that *line* carries; none for any ordinary log line."""
    if '"_aws"' not in line or len(line.encode()) > DOCUMENT_BYTES_MAX:
        return []
    try:
        document = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return []
    metadata = document.get("_aws") if isinstance(document, dict) else None
    if not isinstance(metadata, dict):
        return []
    timestamp, directives = metadata.get("Timestamp"), metadata.get("CloudWatchMetrics")
    if not isinstance(directives, list) or not _is_number(timestamp):
        return []
    if not 0 <= timestamp <= TIMESTAMP_MAX:
        return []
    instant = Instant(int(timestamp) * 1_000)
    return [
        data_point
        for directive in directives
        for data_point in _of_directive(directive, document, instant)
    ]


def _of_directive(
    directive: Any, document: Mapping[str, Any], instant: Instant
) -> Iterator[DataPoint]:
    if not isinstance(directive, dict):
        return
    namespace, sets = directive.get("Namespace"), directive.get("Dimensions")
    metrics = directive.get("Metrics")
    if not _is_text(namespace, NAME_MAX) or not isinstance(sets, list):
        return
    if not isinstance(metrics, list) or len(metrics) > METRICS_MAX:
        return
    found = [_dimensions(names, document) for names in sets]
    for metric in metrics:
        if not isinstance(metric, dict) or not _is_valid(metric):
            continue
        for value in _values(document.get(metric["Name"])):
            for dimensions in found:
                if dimensions is not None:
                    yield DataPoint(
                        namespace,
                        metric["Name"],
                        dimensions,
                        instant,
                        value,
                        metric.get("Unit", "None"),
                    )


def _is_valid(metric: Mapping[str, Any]) -> bool:
    return (
        _is_text(metric.get("Name"), NAME_MAX)
        and metric.get("Unit", "None") in UNITS
        and metric.get("StorageResolution", 60) in (1, 60)
    )


def _dimensions(names: Any, document: Mapping[str, Any]) -> Dimensions | None:
    """Return the dimensions that *names* make, or None when one of them has no proper target."""
    if not isinstance(names, list) or len(names) > DIMENSIONS_MAX:
        return None
    if not all(_is_text(name, DIMENSION_NAME_MAX) for name in names):
        return None
    values = [document.get(name) for name in names]
    if not all(_is_text(value, DIMENSION_VALUE_MAX) for value in values):
        return None
    return sorted_dimensions(dict(zip(names, map(str, values), strict=True)))


def _values(target: Any) -> list[float]:
    """Return the numbers a metric's target holds: all of them, or none if any is not one."""
    numbers = target if isinstance(target, list) else [target]
    if len(numbers) > VALUES_MAX or not all(map(_is_number, numbers)):
        return []
    return [float(number) for number in numbers]


def _is_number(value: Any) -> TypeGuard[float]:
    """Whether *value* is a number that CloudWatch takes: no truth value, and not too large."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) <= VALUE_MAX


def _is_text(value: Any, length_max: int) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= length_max


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
