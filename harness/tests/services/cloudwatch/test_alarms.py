"""Alarms: what is kept of them, how they are found, and what happened to them."""

import json
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.kernel.instant import minutes, to_datetime
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import START, Caller

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_"
ALARM = {
    "AlarmName": "late",
    "MetricName": "Delay",
    "Namespace": "Orders",
    "Statistic": "Maximum",
    "Period": 60,
    "EvaluationPeriods": 3,
    "Threshold": 5.0,
    "ComparisonOperator": "GreaterThanThreshold",
}
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
                "Metric": {"Namespace": "Orders", "MetricName": "Delay"},
                "Period": 60,
                "Stat": "Sum",
            },
        },
    ],
}
TOPIC = "arn:aws:sns:us-east-1:123456789012:late"


def an_alarm(**changes: Any) -> Caller[CloudWatch]:
    call = Caller(CloudWatch)
    call("PutMetricAlarm", **{**ALARM, **changes})
    return call


def names(call: Caller[CloudWatch], **filters: Any) -> list[str]:
    return [alarm["AlarmName"] for alarm in call("DescribeAlarms", **filters)["MetricAlarms"]]


@pytest.mark.aws(
    "When this operation creates an alarm, the alarm state is immediately set to INSUFFICIENT_DATA."
    " When you update an existing alarm, its state is left unchanged, but the update completely"
    " overwrites the previous configuration of the alarm.",
    source=API + "PutMetricAlarm.html",
    service="cloudwatch",
)
def test_an_alarm_is_kept_with_its_state() -> None:
    """Its ARN is made of its name."""
    call = an_alarm(AlarmDescription="orders are late", Unit="Seconds")
    (shown,) = call("DescribeAlarms")["MetricAlarms"]
    assert shown["AlarmArn"] == "arn:aws:cloudwatch:us-east-1:123456789012:alarm:late"
    assert shown["StateValue"] == "INSUFFICIENT_DATA"
    assert shown["StateReason"] == "Unchecked: Initial alarm creation"
    assert (shown["AlarmDescription"], shown["Unit"]) == ("orders are late", "Seconds")
    assert (shown["ActionsEnabled"], shown["OKActions"], shown["Dimensions"]) == (True, [], [])
    call("SetAlarmState", AlarmName="late", StateValue="OK", StateReason="seen")
    call.wait(minutes(1))

    call("PutMetricAlarm", **{**ALARM, "Threshold": 7})

    (shown,) = call("DescribeAlarms")["MetricAlarms"]
    assert (repr(shown["Threshold"]), shown["StateValue"]) == ("7.0", "OK")
    assert "AlarmDescription" not in shown
    assert shown["AlarmConfigurationUpdatedTimestamp"] == to_datetime(call.now)
    assert shown["StateUpdatedTimestamp"] == to_datetime(START)


def test_an_alarm_can_watch_an_expression() -> None:
    """Then it has queries instead of a metric, and says what its threshold is compared with."""
    call = Caller(CloudWatch)
    call("PutMetricAlarm", **MATHEMATICAL)
    (shown,) = call("DescribeAlarms")["MetricAlarms"]
    assert shown["Metrics"] == MATHEMATICAL["Metrics"]
    assert "MetricName" not in shown
    assert shown["Dimensions"] == []
    assert call("DescribeAlarmsForMetric", Namespace="Orders", MetricName="Delay") == {
        "MetricAlarms": []
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"AlarmName": " "}, "ValidationError"),
        ({"Period": 45}, "ValidationError"),
        ({"Period": 3600, "EvaluationPeriods": 169}, "ValidationError"),
        ({"Statistic": "Median"}, "ValidationError"),
        ({"ExtendedStatistic": "p90"}, "InvalidParameterCombination"),
        ({"ComparisonOperator": "Above"}, "ValidationError"),
        ({"TreatMissingData": "perhaps"}, "ValidationError"),
        ({"EvaluateLowSampleCountPercentile": "perhaps"}, "ValidationError"),
        ({"DatapointsToAlarm": 4}, "ValidationError"),
        ({"Unit": "Fortnight"}, "ValidationError"),
        ({"OKActions": [TOPIC] * 6}, "InvalidParameterValue"),
        ({"Metrics": MATHEMATICAL["Metrics"]}, "InvalidParameterCombination"),
        ({"Tags": [{"Key": "aws:x", "Value": ""}]}, "InvalidParameterValue"),
    ],
)
def test_an_alarm_is_checked(changes: dict[str, Any], code: str) -> None:
    """Nothing is kept of one that is refused."""
    call = Caller(CloudWatch)
    assert call.refusal("PutMetricAlarm", **{**ALARM, **changes}).code == code
    assert names(call) == []


