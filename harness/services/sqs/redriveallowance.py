"""RedriveAllowPolicy: which queues may name this one as their dead-letter queue.

(SQS API reference, "SetQueueAttributes"; what AWS says to a queue that may not is not recorded
anywhere at hand.)
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

from harness.services.base.errors import ServiceError
from harness.services.sqs.errors import invalid_value

_NAME = "RedriveAllowPolicy"
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
    if text in ("", "{}"):
        return EVERYBODY
    try:
        policy: Any = json.loads(text)
    except ValueError:
        raise _invalid(text, "Redrive allow policy is not a valid JSON map.") from None
    if not isinstance(policy, dict):
        raise _invalid(text, "Redrive allow policy is not a valid JSON map.")
    permission = policy.get("redrivePermission", "allowAll")
    if permission not in _PERMISSIONS:
        raise _invalid(text, "Invalid value for redrivePermission.")
    arns = policy.get("sourceQueueArns", [])
    if (permission == "byQueue") != bool(arns):
        raise _invalid(
            text, "sourceQueueArns must be given with redrivePermission byQueue, and only then."
        )
    if not isinstance(arns, list) or len(arns) > _SOURCES_MAX:
        raise _invalid(text, f"sourceQueueArns may name up to {_SOURCES_MAX} queues.")
    return RedriveAllowance(permission, tuple(str(arn) for arn in arns))


def _invalid(text: str, reason: str) -> ServiceError:
    return invalid_value(text, _NAME, reason)
