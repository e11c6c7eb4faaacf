"""Permissions: kept in the queue's policy, and given back."""

import json
from typing import Any

import pytest

from harness.services.sqs.service import SQS
from harness.tests.services.calling import Caller

URL = "https://sqs.us-east-1.amazonaws.com/123456789012/orders"
ARN = "arn:aws:sqs:us-east-1:123456789012:orders"
RECORDED = (
    "https://github.com/localstack/localstack/blob/main/tests/aws/services/sqs/"
    "test_sqs.snapshot.json"
)
API = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html"
)


def a_queue() -> Caller[SQS]:
    call = Caller(SQS)
    call("CreateQueue", QueueName="orders")
    return call


def policy(call: Caller[SQS]) -> Any:
    output = call("GetQueueAttributes", QueueUrl=URL, AttributeNames=["Policy"])
    return json.loads(output["Attributes"]["Policy"]) if output else None


def grant(
    label: str = "readers", *actions: str, accounts: tuple[str, ...] = ("1",)
) -> dict[str, Any]:
    return {
        "QueueUrl": URL,
        "Label": label,
        "AWSAccountIds": list(accounts),
        "Actions": list(actions or ("ReceiveMessage",)),
    }


@pytest.mark.aws(
    "AddPermission writes a statement with the label as its Sid; RemovePermission takes it out, "
    "and the policy goes with its last statement.",
    source=RECORDED,
    service="sqs",
)
def test_a_permission_comes_and_goes() -> None:
    """One account and one action stand alone, several in a list."""
    call = a_queue()
    call("AddPermission", **grant("readers", "ReceiveMessage", "DeleteMessage"))
    call("AddPermission", **grant("writers", "SendMessage", accounts=("1", "2")))

    assert policy(call) == {
        "Version": "2008-10-17",
        "Id": f"{ARN}/SQSDefaultPolicy",
        "Statement": [
            {
                "Sid": "readers",
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::1:root"},
                "Action": ["SQS:ReceiveMessage", "SQS:DeleteMessage"],
                "Resource": ARN,
            },
            {
                "Sid": "writers",
                "Effect": "Allow",
                "Principal": {"AWS": ["arn:aws:iam::1:root", "arn:aws:iam::2:root"]},
                "Action": "SQS:SendMessage",
                "Resource": ARN,
            },
        ],
    }
    call("RemovePermission", QueueUrl=URL, Label="readers")
    assert [one["Sid"] for one in policy(call)["Statement"]] == ["writers"]
    call("RemovePermission", QueueUrl=URL, Label="writers")
    assert policy(call) is None


@pytest.mark.aws(
    "A label is the unique identification of a permission; an Amazon SQS policy can have a maximum of "
    "seven actions per statement.",
    source=API,
    service="sqs",
)
def test_a_permission_that_cannot_be_is_refused_in_awss_words() -> None:
    """Nothing is written down then."""
    call = a_queue()
    call("AddPermission", **grant())
    before = policy(call)

    again = call.refusal("AddPermission", **grant())
    owner_only = call.refusal("AddPermission", **grant("x", "RemovePermission"))
    too_many = call.refusal("AddPermission", **grant("x", *["SendMessage"] * 8))
    nobody = call.refusal("AddPermission", **grant("x", accounts=()))
    unknown = call.refusal("RemovePermission", QueueUrl=URL, Label="x")

    assert again.message == (
        "Value readers for parameter Label is invalid. Reason: Already exists."
    )
    assert owner_only.message.endswith("Only the queue owner is allowed to invoke this action.")
    assert (too_many.code, too_many.status) == ("OverLimit", 403)
    assert nobody.message == (
        "Value [] for parameter PrincipalId is invalid. Reason: Unable to verify."
    )
    assert unknown.message.endswith("can't find label on existing policy.")
    assert policy(call) == before


@pytest.mark.aws(
    "Valid values of Actions are the name of any action or *; SendMessage, DeleteMessage and "
    "ChangeMessageVisibility also grant permissions for the batch versions of those actions.",
    source=API,
    service="sqs",
)
@pytest.mark.parametrize("action", ["Gone", "SendMessageBatch", ""])
def test_an_action_that_is_none_cannot_be_granted(action: str) -> None:
    """All actions at once can."""
    call = a_queue()

    refusal = call.refusal("AddPermission", **grant("x", action))
    call("AddPermission", **grant("all", "*"))

    assert refusal.code == "InvalidParameterValue"
    assert refusal.message == (
        f"Value SQS:{action} for parameter ActionName is invalid. Reason: Please refer to the "
        "appropriate WSDL for a list of valid actions."
    )
    assert [one["Sid"] for one in policy(call)["Statement"]] == ["all"]


@pytest.mark.aws(
    "Cross-account permissions do not apply to StartMessageMoveTask, CancelMessageMoveTask and "
    "ListMessageMoveTasks.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-limitations-of-custom-policies.html",
    service="sqs",
)
def test_message_move_tasks_are_the_owners() -> None:
    """None of their three operations can be granted."""
    call = a_queue()

    for action in ("StartMessageMoveTask", "CancelMessageMoveTask", "ListMessageMoveTasks"):
        refusal = call.refusal("AddPermission", **grant("x", action))
        assert refusal.message.endswith("Only the queue owner is allowed to invoke this action.")


@pytest.mark.aws(
    "A label has maximum 80 characters; allowed are alphanumeric characters, hyphens and underscores.",
    source=API,
    service="sqs",
)
@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("", "InvalidParameterValue"),
        ("a", "ok"),
        ("Alice-Send_2", "ok"),
        ("x" * 80, "ok"),
        ("x" * 81, "InvalidParameterValue"),
        ("a b", "InvalidParameterValue"),
        ("caf\u00e9", "InvalidParameterValue"),
        ("a\n", "InvalidParameterValue"),
    ],
)
def test_a_label_has_up_to_eighty_letters(label: str, code: str) -> None:
    """And at least one; what it is refused with is our guess, by the name of a queue."""
    outcome = a_queue().outcome("AddPermission", **grant(label))

    assert outcome[0] == code
    if code != "ok":
        assert outcome[1] == (
            f"Value {label} for parameter Label is invalid. Reason: Can only include alphanumeric "
            "characters, hyphens, or underscores. 1 to 80 in length"
        )


@pytest.mark.aws(
    "AddPermission returns OverLimit if the maximum number of permissions for the queue is reached.",
    source=API,
    service="sqs",
)
@pytest.mark.aws(
    "A policy has at most 20 statements.",
    source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html",
    service="sqs",
)
def test_a_queue_has_up_to_twenty_permissions() -> None:
    """When one is taken away there is room again."""
    call = a_queue()
    for number in range(20):
        call("AddPermission", **grant(f"n{number}"))

    refusal = call.refusal("AddPermission", **grant("more"))
    call("RemovePermission", QueueUrl=URL, Label="n7")
    call("AddPermission", **grant("more"))

    assert (refusal.code, refusal.status) == ("OverLimit", 403)
    assert len(policy(call)["Statement"]) == 20


@pytest.mark.aws(
    "Removing a permission when none is left is refused: can't find label.",
    source=RECORDED,
    service="sqs",
)
def test_a_permission_cannot_be_removed_twice() -> None:
    """The policy went with its last statement."""
    call = a_queue()
    call("AddPermission", **grant())
    call("RemovePermission", QueueUrl=URL, Label="readers")

    assert call.refusal("RemovePermission", QueueUrl=URL, Label="readers").message == (
        "Value readers for parameter Label is invalid. Reason: can't find label."
    )