@pytest.mark.parametrize("missing", [name for name in ALARM if name != "AlarmName"])
def test_an_alarm_says_what_it_watches(missing: str) -> None:
    """Each of these is needed for a single metric."""
    call = Caller(CloudWatch)
    given = {name: value for name, value in ALARM.items() if name != missing}
    assert call.refusal("PutMetricAlarm", **given).status == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"Metrics": [*MATHEMATICAL["Metrics"], {"Id": "a", "Expression": "b"}]},
        {"ThresholdMetricId": "c"},
        {"ThresholdMetricId": "a"},
    ],
)
def test_the_queries_of_an_alarm_are_checked(changes: dict[str, Any]) -> None:
    """Their ids are unique, and the threshold is a number or one of them."""
    call = Caller(CloudWatch)
    assert call.refusal("PutMetricAlarm", **{**MATHEMATICAL, **changes}).code == "ValidationError"


def test_no_more_data_points_than_periods_can_be_asked_for() -> None:
    """The text is AWS's own (hashicorp/terraform issue 24070)."""
    error = Caller(CloudWatch).refusal("PutMetricAlarm", **{**ALARM, "DatapointsToAlarm": 4})
    assert error.message == "DatapointsToAlarm must be less than or equal to EvaluationPeriods"


def test_an_extended_statistic_is_one_that_there_is() -> None:
    """A percentile, or a trimmed mean and the like."""
    call = Caller(CloudWatch)
    given = {name: value for name, value in ALARM.items() if name != "Statistic"}
    for statistic in ("p90", "p99.9", "tm90", "PR(:300)", "IQM"):
        call("PutMetricAlarm", **given, ExtendedStatistic=statistic)
    error = call.refusal("PutMetricAlarm", **given, ExtendedStatistic="90")
    assert error.message == "The value 90 for parameter ExtendedStatistic is not supported."


@pytest.mark.aws(
    "You can filter the results by specifying a prefix for the alarm name, the alarm state, or a"
    " prefix for any action; or by the names of the alarms.",
    source=API + "DescribeAlarms.html",
    service="cloudwatch",
)
def test_alarms_are_found_by_name_state_and_action() -> None:
    """In the order of their names, a page at a time."""
    call = an_alarm(AlarmName="b")
    call("PutMetricAlarm", **{**ALARM, "AlarmName": "ab", "OKActions": [TOPIC]})
    call("SetAlarmState", AlarmName="b", StateValue="ALARM", StateReason="seen")

    assert names(call) == ["ab", "b"]
    assert names(call, AlarmNames=["b", "c"]) == ["b"]
    assert names(call, AlarmNamePrefix="a") == ["ab"]
    assert names(call, StateValue="ALARM") == ["b"]
    assert names(call, ActionPrefix="arn:aws:sns") == ["ab"]
    assert names(call, AlarmTypes=["CompositeAlarm"]) == []
    first = call("DescribeAlarms", MaxRecords=1)
    assert names(call, MaxRecords=1, NextToken=first["NextToken"]) == ["b"]
    assert call.refusal("DescribeAlarms", NextToken="x").code == "InvalidNextToken"
    both = call.refusal("DescribeAlarms", AlarmNames=["b"], AlarmNamePrefix="b")
    assert both.code == "InvalidParameterCombination"


def test_the_alarms_of_a_metric_are_found_by_its_dimensions() -> None:
    """In any order; an alarm on other dimensions is on another metric."""
    dimensions = [{"Name": "Shop", "Value": "x"}, {"Name": "Area", "Value": "y"}]
    call = an_alarm(Dimensions=dimensions)
    metric = {"Namespace": "Orders", "MetricName": "Delay"}

    found = call("DescribeAlarmsForMetric", **metric, Dimensions=dimensions[::-1])

    assert len(found["MetricAlarms"]) == 1
    assert call("DescribeAlarmsForMetric", **metric) == {"MetricAlarms": []}
    other = call("DescribeAlarmsForMetric", **metric, Dimensions=dimensions, Period=120)
    assert other == {"MetricAlarms": []}


