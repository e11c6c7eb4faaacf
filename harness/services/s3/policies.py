"""Bucket policies: kept and given back; what they deny to everybody is denied.

Callers are not told apart here, so only a statement without conditions that denies an action to
everybody (``"Principal": "*"``) has an effect.
(S3 user guide, "Policies and permissions in Amazon S3")
"""

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.s3.bucket import Bucket
from harness.services.s3.errors import access_denied
from harness.services.s3.publicpolicies import lets_everybody_in

POLICY = "policy"
"""The name of the policy among a bucket's settings."""

_EVERYBODY = ("*", {"AWS": "*"}, {"AWS": ["*"]})


def checked(text: str) -> str:
    """Return *text*, or raise AWS's error unless it is a policy."""
    if not text.startswith("{"):
        raise _malformed("Policies must be valid JSON and the first byte must be '{'")
    try:
        policy: Any = json.loads(text)
    except ValueError:
        raise _malformed("This policy contains invalid Json") from None
    statements = _statements(policy)
    if not statements:
        raise _malformed("Missing required field Statement")
    for statement in statements:
        for field in ("Effect", "Principal", "Action", "Resource"):
            if field not in statement and f"Not{field}" not in statement:
                raise _malformed(f"Missing required field {field}")
    return text


def is_public(text: str) -> bool:
    """Whether the policy lets somebody in whom it does not fix."""
    return any(map(lets_everybody_in, _statements(json.loads(text))))


def require_permitted(bucket: Bucket, action: str, object_key: str | None = None) -> None:
    """Raise AWS's error if the bucket's policy denies *action* to everybody."""
    text = bucket.settings.get(POLICY)
    if text is None:
        return
    resource = bucket.arn if object_key is None else f"{bucket.arn}/{object_key}"
    for statement in _statements(json.loads(text)):
        if _denies(statement, action, resource):
            raise access_denied(
                f"User is not authorized to perform: {action} on resource: "
                f'"{resource}" with an explicit deny in a resource-based policy'
            )


def _denies(statement: Mapping[str, Any], action: str, resource: str) -> bool:
    return (
        statement.get("Effect") == "Deny"
        and statement.get("Principal") in _EVERYBODY
        and not statement.get("Condition")
        and _matches(statement.get("Action"), action)
        and any(fnmatchcase(resource, pattern) for pattern in _listed(statement.get("Resource")))
    )


def _matches(patterns: Any, value: str) -> bool:
    return any(fnmatchcase(value.lower(), pattern.lower()) for pattern in _listed(patterns))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _statements(policy: Any) -> list[Any]:
    return _listed(policy.get("Statement"))


def _malformed(message: str) -> ServiceError:
    return ServiceError("MalformedPolicy", message)
