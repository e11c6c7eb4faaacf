"""STS as far as tests look at it: who am I, and assuming a role of another account.

A role is not checked: it need not exist, and whoever assumes it may.  What counts is that a client
with the credentials works in the role's account.  Source: AWS STS API reference, AssumeRole and
GetCallerIdentity.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant, later, seconds, to_datetime
from harness.services.base.errors import ServiceError
from harness.services.base.identity import Identity
from harness.services.base.modelled import require_modelled
from harness.services.base.service import Output, Parameters

_ROLE_ARN = re.compile(r"arn:aws[a-z-]*:iam::(?P<account>[0-9]{12}):role/(?P<name>.+)")
_ASSUME_ROLE = frozenset({"RoleArn", "RoleSessionName", "DurationSeconds", "ExternalId"})
_DURATION_SECONDS = 3600
_USER_ID = "AIDAMOCKEDUSEROFTESTS"


@dataclass(frozen=True, slots=True)
class AssumedRole:
    """Whose credentials an access key belongs to."""

    account_id: str
    role_id: str
    arn: str


class AssumedRoles:
    """Every access key that has been handed out, for all accounts."""

    def __init__(self) -> None:
        self.by_access_key: dict[str, AssumedRole] = {}
        self.acting: AssumedRole | None = None
        """Whose call is being answered; None is the account's own user."""


class Sts:
    """The Security Token Service of one account."""

    def __init__(self, identity: Identity, identifiers: Identifiers, roles: AssumedRoles) -> None:
        self.identity = identity
        self.identifiers = identifiers
        self.roles = roles

    @property
    def operations(self) -> Mapping[str, Callable[["Sts", Parameters, Instant], Output]]:
        """Every operation that is modelled."""
        return _OPERATIONS


def _get_caller_identity(sts: Sts, _params: Parameters, _now: Instant) -> Output:
    account_id = sts.identity.account_id
    role = sts.roles.acting
    if role is None:
        arn = sts.identity.partition.arn("iam", "user/mocked", account_id)
        return {"UserId": _USER_ID, "Account": account_id, "Arn": arn}
    return {"UserId": role.role_id, "Account": role.account_id, "Arn": role.arn}


def _assume_role(sts: Sts, params: Parameters, now: Instant) -> Output:
    require_modelled("sts", "AssumeRole", params, _ASSUME_ROLE)
    found = _ROLE_ARN.fullmatch(params["RoleArn"])
    if found is None:
        raise ServiceError("ValidationError", f"{params['RoleArn']} is invalid")
    account_id, session = found["account"], params["RoleSessionName"]
    drawn = sts.identifiers.hexadecimal("sts", 48).upper()
    access_key, role_id = f"ASIA{drawn[:16]}", f"AROA{drawn[16:32]}:{session}"
    resource = f"assumed-role/{found['name'].rpartition('/')[2]}/{session}"
    arn = sts.identity.partition.arn("sts", resource, account_id)
    sts.roles.by_access_key[access_key] = AssumedRole(account_id, role_id, arn)
    end = later(now, seconds(params.get("DurationSeconds", _DURATION_SECONDS)))
    return {
        "Credentials": {
            "AccessKeyId": access_key,
            "SecretAccessKey": drawn[32:].lower() * 2,
            "SessionToken": "mocked",
            "Expiration": to_datetime(end),
        },
        "AssumedRoleUser": {"AssumedRoleId": role_id, "Arn": arn},
    }


_OPERATIONS: Mapping[str, Callable[[Sts, Parameters, Instant], Output]] = {
    "AssumeRole": _assume_role,
    "GetCallerIdentity": _get_caller_identity,
}
