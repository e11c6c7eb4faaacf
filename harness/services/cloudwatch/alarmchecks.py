"""What PutMetricAlarm refuses (CloudWatch API reference, "PutMetricAlarm").

Texts: LocalStack's and moto's; what neither has is made up, and listed in the README.
"""

from harness.services.base.service import Parameters
from harness.services.cloudwatch.alarms import ACTIONS
from harness.services.cloudwatch.datapoint import UNITS
from harness.services.cloudwatch.datums import read_dimensions
from harness.services.cloudwatch.errors import invalid_combination, invalid_value, validation
from harness.services.cloudwatch.statistics import STATISTICS, is_extended

_OPERATORS = (
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
)
_BAND_OPERATORS = (
    "LessThanLowerOrGreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "GreaterThanUpperThreshold",
)
_MISSING = ("breaching", "notBreaching", "ignore", "missing")
_SINGLE = (
    "MetricName",
    "Namespace",
    "Period",
    "Statistic",
    "ExtendedStatistic",
    "Dimensions",
    "Unit",
)
"""What says of which single metric; an alarm on several says none of it."""

_SHORT_PERIODS = (10, 20, 30)
_MINUTE = 60
_ACTIONS_MAX = 5


def require_valid(params: Parameters) -> None:
    """Raise AWS's error for what is wrong with the alarm that *params* describe."""
    if not params["AlarmName"].strip():
        raise validation("The parameter AlarmName is required.")
    for name in ("ComparisonOperator", "EvaluationPeriods"):
        if name not in params:
            raise validation(f"The parameter {name} is required.")
    _require_member(params, "ComparisonOperator", _OPERATORS + _BAND_OPERATORS)
    for name in ACTIONS.values():
        if len(params.get(name, ())) > _ACTIONS_MAX:
            raise invalid_value(
                f"The collection {name} must not have a size greater than {_ACTIONS_MAX}."
            )
    periods = params["EvaluationPeriods"]
    if params.get("DatapointsToAlarm", 1) > periods:
        raise validation("DatapointsToAlarm must be less than or equal to EvaluationPeriods")
    missing = params.get("TreatMissingData", "missing")
    if missing not in _MISSING:
        raise validation(
            f"The value {missing} is not supported for TreatMissingData parameter. Supported "
            f"values are [{', '.join(_MISSING)}]."
        )
    if "Metrics" in params:
        _require_several(params)
    else:
        _require_single(params)


def _require_several(params: Parameters) -> None:
    named = [name for name in _SINGLE if name in params]
    if named:
        raise invalid_combination(
            f"The parameters Metrics and {named[0]} are mutually exclusive and you have specified "
            "both."
        )
    queries = params["Metrics"]
    ids = [query["Id"] for query in queries]
    if len(set(ids)) != len(ids):
        raise validation("The values for parameter id in Metrics must be unique")
    if params.get("ThresholdMetricId", ids[0] if ids else None) not in ids:
        raise validation("ThresholdMetricId must be the id of one of the Metrics")
    if ("ThresholdMetricId" in params) == ("Threshold" in params):
        raise validation("Exactly one of Threshold and ThresholdMetricId must be specified")


def _require_single(params: Parameters) -> None:
    for name in ("MetricName", "Namespace", "Period", "Threshold"):
        if name not in params:
            raise validation(f"The parameter {name} is required.")
    _require_period(params["Period"], params["EvaluationPeriods"])
    if ("Statistic" in params) == ("ExtendedStatistic" in params):
        raise invalid_combination(
            "Exactly one of Statistic and ExtendedStatistic must be specified"
        )
    _require_member(params, "Statistic", STATISTICS)
    _require_member(params, "Unit", UNITS)
    extended = params.get("ExtendedStatistic")
    if extended is not None and not is_extended(extended):
        raise invalid_value(
            f"The value {extended} for parameter ExtendedStatistic is not supported."
        )
    option = params.get("EvaluateLowSampleCountPercentile", "evaluate")
    if option not in ("evaluate", "ignore"):
        raise validation(
            f"Option {option} is not supported. Supported options for parameter "
            "EvaluateLowSampleCountPercentile are evaluate and ignore."
        )
    read_dimensions(params.get("Dimensions", ()), "Dimensions")


def _require_period(period: int, periods: int) -> None:
    if period not in _SHORT_PERIODS and (period <= 0 or period % _MINUTE):
        raise validation("Period must be 10, 20, 30 or a multiple of 60")
    day = 86_400
    longest = 7 * day if period >= 60 * _MINUTE else day
    if period * periods > longest:
        raise validation(
            "Metrics cannot be checked across more than a day "
            "(EvaluationPeriods * Period must be <= 86400)."
        )


def _require_member(params: Parameters, name: str, known: tuple[str, ...]) -> None:
    given = params.get(name)
    if given is not None and given not in known:
        place = name[0].lower() + name[1:]
        raise validation(
            f"1 validation error detected: Value '{given}' at '{place}' failed to satisfy "
            f"constraint: Member must satisfy enum value set: [{', '.join(known)}]"
        )