@pytest.mark.aws(
    "SetAlarmState: ResourceNotFound: The named resource does not exist.",
    source=API + "SetAlarmState.html",
    service="cloudwatch",
)
def test_a_state_is_set_by_hand() -> None:
    """Its data is JSON; a state that is none changes nothing."""
    call = an_alarm()
    given = {"AlarmName": "late", "StateReason": "seen"}
    call.wait(minutes(1))
    call("SetAlarmState", **given, StateValue="ALARM", StateReasonData='{"by": "hand"}')
    call.wait(minutes(1))
    call("SetAlarmState", **given, StateValue="ALARM")

    (shown,) = call("DescribeAlarms")["MetricAlarms"]
    assert (shown["StateValue"], shown["StateReason"]) == ("ALARM", "seen")
    assert shown["StateTransitionedTimestamp"] == to_datetime(START + minutes(1))  # type: ignore[arg-type]
    assert shown["StateUpdatedTimestamp"] == to_datetime(call.now)
    assert call.refusal("SetAlarmState", **given, StateValue="BAD").code == "ValidationError"
    bad = call.refusal("SetAlarmState", **given, StateValue="OK", StateReasonData="{")
    assert bad.code == "InvalidFormat"
    unknown = {"AlarmName": "none", "StateReason": "seen", "StateValue": "OK"}
    assert call.refusal("SetAlarmState", **unknown).code == "ResourceNotFound"


def test_an_action_that_would_be_carried_out_is_refused_by_name() -> None:
    """Nobody hears of an alarm here; with its actions disabled nobody would on AWS."""
    call = an_alarm(AlarmActions=[TOPIC])
    given = {"AlarmName": "late", "StateReason": "seen", "StateValue": "ALARM"}
    with pytest.raises(UnsupportedError, match="actions of alarms are not modelled"):
        call("SetAlarmState", **given)
    assert names(call, StateValue="ALARM") == []

    call("DisableAlarmActions", AlarmNames=["late", "none"])
    call("SetAlarmState", **given)

    assert names(call, StateValue="ALARM") == ["late"]
    assert call("DescribeAlarms")["MetricAlarms"][0]["ActionsEnabled"] is False
    call("EnableAlarmActions", AlarmNames=["late"])
    assert call("DescribeAlarms")["MetricAlarms"][0]["ActionsEnabled"] is True


@pytest.mark.aws(
    "CloudWatch retains the history of an alarm even if you delete the alarm.",
    source=API + "DescribeAlarmHistory.html",
    service="cloudwatch",
)
@pytest.mark.aws(
    "If you specify any incorrect alarm names, the alarms you specify with correct names are still"
    " deleted.",
    source=API + "DeleteAlarms.html",
    service="cloudwatch",
)
def test_an_alarm_has_a_history() -> None:
    """The latest first, by kind, by moment, a page at a time."""
    call = an_alarm()
    call.wait(minutes(1))
    call("SetAlarmState", AlarmName="late", StateValue="OK", StateReason="seen")
    call.wait(minutes(1))
    call("DeleteAlarms", AlarmNames=["late", "none"])
    assert names(call) == []

    items = call("DescribeAlarmHistory", AlarmName="late")["AlarmHistoryItems"]

    assert [item["HistorySummary"] for item in items] == [
        'Alarm "late" deleted',
        "Alarm updated from INSUFFICIENT_DATA to OK",
        'Alarm "late" created',
    ]
    assert json.loads(items[1]["HistoryData"])["newState"]["stateReason"] == "seen"
    updates = call("DescribeAlarmHistory", HistoryItemType="StateUpdate")["AlarmHistoryItems"]
    assert updates == [items[1]]
    start = {"StartDate": to_datetime(call.now), "ScanBy": "TimestampAscending"}
    assert call("DescribeAlarmHistory", **start)["AlarmHistoryItems"] == [items[0]]
    end = {"EndDate": to_datetime(START)}
    assert call("DescribeAlarmHistory", **end)["AlarmHistoryItems"] == [items[2]]
    page = call("DescribeAlarmHistory", MaxRecords=2)
    rest = call("DescribeAlarmHistory", MaxRecords=2, NextToken=page["NextToken"])
    assert rest["AlarmHistoryItems"] == [items[2]]
