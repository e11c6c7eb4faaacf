"""Alarms that AWS refuses and moto makes."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from harness.services.cloudwatch.datapoint import UNITS
from harness.tests.differential.cloudwatchknown.alarms import ALARM, TOPIC
from harness.tests.differential.cloudwatchknown.asking import (
    STATISTICS,
    Texts,
    call,
    takes,
    told,
    where,
)
from harness.tests.differential.known import Known

MATHEMATICAL: dict[str, Any] = {
    "AlarmName": "sum",
    "EvaluationPeriods": 1,
    "Threshold": 5.0,
    "ComparisonOperator": "GreaterThanThreshold",
    "Metrics": [
        {"Id": "a", "Expression": "b * 2"},
        {
            "Id": "b",
            "ReturnData": False,
            "MetricStat": {
                "Metric": {
                    "Namespace": "Orders",
                    "MetricName": "Delay",
                    "Dimensions": [{"Name": "shop", "Value": "a"}],
                },
                "Period": 60,
                "Stat": "Sum",
            },
        },
    ],
}


def _made(alarm: dict[str, Any], **changed: Any) -> Any:
    given = {**alarm, **changed}
    return call(
        "PutMetricAlarm", **{name: each for name, each in given.items() if each is not None}
    )


def _enumerated(name: str, *known: str) -> Texts:
    """Return what is told of a member that is none of those *known*."""
    place = name[0].lower() + name[1:]
    return where(
        lambda given: given.get(name, known[0]) not in known,
        f"1 validation error detected: Value '{{{name}}}' at '{place}' failed to satisfy constraint:"
        f" Member must satisfy enum value set: [{', '.join(known)}]",
    )


def _collections(parameters: dict[str, Any]) -> Iterator[str]:
    for name in ("OKActions", "AlarmActions", "InsufficientDataActions"):
        if len(parameters.get(name, ())) > 5:
            yield f"The collection {name} must not have a size greater than 5."


def _mixed(parameters: dict[str, Any]) -> Iterator[str]:
    for name in _OF_ONE if "Metrics" in parameters else ():
        if name in parameters:
            yield (
                f"The parameters Metrics and {name} are mutually exclusive and you have specified"
                " both."
            )


def _has_twins(parameters: dict[str, Any]) -> bool:
    ids = Counter(query["Id"] for query in parameters.get("Metrics", ()))
    return any(count > 1 for count in ids.values())


def _looks_far_back(parameters: dict[str, Any]) -> bool:
    period, periods = parameters.get("Period", 60), parameters.get("EvaluationPeriods", 1)
    return bool(period * periods > (604_800 if period >= 3_600 else 86_400))


def reserved(parameters: dict[str, Any]) -> list[str]:
    """Return what is told of tags that AWS keeps for itself."""
    keys = [tag["Key"] for tag in parameters.get("Tags", ())]
    return [f"The tag key {key!r} is invalid." for key in keys if key.startswith("aws:")]


_OF_ONE = (
    *("MetricName", "Namespace", "Period", "Statistic", "ExtendedStatistic", "Dimensions", "Unit"),
)
_OPERATORS = (
    *("GreaterThanOrEqualToThreshold", "GreaterThanThreshold"),
    *("LessThanThreshold", "LessThanOrEqualToThreshold"),
    *("LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold"),
    "GreaterThanUpperThreshold",
)
_REQUIRED = {
    "ComparisonOperator": "ComparisonOperator: the arithmetic operation to use when comparing the"
    " specified statistic and threshold. Only alarms on EvaluationCriteria are said to have none.",
    "EvaluationPeriods": "EvaluationPeriods: the number of periods over which data is compared to the"
    " specified threshold. Only alarms on EvaluationCriteria are said to have none.",
    "MetricName": "For each PutMetricAlarm operation, you must specify either MetricName, a Metrics"
    " array, or an EvaluationCriteria.",
    "Namespace": "Namespace: the namespace for the metric specified in MetricName. A metric without one"
    " is not said to be possible.",
    "Period": "Period is required for alarms based on static thresholds.",
    "Threshold": "Threshold: This parameter is required for alarms based on static thresholds.",
}
"""What an alarm on a static threshold has to say, and what AWS says of it."""

_MISSING = ("breaching", "notBreaching", "ignore", "missing")


def _known(  # noqa: PLR0913, PLR0917 - what tells one of them from another
    name: str,
    shown: Any,
    texts: Texts,
    theirs: str,
    aws: str,
    code: str = "ValidationError",
    page: str = "PutMetricAlarm",
    right: str = "ours",
) -> Known:
    explains = takes("PutMetricAlarm", code, texts)
    return Known(name, explains, shown, told(theirs, f"{code}.", aws, page, right))


KNOWN: tuple[Known, ...] = (
    _known(
        "an alarm has a name",
        _made(ALARM, AlarmName=" "),
        where(
            lambda given: not given["AlarmName"].strip(), "The parameter AlarmName is required."
        ),
        "An alarm may be called by a blank.",
        "AlarmName: Minimum length of 1. The name must contain only UTF-8 characters, and can't contain"
        " ASCII control characters; of a blank one nothing is said.",
        right="either",
    ),
    *(
        _known(
            f"an alarm says its {name}",
            _made(ALARM, **{name: None}),
            where(
                lambda given, name=name: name not in given and "Metrics" not in given,  # type: ignore[misc] # a name each
                f"The parameter {name} is required.",
            ),
            f"An alarm without {name} is made.",
            statement,
        )
        for name, statement in _REQUIRED.items()
    ),
    *(
        _known(
            f"an alarm's {name} is one that there is",
            _made(ALARM, **{name: "None of them"}),
            _enumerated(name, *known),
            f"Any text is a {name}.",
            f"{name}: Valid Values: {shown}",
        )
        for name, known, shown in (
            ("ComparisonOperator", _OPERATORS, " | ".join(_OPERATORS)),
            ("Statistic", STATISTICS, " | ".join(STATISTICS)),
            ("Unit", UNITS, "from Seconds to None."),
        )
    ),
    _known(
        "an alarm has one statistic",
        _made(ALARM, ExtendedStatistic="p90"),
        where(
            lambda given: (
                "Metrics" not in given and ("Statistic" in given) == ("ExtendedStatistic" in given)
            ),
            "Exactly one of Statistic and ExtendedStatistic must be specified",
        ),
        "An alarm may have both kinds of statistic, or none.",
        "When you call PutMetricAlarm and specify a MetricName, you must specify either Statistic or"
        " ExtendedStatistic but not both.",
        code="InvalidParameterCombination",
    ),
    _known(
        "an alarm's period",
        _made(ALARM, Period=45),
        where(
            lambda given: (
                given.get("Period", 60) not in {10, 20, 30} and given.get("Period", 60) % 60 != 0
            ),
            "Period must be 10, 20, 30 or a multiple of 60",
        ),
        "An alarm's period may be of 45 seconds.",
        "Period: Valid values are 10, 20, 30, and any multiple of 60.",
    ),
    _known(
        "how long an alarm looks back",
        _made(ALARM, Period=3_600, EvaluationPeriods=169),
        where(
            _looks_far_back,
            "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <="
            " 86400).",
        ),
        "An alarm may look back for more than 7 days.",
        "An alarm's total current evaluation period can be no longer than seven days, so Period"
        " multiplied by EvaluationPeriods can't be more than 604,800 seconds.",
    ),
    _known(
        "data points of an alarm",
        _made(ALARM, DatapointsToAlarm=4),
        where(
            lambda given: given.get("DatapointsToAlarm", 0) > given.get("EvaluationPeriods", 1),
            "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
        ),
        "4 out of 3 data points may breach.",
        "DatapointsToAlarm is the M of an M out of N alarm, and EvaluationPeriods the N. Reported:"
        " DatapointsToAlarm must be less than or equal to EvaluationPeriods (hashicorp/terraform issue"
        " 24070).",
    ),
    _known(
        "how missing data are treated",
        _made(ALARM, TreatMissingData="perhaps"),
        where(
            lambda given: given.get("TreatMissingData", "missing") not in _MISSING,
            "The value {TreatMissingData} is not supported for TreatMissingData parameter. Supported"
            f" values are [{', '.join(_MISSING)}].",
        ),
        "Any text says how missing data are treated.",
        "TreatMissingData: Valid Values: breaching | notBreaching | ignore | missing",
    ),
    _known(
        "how many actions an alarm has",
        _made(ALARM, OKActions=[TOPIC] * 6),
        _collections,
        "An alarm may have 6 actions of a state.",
        "OKActions: Array Members: Maximum number of 5 items.",
        code="InvalidParameterValue",
    ),
    _known(
        "an alarm on queries or on a metric",
        _made(MATHEMATICAL, MetricName="Delay"),
        _mixed,
        "Metrics may stand beside MetricName.",
        "If you use the Metrics parameter, you cannot include the Namespace, MetricName, Dimensions,"
        " Period, Unit, Statistic, or ExtendedStatistic parameters of PutMetricAlarm in the same"
        " operation.",
        code="InvalidParameterCombination",
    ),
    _known(
        "the ids of an alarm's queries",
        _made(MATHEMATICAL, Metrics=[*MATHEMATICAL["Metrics"], {"Id": "a", "Expression": "b"}]),
        where(_has_twins, "The values for parameter id in Metrics must be unique"),
        "Two queries of an alarm may have one id.",
        "Id: This name must be unique within a single call to GetMetricData. Of PutMetricAlarm it is"
        " not said.",
        page="MetricDataQuery",
        right="either",
    ),
    _known(
        "tags of AWS's own",
        _made(ALARM, Tags=[{"Key": "aws:x", "Value": ""}]),
        reserved,
        "A tag may begin with aws:.",
        "The aws: prefix is prohibited for tags because it's reserved for AWS use. Code and text are not"
        " documented.",
        code="InvalidParameterValue",
        page="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Tagging.html",
    ),
)
