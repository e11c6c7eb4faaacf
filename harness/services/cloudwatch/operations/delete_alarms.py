"""DeleteAlarms: alarms by name; their history stays."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.cloudwatch import alarms
from harness.services.cloudwatch.metrics import Metrics
from harness.services.cloudwatch.parameters import require_modelled

_MODELLED = frozenset({"AlarmNames"})


def delete_alarms(metrics: Metrics, params: Parameters, now: Instant) -> Output:
    """Delete those that are there; a name that no alarm has is no error."""
    require_modelled("DeleteAlarms", params, _MODELLED)
    for name in params["AlarmNames"]:
        alarm = metrics.alarms.pop(name, None)
        if alarm is not None:
            metrics.history.append(alarms.configured(alarm, "deleted", now))
    return {}
