"""Access control lists: canned ones, whole ones, and whether a bucket takes any at all.

Nobody is ever kept out by one: every caller is the owner.  They are checked, kept and given back.
(S3 user guide, "Controlling ownership of objects", "Access control list (ACL) overview")
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters
from harness.services.s3.errors import invalid_argument, invalid_request, malformed

OWNER = {"ID": "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"}
"""The owner of AWS's own examples, as every account is here."""

ACL_PARAMETERS = frozenset({
    "ACL", "GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP",
})  # fmt: skip

_ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"
_AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
_LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery"
_PUBLIC = (_ALL_USERS, _AUTHENTICATED)

_CANNED: Mapping[str, Sequence[tuple[str, str]]] = {
    "private": (),
    "public-read": ((_ALL_USERS, "READ"),),
    "public-read-write": ((_ALL_USERS, "READ"), (_ALL_USERS, "WRITE")),
    "authenticated-read": ((_AUTHENTICATED, "READ"),),
    "aws-exec-read": (),
    "bucket-owner-read": (),
    "bucket-owner-full-control": (),
    "log-delivery-write": ((_LOG_DELIVERY, "WRITE"), (_LOG_DELIVERY, "READ_ACP")),
}
"""Canned list -> groups and what they may do, beside the owner's full control."""

_OWNERS_OWN = frozenset({"private", "bucket-owner-full-control"})
"""Canned lists that say what is so anyway: a bucket without lists takes them."""

_GRANTS = {
    "GrantFullControl": "FULL_CONTROL",
    "GrantRead": "READ",
    "GrantReadACP": "READ_ACP",
    "GrantWrite": "WRITE",
    "GrantWriteACP": "WRITE_ACP",
}
_GRANT_HEADERS = {
    name: "x-amz-grant-" + permission.lower().replace("_", "-")
    for name, permission in _GRANTS.items()
}
_PERMISSIONS = frozenset(_GRANTS.values())
_GRANTEES = {"id": ("CanonicalUser", "ID"), "uri": ("Group", "URI")}
_GRANTEE_TYPES = dict(_GRANTEES.values())
_GROUPS = (*_PUBLIC, _LOG_DELIVERY)
_CANONICAL_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AccessControl:
    """A list of grants, as answers show them."""

    grants: tuple[Mapping[str, Any], ...]

    @property
    def is_public(self) -> bool:
        """Whether it lets everybody in."""
        return any(_is_public(grant) for grant in self.grants)

    @property
    def is_owners_own(self) -> bool:
        """Whether it gives the owner full control and nobody anything else."""
        return all(
            grant["Permission"] == "FULL_CONTROL" and grant["Grantee"].get("ID") == OWNER["ID"]
            for grant in self.grants
        )

    def without_public(self) -> "AccessControl":
        """Return what is left of it when it lets nobody in whom it does not name."""
        return AccessControl(tuple(grant for grant in self.grants if not _is_public(grant)))


def _is_public(grant: Mapping[str, Any]) -> bool:
    return grant["Grantee"].get("URI") in _PUBLIC


def asked(params: Parameters) -> AccessControl | None:
    """Return the list that *params* ask for, None when they ask for none or the owner's own."""
    canned = params.get("ACL")
    if canned is not None and canned not in _CANNED:
        raise invalid_argument("", "x-amz-acl", canned)
    granted = [name for name in _GRANTS if name in params]
    if granted and canned is not None:
        raise invalid_request("Specifying both Canned ACLs and Header Grants is not allowed")
    if granted:
        return AccessControl(tuple(_grants(granted, params)))
    if canned is None or not _CANNED[canned]:
        return None
    groups = tuple(_group(uri, permission) for uri, permission in _CANNED[canned])
    return AccessControl((_owners_grant(), *groups))


def of_policy(policy: Mapping[str, Any]) -> AccessControl:
    """Return the list in an ``AccessControlPolicy``, or raise AWS's error."""
    if "Owner" not in policy or "Grants" not in policy:
        raise _malformed()
    _require_user(policy["Owner"].get("ID", ""), "CanonicalUser/ID")
    for grant in policy["Grants"]:
        grantee = grant.get("Grantee", {})
        member = _GRANTEE_TYPES.get(grantee.get("Type"))
        if grant.get("Permission") not in _PERMISSIONS or member is None:
            raise _malformed()
        _require_grantee(member, grantee.get(member, ""), f"{grantee['Type']}/{member}")
    return AccessControl(tuple(policy["Grants"]))


def _require_grantee(member: str, value: str, argument: str) -> None:
    """Raise AWS's error unless there are such a user or group."""
    if member == "ID":
        _require_user(value, argument)
    elif value not in _GROUPS:
        raise invalid_argument("Invalid group uri", argument, value)


def _require_user(user_id: str, argument: str) -> None:
    if _CANONICAL_ID.fullmatch(user_id) is None:
        raise invalid_argument("Invalid id", argument, user_id)


def _malformed() -> ServiceError:
    return ServiceError("MalformedACLError", malformed().message)


def shown(control: AccessControl | None) -> Output:
    """Return the answer of GetObjectAcl and GetBucketAcl."""
    grants = [_owners_grant()] if control is None else [dict(grant) for grant in control.grants]
    return {"Owner": dict(OWNER), "Grants": grants}


def require_allowed(params: Parameters, control: AccessControl | None, ownership: str) -> None:
    """Raise AWS's error for a list in a bucket whose owner owns and controls everything."""
    if ownership == "BucketOwnerEnforced" and not _is_owners_own(params, control):
        raise ServiceError("AccessControlListNotSupported", "The bucket does not allow ACLs")


def require_owners_own(control: AccessControl | None, ownership: str) -> None:
    """Raise AWS's error for a bucket whose owner would own everything in spite of its list."""
    if ownership == "BucketOwnerEnforced" and control is not None and not control.is_owners_own:
        raise ServiceError(
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        )


def _is_owners_own(params: Parameters, control: AccessControl | None) -> bool:
    if control is not None:
        return control.is_owners_own
    return params.get("ACL", "private") in _OWNERS_OWN


def _grants(names: Sequence[str], params: Parameters) -> list[dict[str, Any]]:
    found = []
    for name in names:
        for entry in params[name].split(","):
            kind, _, value = entry.strip().partition("=")
            if kind not in _GRANTEES:
                raise invalid_argument(
                    "Argument format not recognized", _GRANT_HEADERS[name], entry
                )
            grantee_type, member = _GRANTEES[kind]
            named = value.strip('"')
            _require_grantee(member, named, kind)
            grantee = {"Type": grantee_type, member: named}
            found.append({"Grantee": grantee, "Permission": _GRANTS[name]})
    return found


def _owners_grant() -> dict[str, Any]:
    return {"Grantee": {**OWNER, "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}


def _group(uri: str, permission: str) -> dict[str, Any]:
    return {"Grantee": {"Type": "Group", "URI": uri}, "Permission": permission}
