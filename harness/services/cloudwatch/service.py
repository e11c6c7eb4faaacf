"""CloudWatch: the engine, and the operations it knows by AWS's names."""

from collections.abc import Callable, Mapping

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.operations.delete_alarms import delete_alarms
from harness.services.cloudwatch.operations.delete_dashboards import delete_dashboards
from harness.services.cloudwatch.operations.describe_alarm_history import describe_alarm_history
from harness.services.cloudwatch.operations.describe_alarms import describe_alarms
from harness.services.cloudwatch.operations.describe_alarms_for_metric import (
    describe_alarms_for_metric,
)
from harness.services.cloudwatch.operations.disable_alarm_actions import disable_alarm_actions
from harness.services.cloudwatch.operations.enable_alarm_actions import enable_alarm_actions
from harness.services.cloudwatch.operations.get_dashboard import get_dashboard
from harness.services.cloudwatch.operations.get_metric_data import get_metric_data
from harness.services.cloudwatch.operations.get_metric_statistics import get_metric_statistics
from harness.services.cloudwatch.operations.list_dashboards import list_dashboards
from harness.services.cloudwatch.operations.list_metrics import list_metrics
from harness.services.cloudwatch.operations.list_tags_for_resource import list_tags_for_resource
from harness.services.cloudwatch.operations.put_dashboard import put_dashboard
from harness.services.cloudwatch.operations.put_metric_alarm import put_metric_alarm
from harness.services.cloudwatch.operations.put_metric_data import put_metric_data
from harness.services.cloudwatch.operations.set_alarm_state import set_alarm_state
from harness.services.cloudwatch.operations.tag_resource import tag_resource
from harness.services.cloudwatch.operations.untag_resource import untag_resource

OPERATIONS: Mapping[str, Callable[[Metrics, Parameters, Instant], Output]] = {
    "DeleteAlarms": delete_alarms,
    "DeleteDashboards": delete_dashboards,
    "DescribeAlarmHistory": describe_alarm_history,
    "DescribeAlarms": describe_alarms,
    "DescribeAlarmsForMetric": describe_alarms_for_metric,
    "DisableAlarmActions": disable_alarm_actions,
    "EnableAlarmActions": enable_alarm_actions,
    "GetDashboard": get_dashboard,
    "GetMetricData": get_metric_data,
    "GetMetricStatistics": get_metric_statistics,
    "ListDashboards": list_dashboards,
    "ListMetrics": list_metrics,
    "ListTagsForResource": list_tags_for_resource,
    "PutDashboard": put_dashboard,
    "PutMetricAlarm": put_metric_alarm,
    "PutMetricData": put_metric_data,
    "SetAlarmState": set_alarm_state,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
}


class CloudWatch(Metrics):
    """The metrics and alarms of one account in one region."""

    @property
    def operations(self) -> Mapping[str, Callable[[Metrics, Parameters, Instant], Output]]:
        """Every operation that is modelled."""
        return OPERATIONS
