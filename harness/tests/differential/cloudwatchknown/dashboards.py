"""Where moto's dashboards, and the tags of dashboards and alarms, differ."""

import json
import re
from collections.abc import Iterator
from typing import Any

from harness.tests.differential.cloudwatchknown.alarmchecks import reserved
from harness.tests.differential.cloudwatchknown.alarms import put
from harness.tests.differential.cloudwatchknown.asking import (
    call,
    calls,
    changes,
    differing,
    takes,
    told,
    where,
    words,
)
from harness.tests.differential.known import Known
from harness.tests.differential.peers import Exchange

BODY = '{"widgets": []}'
LONG_BODY = '{"widgets": [], "\xe9": 1}'
"""A body with a letter of two bytes: no other has one."""

_LONG_LETTERS = 1
BOARD = "arn:aws:cloudwatch::123456789012:dashboard/orders"
ALARM = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:late"
_NAME = re.compile(r"[0-9A-Za-z_-]{1,255}")
_STRUCTURE = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/"
    "CloudWatch-Dashboard-Body-Structure.html"
)
_TAGGING = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Tagging.html"


def _counts_characters(exchange: Exchange) -> bool:
    """Whether sizes differ by the letters of two bytes, and nothing else does."""
    pairs = list(differing(exchange, "DashboardEntries", "DashboardName"))
    return bool(pairs) and all(
        ours is not None
        and theirs is not None
        and changes(ours, theirs) == {"Size"}
        and ours["Size"] == theirs["Size"] + _LONG_LETTERS
        for ours, theirs in pairs
    )


def _has_no_tags(exchange: Exchange) -> bool:
    return (
        exchange.operation in {"TagResource", "UntagResource"}
        and ":dashboard/" in exchange.parameters["ResourceARN"]
        and exchange.ours.is_ok
        and exchange.theirs.code == "ResourceNotFoundException"
    )


def _lists_no_tags(exchange: Exchange) -> bool:
    return (
        exchange.operation == "ListTagsForResource"
        and ":dashboard/" in exchange.parameters["ResourceARN"]
        and bool(exchange.ours.output.get("Tags"))
        and exchange.theirs.output.get("Tags") == []
    )


def _adds_tags_on_update(exchange: Exchange) -> bool:
    """Whether theirs have more tags, or other ones of a key: those of an update."""
    if (
        exchange.operation != "ListTagsForResource"
        or ":alarm:" not in (exchange.parameters["ResourceARN"])
    ):
        return False
    pairs = list(differing(exchange, "Tags", "Key"))
    return bool(pairs) and all(theirs == {"Key": "new", "Value": "1"} for _, theirs in pairs)


def _keeps_tags(exchange: Exchange) -> bool:
    """Whether an alarm of no tags, which is there, is not found on their side."""
    return (
        exchange.operation == "UntagResource"
        and exchange.parameters["ResourceARN"] == ALARM
        and exchange.ours.is_ok
        and exchange.theirs.code == "ResourceNotFoundException"
    )


def _untags_what_is_gone(exchange: Exchange) -> bool:
    """Whether that alarm is found on their side only: the machine has none of the name."""
    return (
        exchange.operation == "UntagResource"
        and exchange.parameters["ResourceARN"] == ALARM
        and exchange.ours.code == "ResourceNotFoundException"
        and exchange.theirs.is_ok
    )


def _deletes_none(exchange: Exchange) -> bool:
    """Whether ours names the first of those that theirs list as not there."""
    if not words("DeleteDashboards", "ResourceNotFound", lambda _: [exchange.ours.message])(
        exchange
    ):
        return False
    told = re.fullmatch(
        r"The specified dashboard does not exist\. \[(.+)\]", exchange.theirs.message
    )
    missing = set() if told is None else set(told[1].split(", "))
    first = [name for name in exchange.parameters["DashboardNames"] if name in missing][:1]
    return [exchange.ours.message] == [f"Dashboard {name} does not exist" for name in first]


def _read(parameters: dict[str, Any]) -> Any:
    """Return the body of a dashboard, or None if it is no JSON."""
    try:
        return json.loads(parameters["DashboardBody"])
    except ValueError:
        return None


