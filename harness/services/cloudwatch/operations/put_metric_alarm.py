"""PutMetricAlarm: make an alarm, or replace what one watches."""

from copy import deepcopy

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch import alarms
from harness.services.cloudwatch.alarmchecks import require_valid
from harness.services.cloudwatch.alarms import Alarm, AlarmState
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled
from harness.services.cloudwatch.tags import read_tags

_MODELLED = frozenset({
    "AlarmName", "AlarmDescription", "ActionsEnabled", "OKActions", "AlarmActions",
    "InsufficientDataActions", "MetricName", "Namespace", "Statistic", "ExtendedStatistic",
    "Dimensions", "Period", "Unit", "EvaluationPeriods", "DatapointsToAlarm", "Threshold",
    "ComparisonOperator", "TreatMissingData", "EvaluateLowSampleCountPercentile", "Metrics",
    "Tags", "ThresholdMetricId",
})  # fmt: skip
_NEW = "Unchecked: Initial alarm creation"


def put_metric_alarm(metrics: Metrics, params: Parameters, now: Instant) -> Output:
    """Keep the alarm; one that is there keeps its state and its tags."""
    require_modelled("PutMetricAlarm", params, _MODELLED)
    require_valid(params)
    tags = read_tags(params.get("Tags", ()))
    name = params["AlarmName"]
    configuration = deepcopy({key: value for key, value in params.items() if key != "Tags"})
    if "Threshold" in configuration:
        configuration["Threshold"] = float(configuration["Threshold"])
    alarm = metrics.alarms.get(name)
    if alarm is None:
        arn = metrics.surroundings.identity.arn("cloudwatch", f"alarm:{name}")
        state = AlarmState("INSUFFICIENT_DATA", _NEW, now, now)
        alarm = metrics.alarms[name] = Alarm(name, arn, configuration, now, state, tags)
        metrics.history.append(alarms.configured(alarm, "created", now))
    else:
        alarm.configuration, alarm.configured = configuration, now
        metrics.history.append(alarms.configured(alarm, "updated", now))
    return {}
