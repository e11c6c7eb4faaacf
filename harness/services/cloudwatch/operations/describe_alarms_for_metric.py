"""DescribeAlarmsForMetric: which alarms watch a metric."""

from collections.abc import Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.datums import read_dimensions
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled

_REFINING = ("Statistic", "ExtendedStatistic", "Period", "Unit")
_MODELLED = frozenset({"MetricName", "Namespace", "Dimensions", *_REFINING})


def describe_alarms_for_metric(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return the alarms on exactly this metric: without dimensions, those that have none."""
    require_modelled("DescribeAlarmsForMetric", params, _MODELLED)
    return {
        "MetricAlarms": [
            alarm.shown
            for _, alarm in sorted(metrics.alarms.items())
            if _watches(alarm.configuration, params)
        ]
    }


def _watches(configuration: Mapping[str, Any], params: Parameters) -> bool:
    names = ("MetricName", "Namespace")
    return (
        all(configuration.get(name) == params[name] for name in names)
        and _dimensions(configuration) == _dimensions(params)
        and all(configuration.get(name) == params[name] for name in _REFINING if name in params)
    )


def _dimensions(given: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return read_dimensions(given.get("Dimensions", ()), "Dimensions")