def _without_widgets(parameters: dict[str, Any]) -> Iterator[str]:
    body = _read(parameters)
    if isinstance(body, dict) and "widgets" not in body:
        yield (
            "The dashboard body is invalid, there are 1 validation errors:\n[\n  {\n"
            '    "dataPath": "",\n    "message": "Should have required property \'widgets\'"\n  }\n]'
        )


_BOARD = ("PutDashboard", {"DashboardName": "orders", "DashboardBody": BODY})

KNOWN: tuple[Known, ...] = (
    Known(
        "the body of a dashboard is an object",
        takes(
            "PutDashboard",
            "InvalidParameterInput",
            where(
                lambda given: not isinstance(_read(given), dict | None),
                "The field DashboardBody must be a valid JSON object",
            ),
        ),
        call("PutDashboard", DashboardName="orders", DashboardBody="[]"),
        told(
            "The body of a dashboard may be any JSON.",
            "InvalidParameterInput.",
            "A DashboardBody is a string in JSON format. The dashboard must include a widgets array.",
            _STRUCTURE,
        ),
    ),
    Known(
        "a dashboard has widgets",
        takes("PutDashboard", "InvalidParameterInput", _without_widgets),
        call("PutDashboard", DashboardName="orders", DashboardBody="{}"),
        told(
            "The body of a dashboard may be any JSON.",
            "InvalidParameterInput, and what lacks.",
            "The dashboard must include a widgets array, but that array can be empty. The text is of the"
            " pattern of others that were reported (aws-samples/aws-eda-slurm-cluster issue 116).",
            _STRUCTURE,
        ),
    ),
    Known(
        "how a body that is no JSON is refused",
        words(
            "PutDashboard",
            "InvalidParameterInput",
            where(
                lambda given: _read(given) is None,
                "The field DashboardBody must be a valid JSON object",
            ),
            "Body is invalid JSON",
        ),
        call("PutDashboard", DashboardName="orders", DashboardBody="{"),
        told(
            "Body is invalid JSON",
            "The field DashboardBody must be a valid JSON object",
            "DashboardInvalidInputError: Some part of the dashboard data is invalid. The text is not"
            " documented.",
            "PutDashboard",
            right="either",
        ),
    ),
    Known(
        "the name of a dashboard",
        takes(
            "PutDashboard",
            "InvalidParameterValue",
            where(
                lambda given: _NAME.fullmatch(given["DashboardName"]) is None,
                "The value {DashboardName} for parameter DashboardName is invalid.",
            ),
        ),
        call("PutDashboard", DashboardName="a b", DashboardBody=BODY),
        told(
            "A dashboard's name may have a blank.",
            "InvalidParameterValue.",
            'The maximum length is 255, and valid characters are A-Z, a-z, 0-9, "-", and "_".',
            "PutDashboard",
        ),
    ),
    Known(
        "how large a dashboard is",
        _counts_characters,
        calls(
            ("PutDashboard", {"DashboardName": "orders", "DashboardBody": LONG_BODY}),
            ("ListDashboards", {}),
        ),
        told(
            "A dashboard's size is counted in characters.",
            "In bytes.",
            "The size of the dashboard, in bytes.",
            "DashboardEntry",
        ),
    ),
    Known(
        "a dashboard that is not there",
        words(
            "GetDashboard",
            "ResourceNotFound",
            lambda given: [f"Dashboard {given['DashboardName']} does not exist"],
            "Dashboard does not exist",
        ),
        call("GetDashboard", DashboardName="none"),
        told(
            "Dashboard does not exist",
            "Dashboard none does not exist",
            "ResourceNotFound: The specified dashboard does not exist. As reported, the text names it"
            " (hashicorp/terraform-provider-aws issue 25548).",
            "GetDashboard",
        ),
    ),
    Known(
        "dashboards are deleted as far as they are there",
        _deletes_none,
        calls(_BOARD, ("DeleteDashboards", {"DashboardNames": ["orders", "none"]})),
        told(
            "With one that is not there none is deleted; the text lists what is not there.",
            "The others are deleted; the text names the first that is not there.",
            "If there is an error during this call, the operation attempts to delete as many dashboards"
            " as possible. The text is not documented.",
            "DeleteDashboards",
        ),
    ),
    Known(
        "no dashboards to delete",
        words(
            "DeleteDashboards",
            "InvalidParameterValue",
            where(
                lambda given: not given["DashboardNames"],
                "The parameter DashboardNames must not be empty.",
            ),
            "Need at least 1 dashboard",
        ),
        call("DeleteDashboards", DashboardNames=[]),
        told(
            "Need at least 1 dashboard",
            "The parameter DashboardNames must not be empty.",
            "DashboardNames: the dashboards to be deleted. This parameter is required. The text is not"
            " documented.",
            "DeleteDashboards",
            right="either",
        ),
    ),
    Known(
        "dashboards have tags",
        _has_no_tags,
        calls(
            _BOARD, ("TagResource", {"ResourceARN": BOARD, "Tags": [{"Key": "a", "Value": "1"}]})
        ),
        told(
            "A dashboard cannot be tagged.",
            "It can.",
            "Currently, the only CloudWatch resources that can be tagged are alarms, dashboards, metric"
            " streams and Contributor Insights rules.",
            "TagResource",
        ),
    ),
    Known(
        "the tags of a dashboard are kept",
        _lists_no_tags,
        calls(
            ("PutDashboard", {**_BOARD[1], "Tags": [{"Key": "a", "Value": "1"}]}),
            ("ListTagsForResource", {"ResourceARN": BOARD}),
        ),
        told(
            "The Tags of PutDashboard are lost.",
            "They are the dashboard's.",
            "Tags: a list of key-value pairs to associate with the dashboard.",
            "PutDashboard",
        ),
    ),
    Known(
        "an update's tags are ignored",
        _adds_tags_on_update,
        calls(
            put(),
            put(Tags=[{"Key": "new", "Value": "1"}]),
            ("ListTagsForResource", {"ResourceARN": ALARM}),
        ),
        told(
            "The Tags of an update are the alarm's.",
            "They are not.",
            "If you are using this operation to update an existing alarm, any tags you specify in this"
            " parameter are ignored.",
            "PutMetricAlarm",
        ),
    ),
    Known(
        "an alarm without tags can be untagged",
        _keeps_tags,
        calls(put(), ("UntagResource", {"ResourceARN": ALARM, "TagKeys": ["a"]})),
        told(
            "An alarm that never had a tag is not found.",
            "There is nothing to be done.",
            "ResourceNotFoundException: The named resource does not exist.",
            "UntagResource",
        ),
    ),
    Known(
        "an alarm that is gone cannot be untagged",
        _untags_what_is_gone,
        calls(
            put(Tags=[{"Key": "a", "Value": "1"}]),
            ("DeleteAlarms", {"AlarmNames": ["late"]}),
            ("UntagResource", {"ResourceARN": ALARM, "TagKeys": ["a"]}),
        ),
        told(
            "An alarm that once had tags is found after it was deleted.",
            "It is not found.",
            "ResourceNotFoundException: The named resource does not exist.",
            "UntagResource",
        ),
    ),
    Known(
        "tags of what is not there",
        lambda exchange: (
            exchange.operation == "ListTagsForResource"
            and exchange.ours.code == "ResourceNotFoundException"
            and exchange.theirs.output == {"Tags": []}
        ),
        call("ListTagsForResource", ResourceARN=f"{ALARM}r"),
        told(
            "What does not exist has no tags.",
            "ResourceNotFoundException.",
            "ResourceNotFoundException: The named resource does not exist.",
            "ListTagsForResource",
        ),
    ),
    Known(
        "tags that AWS keeps for itself",
        takes("TagResource", "InvalidParameterValue", reserved),
        calls(
            put(),
            ("TagResource", {"ResourceARN": ALARM, "Tags": [{"Key": "aws:x", "Value": ""}]}),
        ),
        told(
            "A tag may begin with aws:.",
            "InvalidParameterValue.",
            "The aws: prefix is prohibited for tags because it's reserved for AWS use. Code and text are"
            " not documented.",
            _TAGGING,
        ),
    ),
)
