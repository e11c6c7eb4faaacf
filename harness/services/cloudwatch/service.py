"""CloudWatch: the engine, and the operations it knows by AWS's names."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.operations.get_metric_data import get_metric_data
from harness.services.cloudwatch.operations.get_metric_statistics import get_metric_statistics
from harness.services.cloudwatch.operations.list_metrics import list_metrics
from harness.services.cloudwatch.operations.put_metric_data import put_metric_data

OPERATIONS: Mapping[str, Callable[[Metrics, Parameters, Instant], Output]] = {
    "GetMetricData": get_metric_data,
    "GetMetricStatistics": get_metric_statistics,
    "ListMetrics": list_metrics,
    "PutMetricData": put_metric_data,
}


class CloudWatch(Metrics):
    """The metrics of one account in one region."""

    @property
    def operations(self) -> Mapping[str, Callable[[Metrics, Parameters, Instant], Output]]:
        """Every operation that is modelled."""
        return OPERATIONS
