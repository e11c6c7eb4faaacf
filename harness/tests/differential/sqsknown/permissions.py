"""Where moto grants permissions that AWS refuses, or refuses them in other words."""

import re
from collections.abc import Iterator

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.sqsknown.asking import (
    OK,
    RECORDED,
    REFERENCE,
    Outcome,
    Parameters,
    always,
    asked,
    differs,
    invalid,
    missing,
    queue,
)

_ACTIONS_MAX = 7
_STATEMENTS_MAX = 20
_LABEL = re.compile(r"[A-Za-z0-9_-]{1,80}")
_GRANTABLE = frozenset({
    "*", "ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl",
    "ListDeadLetterSourceQueues", "PurgeQueue", "ReceiveMessage", "SendMessage",
})  # fmt: skip
_OWNERS = "Only the queue owner is allowed to invoke this action."


def _wrong_label(grant: Parameters) -> Iterator[Outcome]:
    if not _LABEL.fullmatch(grant["Label"]):
        reason = (
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
        )
        yield invalid(grant["Label"], "Label", reason)


def label_taken(grant: Parameters) -> Iterator[Outcome]:
    """Give the refusal of a label that a queue has already."""
    yield invalid(grant["Label"], "Label", "Already exists.")


def grants_told(grant: Parameters) -> Iterator[Outcome]:
    """Give what moto says of the accounts and actions of a grant."""
    if not grant["Actions"]:
        yield missing("Actions")
    elif not grant["AWSAccountIds"]:
        yield invalid("[]", "PrincipalId", "Unable to verify.")
    elif len(grant["Actions"]) > _ACTIONS_MAX:
        yield "OverLimit", f"{len(grant['Actions'])} Actions were found, maximum allowed is 7."
    else:
        yield from _owners_only(grant)


def _owners_only(grant: Parameters) -> Iterator[Outcome]:
    for action in grant["Actions"]:
        if action not in _GRANTABLE:
            yield invalid(f"SQS:{action}", "ActionName", _OWNERS)


def _no_action(grant: Parameters) -> Iterator[Outcome]:
    for action in grant["Actions"]:
        if action not in _GRANTABLE:
            reason = "Please refer to the appropriate WSDL for a list of valid actions."
            yield invalid(f"SQS:{action}", "ActionName", reason)


def _no_label(call: Parameters) -> Iterator[Outcome]:
    yield invalid(call["Label"], "Label", "can't find label.")


def _no_label_told(call: Parameters) -> Iterator[Outcome]:
    yield invalid(call["Label"], "Label", "can't find label on existing policy.")


def _granted_too_often(peers: Peers) -> Exchange:
    for number in range(_STATEMENTS_MAX):
        granted = asked(peers, "q", "AddPermission", **_grant(f"n{number}"))
        assert granted.ours.is_ok
    return asked(peers, "q", "AddPermission", **_grant("more"))


def _grant(label: str, action: str = "SendMessage") -> dict[str, object]:
    return {"Label": label, "AWSAccountIds": ["111122223333"], "Actions": [action]}


KNOWN: tuple[Known, ...] = (
    Known(
        "an action that is none",
        differs("AddPermission", _no_action, _owners_only),
        queue("q", "AddPermission", **_grant("one", "Gone")),
        divergence(
            service="sqs",
            theirs="An action that there is not is one of the owner's.",
            ours="Please refer to the appropriate WSDL for a list of valid actions.",
            aws="Valid values are the name of any action or *; the text is not documented.",
            source=f"{REFERENCE}API_AddPermission.html",
            right="either",
        ),
    ),
    Known(
        "what a permission may be called",
        differs("AddPermission", _wrong_label, always(OK)),
        queue("q", "AddPermission", **_grant("a b")),
        divergence(
            service="sqs",
            theirs="A permission's label may be any text.",
            ours="InvalidParameterValue.",
            aws="Label: maximum 80 characters. Allowed characters include alphanumeric characters,"
            " hyphens (-), and underscores (_).",
            source=f"{REFERENCE}API_AddPermission.html",
            right="ours",
        ),
    ),
    Known(
        "twenty permissions",
        differs(
            "AddPermission",
            always(("OverLimit", "21 Statements were found, maximum allowed is 20.")),
            always(OK),
        ),
        _granted_too_often,
        divergence(
            service="sqs",
            theirs="A queue may have any number of permissions.",
            ours="OverLimit for the twenty-first.",
            aws="AddPermission returns OverLimit if the maximum number of permissions for the queue"
            " is reached.",
            source=f"{REFERENCE}API_AddPermission.html",
            right="ours",
        ),
    ),
    Known(
        "a permission is taken back where there is none",
        differs("RemovePermission", _no_label, _no_label_told),
        queue("q", "RemovePermission", Label="one"),
        divergence(
            service="sqs",
            theirs="The label is not found on the policy, though there is no policy.",
            ours="The text ends behind the label.",
            aws="Value crossaccountpermission2 for parameter Label is invalid. Reason: can't find"
            " label.",
            source=RECORDED,
            right="ours",
        ),
    ),
)
