"""ListMetrics: the metrics there are, those just made included."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.datapoint import Dimensions
from harness.services.cloudwatch.errors import invalid_value
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({"Namespace", "MetricName", "Dimensions", "NextToken"})
_PAGE = 500


def list_metrics(metrics: Metrics, params: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the shape of an operation
    """Return up to 500 metrics; the token is how many came before."""
    require_modelled("ListMetrics", params, _MODELLED)
    token = params.get("NextToken", "0")
    if not (token.isascii() and token.isdecimal()):
        raise invalid_value("Request parameter NextToken is invalid")
    found = sorted(
        (namespace, metric_name, dimensions)
        for (namespace, metric_name), by_dimensions in metrics.series.items()
        if params.get("Namespace", namespace) == namespace
        and params.get("MetricName", metric_name) == metric_name
        for dimensions in by_dimensions
        if _has_all(dimensions, params.get("Dimensions", ()))
    )
    start = int(token)
    output: Output = {"Metrics": [_shown(*metric) for metric in found[start : start + _PAGE]]}
    if len(found) > start + _PAGE:
        output["NextToken"] = str(start + _PAGE)
    return output


def _has_all(dimensions: Dimensions, wanted: object) -> bool:
    assert isinstance(wanted, list | tuple), "botocore lets only lists through"
    return all(
        any(name == one["Name"] and one.get("Value", value) == value for name, value in dimensions)
        for one in wanted
    )


def _shown(namespace: str, metric_name: str, dimensions: Dimensions) -> Output:
    return {
        "Namespace": namespace,
        "MetricName": metric_name,
        "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions],
    }
