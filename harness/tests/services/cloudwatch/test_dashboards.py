"""Dashboards, and the tags of dashboards and alarms."""

import pytest

from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import Caller
from harness.tests.services.cloudwatch.test_alarms import API, an_alarm

BODY = '{"widgets": []}'


def some_dashboards(*names: str) -> Caller[CloudWatch]:
    call = Caller(CloudWatch)
    for name in names:
        call("PutDashboard", DashboardName=name, DashboardBody=BODY)
    return call


def listed(call: Caller[CloudWatch], prefix: str = "") -> list[str]:
    entries = call("ListDashboards", DashboardNamePrefix=prefix)["DashboardEntries"]
    return [entry["DashboardName"] for entry in entries]


def test_a_dashboard_is_given_back() -> None:
    """Its ARN has no region; a body that is no object is refused."""
    call = some_dashboards("orders")

    shown = call("GetDashboard", DashboardName="orders")

    assert shown["DashboardArn"] == "arn:aws:cloudwatch::123456789012:dashboard/orders"
    assert shown["DashboardBody"] == BODY
    assert call("ListDashboards")["DashboardEntries"][0]["Size"] == len(BODY)
    for body in ("{", "[]"):
        error = call.refusal("PutDashboard", DashboardName="x", DashboardBody=body)
        assert error.code == "InvalidParameterInput"
    error = call.refusal("PutDashboard", DashboardName="a b", DashboardBody=BODY)
    assert error.code == "InvalidParameterValue"
    assert listed(call) == ["orders"]
    assert call.refusal("GetDashboard", DashboardName="none").code == "ResourceNotFound"


@pytest.mark.aws(
    "The dashboard must include a widgets array, but that array can be empty.",
    source=API.removesuffix("API_") + "CloudWatch-Dashboard-Body-Structure.html",
    service="cloudwatch",
)
@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ("{}", "", "Should have required property 'widgets'"),
        ('{"widgets": {}}', "/widgets", "Should be array"),
    ],
)
def test_a_dashboard_has_widgets(body: str, path: str, message: str) -> None:
    """The text tells where the mistake is."""
    call = some_dashboards("orders")
    error = call.refusal("PutDashboard", DashboardName="x", DashboardBody=body)
    assert (error.code, error.message) == (
        "InvalidParameterInput",
        (
            "The dashboard body is invalid, there are 1 validation errors:\n"
            f'[\n  {{\n    "dataPath": "{path}",\n    "message": "{message}"\n  }}\n]'
        ),
    )
    assert listed(call) == ["orders"]


@pytest.mark.aws(
    "If there is an error during this call, the operation attempts to delete as many dashboards as"
    " possible.",
    source=API + "DeleteDashboards.html",
    service="cloudwatch",
)
def test_dashboards_are_deleted_together() -> None:
    """Those that are there go, whatever else is named."""
    call = some_dashboards("a1", "a2", "b")
    assert listed(call, "a") == ["a1", "a2"]
    error = call.refusal("DeleteDashboards", DashboardNames=["a1", "none"])
    assert (error.code, listed(call)) == ("ResourceNotFound", ["a2", "b"])

    call("DeleteDashboards", DashboardNames=["a2", "b"])

    assert listed(call) == []
    assert call.refusal("DeleteDashboards", DashboardNames=[]).code == "InvalidParameterValue"


@pytest.mark.aws(
    "If you specify a new tag key, this tag is appended to the list of tags; if you specify a tag key"
    " that is already associated, the new tag value replaces the previous value. You can associate as"
    " many as 50 tags with a CloudWatch resource.",
    source=API + "TagResource.html",
    service="cloudwatch",
)
def test_alarms_and_dashboards_have_tags() -> None:
    """What has no such ARN is not found."""
    call = an_alarm(Tags=[{"Key": "team", "Value": "shop"}])
    call("PutDashboard", DashboardName="orders", DashboardBody=BODY)
    alarm = call("DescribeAlarms")["MetricAlarms"][0]["AlarmArn"]
    dashboard = call("GetDashboard", DashboardName="orders")["DashboardArn"]

    for arn in (alarm, dashboard):
        call("TagResource", ResourceARN=arn, Tags=[{"Key": "a", "Value": "1"}])
        call("TagResource", ResourceARN=arn, Tags=[{"Key": "a", "Value": "2"}])
    call("UntagResource", ResourceARN=alarm, TagKeys=["team", "none"])

    for arn in (alarm, dashboard):
        assert call("ListTagsForResource", ResourceARN=arn)["Tags"] == [{"Key": "a", "Value": "2"}]
    many = [{"Key": str(number), "Value": ""} for number in range(50)]
    assert call.refusal("TagResource", ResourceARN=alarm, Tags=many).code == (
        "InvalidParameterValue"
    )
    error = call.refusal("ListTagsForResource", ResourceARN=alarm + "x")
    assert (error.code, error.status) == ("ResourceNotFoundException", 404)
