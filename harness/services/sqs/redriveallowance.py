"""RedriveAllowPolicy: which queues may name this one as their dead-letter queue.

Source: SQS API reference, "SetQueueAttributes".  The texts are those that two public projects
quote independently, an emulator's tests and a linter of templates.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

from harness.services.base.errors import ServiceError
from harness.services.sqs.errors import error, invalid_value

_NAME = "RedriveAllowPolicy"
_CANNOT = "Amazon SQS can't create the redrive allow policy"
_MEMBERS = {"redrivePermission", "sourceQueueArns"}
_SOURCES_MAX = 10

Permission = Literal["allowAll", "denyAll", "byQueue"]
_PERMISSIONS: tuple[Permission, ...] = ("allowAll", "denyAll", "byQueue")


@dataclass(frozen=True, slots=True)
class RedriveAllowance:
    """Who may send messages here when they give up on them."""

    permission: Permission = "allowAll"
    source_arns: tuple[str, ...] = ()

    def covers(self, source_arn: str) -> bool:
        """Whether the queue *source_arn* may name this queue."""
        if self.permission == "byQueue":
            return source_arn in self.source_arns
        return self.permission == "allowAll"


EVERYBODY = RedriveAllowance()


def read(text: str) -> RedriveAllowance:
    """Return the policy in *text*, everybody's when it is empty, or raise AWS's error."""
    if not text:
        return EVERYBODY
    try:
        policy: Any = json.loads(text)
    except ValueError:
        raise _unsupported() from None
    if not isinstance(policy, dict) or policy.keys() - _MEMBERS:
        raise _unsupported()
    permission = policy.get("redrivePermission")
    arns = policy.get("sourceQueueArns", [])
    if permission not in _PERMISSIONS or not _are_texts(arns):
        raise _unsupported()
    if permission == "byQueue":
        if not arns:
            raise _invalid(
                text,
                "When you specify the byQueue permission type, you must also specify one or more "
                "sourceQueueArns values.",
            )
        if len(arns) > _SOURCES_MAX:
            raise _invalid(
                text,
                f"The maximum number of source queue ARNs you can specify is {_SOURCES_MAX}.",
            )
    elif arns:
        raise _invalid(
            text,
            "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.",
        )
    return RedriveAllowance(permission, tuple(arns))


def _are_texts(arns: Any) -> bool:
    return isinstance(arns, list) and all(isinstance(arn, str) for arn in arns)


def _invalid(text: str, reason: str) -> ServiceError:
    return invalid_value(text, _NAME, f"{_CANNOT}. {reason}")


def _unsupported() -> ServiceError:
    # AWS writes this apostrophe, and not the one before it, as a typographer would.
    return error(
        "InvalidAttributeValue",
        f"Invalid value for the parameter {_NAME}. Reason: {_CANNOT}, as it\u2019s in an "
        "unsupported format.",
        "InvalidAttributeValue",
    )
