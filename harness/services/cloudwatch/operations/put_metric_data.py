"""PutMetricData: data points of any number of metrics."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.datums import read_datum
from harness.services.cloudwatch.errors import invalid_value, missing
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({"Namespace", "MetricData"})
_METRICS_MAX = 1_000
_NAMESPACE_MAX = 255
_RESERVED = "AWS/"


def put_metric_data(metrics: Metrics, params: Parameters, now: Instant) -> Output:
    """Keep all data points of the call, or none when one of them is refused."""
    require_modelled("PutMetricData", params, _MODELLED)
    if "MetricData" not in params:
        raise missing("MetricData")
    namespace, data = params["Namespace"], params["MetricData"]
    _require_namespace(namespace)
    if len(data) > _METRICS_MAX:
        raise invalid_value(
            f"The collection MetricData must not have a size greater than {_METRICS_MAX}."
        )
    data_points = [
        data_point
        for number, datum in enumerate(data, start=1)
        for data_point in read_datum(namespace, datum, f"MetricData.member.{number}", now)
    ]
    metrics.record(data_points)
    return {}


def _require_namespace(namespace: str) -> None:
    """Raise AWS's error for a namespace that nobody but AWS, or nobody at all, may have."""
    is_reserved = namespace.startswith(_RESERVED)
    if is_reserved or namespace.startswith(":") or not 0 < len(namespace) <= _NAMESPACE_MAX:
        told = _RESERVED if is_reserved else namespace
        raise invalid_value(f"The value {told} for parameter Namespace is invalid.")
