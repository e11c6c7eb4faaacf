"""Alarms that AWS refuses and moto makes."""

from typing import Any

from harness.tests.differential.cloudwatchknown.alarms import ALARM, TOPIC
from harness.tests.differential.cloudwatchknown.asking import call, takes, told
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


def _known(  # noqa: PLR0913, PLR0917 - what tells one of them from another
    name: str,
    shown: Any,
    text: str,
    theirs: str,
    aws: str,
    code: str = "ValidationError",
    page: str = "PutMetricAlarm",
) -> Known:
    explains = takes("PutMetricAlarm", code, text)
    return Known(name, explains, shown, told(theirs, f"{code}.", aws, page))


KNOWN: tuple[Known, ...] = (
    _known(
        "an alarm has a name",
        _made(ALARM, AlarmName=" "),
        "The parameter AlarmName is required.",
        "An alarm may be called by a blank.",
        "AlarmName is the name for the alarm; code and text of a blank one are not documented.",
    ),
    *(
        _known(
            f"an alarm says its {name}",
            _made(ALARM, **{name: None}),
            f"The parameter {name} is required.",
            f"An alarm without {name} is made.",
            statement,
        )
        for name, statement in (
            ("ComparisonOperator", "ComparisonOperator: the operation to use when comparing."),
            ("EvaluationPeriods", "EvaluationPeriods: the number of periods that are compared."),
            ("MetricName", "You must specify either MetricName or a Metrics array."),
            ("Namespace", "Namespace: the namespace for the metric specified in MetricName."),
            ("Period", "Period is required for alarms based on static thresholds."),
            ("Threshold", "Threshold is required for alarms based on static thresholds."),
        )
    ),
    *(
        _known(
            f"an alarm's {place} is one that there is",
            _made(ALARM, **{name: "None of them"}),
            f" at '{place}' failed to satisfy constraint: Member must satisfy enum value set",
            f"Any text is a {name}.",
            f"The valid values of {name} are listed.",
        )
        for name, place in (
            ("ComparisonOperator", "comparisonOperator"),
            ("Statistic", "statistic"),
            ("Unit", "unit"),
        )
    ),
    _known(
        "an alarm has one statistic",
        _made(ALARM, ExtendedStatistic="p90"),
        "Exactly one of Statistic and ExtendedStatistic",
        "An alarm may have both kinds of statistic, or none.",
        "You must specify either Statistic or ExtendedStatistic but not both.",
        code="InvalidParameterCombination",
    ),
    _known(
        "an alarm's period",
        _made(ALARM, Period=45),
        "Period must be 10, 20, 30 or a multiple of 60",
        "An alarm's period may be of 45 seconds.",
        "Valid values are 10, 20, 30, and any multiple of 60.",
    ),
    _known(
        "how long an alarm looks back",
        _made(ALARM, Period=3_600, EvaluationPeriods=169),
        "Metrics cannot be checked across more than a day",
        "An alarm may look back for more than 7 days.",
        "An alarm's total current evaluation period can be no longer than seven days.",
    ),
    _known(
        "data points of an alarm",
        _made(ALARM, DatapointsToAlarm=4),
        "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
        "4 out of 3 data points may breach.",
        "DatapointsToAlarm is the M, and EvaluationPeriods the N of an M out of N alarm.",
    ),
    _known(
        "how missing data are treated",
        _made(ALARM, TreatMissingData="perhaps"),
        "is not supported for TreatMissingData parameter",
        "Any text says how missing data are treated.",
        "Valid Values: breaching | notBreaching | ignore | missing.",
    ),
    _known(
        "how many actions an alarm has",
        _made(ALARM, OKActions=[TOPIC] * 6),
        "The collection OKActions must not have a size greater than 5",
        "An alarm may have 6 actions of a state.",
        "Array Members: Maximum number of 5 items.",
        code="InvalidParameterValue",
    ),
    _known(
        "an alarm on queries or on a metric",
        _made(MATHEMATICAL, MetricName="Delay"),
        "The parameters Metrics and MetricName are mutually exclusive",
        "Metrics may stand beside MetricName.",
        "If you use the Metrics parameter, you cannot include MetricName.",
        code="InvalidParameterCombination",
    ),
    _known(
        "the ids of an alarm's queries",
        _made(MATHEMATICAL, Metrics=[*MATHEMATICAL["Metrics"], {"Id": "a", "Expression": "b"}]),
        "The values for parameter id in Metrics must be unique",
        "Two queries of an alarm may have one id.",
        "This name must be unique.",
        page="MetricDataQuery",
    ),
    _known(
        "tags of AWS's own",
        _made(ALARM, Tags=[{"Key": "aws:x", "Value": ""}]),
        "The tag key 'aws:x' is invalid",
        "A tag may begin with aws:.",
        "The aws: prefix is reserved; you can't edit or delete tag keys with it. Code and text are not"
        " documented.",
        code="InvalidParameterValue",
        page="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Tagging.html",
    ),
)
