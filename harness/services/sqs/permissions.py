"""Permissions: statements in a queue's policy, kept and given back; nothing is ever denied.

Texts and the policy's form: LocalStack's recordings of AWS (``test_sqs_permission_lifecycle``),
and moto's; that about an action that is none: three other emulators', independently.  Those about
a label that is none, and about a statement too many, are made like their neighbours.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from harness.services.sqs.errors import invalid_value, missing, over_limit

_ACTIONS_MAX = 7
_STATEMENTS_MAX = 20
_LABEL = re.compile(r"[A-Za-z0-9_-]{1,80}")
_OWNER_ONLY = frozenset({
    "AddPermission", "CancelMessageMoveTask", "CreateQueue", "DeleteQueue", "ListMessageMoveTasks",
    "ListQueues", "ListQueueTags", "RemovePermission", "SetQueueAttributes", "StartMessageMoveTask",
    "TagQueue", "UntagQueue",
})  # fmt: skip
"""What only the owner may do, and so cannot be granted (SQS developer guide, "Limitations of Amazon
SQS custom policies")."""

_GRANTABLE = frozenset({
    "*", "ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl",
    "ListDeadLetterSourceQueues", "PurgeQueue", "ReceiveMessage", "SendMessage",
})  # fmt: skip
"""What can be granted; who may send, delete or hide one message may do it in batches."""


def granted(
    policy_text: str,
    queue_arn: str,
    label: str,
    account_arns: Sequence[str],
    actions: Sequence[str],
) -> str:
    """Return the policy with a statement *label* more, or raise AWS's error.

    *account_arns* are those of the roots of the accounts that are let in.
    """
    _require_label(label)
    policy = json.loads(policy_text) if policy_text else _empty(queue_arn)
    statements = _statements(policy)
    if any(statement.get("Sid") == label for statement in statements):
        raise invalid_value(label, "Label", "Already exists.")
    _require_grantable(actions)
    if not account_arns:
        raise invalid_value("[]", "PrincipalId", "Unable to verify.")
    _require_room(statements)
    policy["Statement"] = [
        *statements,
        {
            "Sid": label,
            "Effect": "Allow",
            "Principal": {"AWS": _one_or_all(list(account_arns))},
            "Action": _one_or_all([f"SQS:{action}" for action in actions]),
            "Resource": queue_arn,
        },
    ]
    return json.dumps(policy)


def revoked(policy_text: str, label: str) -> str:
    """Return the policy without the statement *label*, empty when none is left."""
    if not policy_text:
        raise invalid_value(label, "Label", "can't find label.")
    policy = json.loads(policy_text)
    statements = _statements(policy)
    left = [statement for statement in statements if statement.get("Sid") != label]
    if len(left) == len(statements):
        raise invalid_value(label, "Label", "can't find label on existing policy.")
    policy["Statement"] = left
    return json.dumps(policy) if left else ""


def _require_label(label: str) -> None:
    if _LABEL.fullmatch(label) is None:
        reason = (
            "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
        )
        raise invalid_value(label, "Label", reason)


def _require_room(statements: Sequence[Any]) -> None:
    """Raise AWS's error unless the policy may have one of its *statements* more."""
    count = len(statements) + 1
    if count > _STATEMENTS_MAX:
        raise over_limit(f"{count} Statements were found, maximum allowed is {_STATEMENTS_MAX}.")


def _require_grantable(actions: Sequence[str]) -> None:
    if not actions:
        raise missing("Actions")
    if len(actions) > _ACTIONS_MAX:
        raise over_limit(f"{len(actions)} Actions were found, maximum allowed is {_ACTIONS_MAX}.")
    for action in actions:
        if action in _OWNER_ONLY:
            reason = "Only the queue owner is allowed to invoke this action."
            raise invalid_value(f"SQS:{action}", "ActionName", reason)
        if action not in _GRANTABLE:
            reason = "Please refer to the appropriate WSDL for a list of valid actions."
            raise invalid_value(f"SQS:{action}", "ActionName", reason)


def _statements(policy: dict[str, Any]) -> list[dict[str, Any]]:
    statements = policy.get("Statement", [])
    return statements if isinstance(statements, list) else [statements]


def _empty(queue_arn: str) -> dict[str, Any]:
    return {"Version": "2008-10-17", "Id": f"{queue_arn}/SQSDefaultPolicy", "Statement": []}


def _one_or_all(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values
