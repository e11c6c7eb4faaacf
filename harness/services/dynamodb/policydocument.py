"""A resource policy's document: from the text that was given to the one that is kept.

AWS keeps a document in one form, whatever its layout: no spaces, the members in an order of its
own, a list of one as the one, an account's number as the ARN of its root.  So two texts that mean
the same are the same policy.  Nobody is denied anything by it: permissions are not modelled.

Source: Developer Guide, "Resource-based policy considerations"; forms and refusals as observed on
AWS in October 2026 by the public notes ack-api-quirks, DDB-TABLE-207, 208, 211 and 356.
"""

import json
from collections.abc import Sequence
from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.base.partitions import Partition
from harness.services.dynamodb.errors import invalid_parameter, validation

_BYTES_MAX = 20_480
_POLICY_MEMBERS = ("Version", "Id", "Statement")
_STATEMENT_MEMBERS = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)
_ACCOUNT_DIGITS = 12


def kept_document(text: str, partition: Partition) -> str:
    """Return *text* in the form that AWS keeps, or raise what AWS finds wrong with it."""
    if len(text.encode()) > _BYTES_MAX:
        raise invalid_parameter(f"Maximum policy size of {_BYTES_MAX} bytes exceeded")
    try:
        document = json.loads(text)
    except ValueError:
        raise _invalid("This policy contains invalid Json") from None
    if not isinstance(document, dict) or "Statement" not in document:
        raise _invalid("This text appears not to be a policy")
    statements = document["Statement"]
    if isinstance(statements, dict):
        statements = [statements]
    if not isinstance(statements, list):
        raise _invalid("This text appears not to be a policy")
    if not statements:
        raise _invalid("Could not parse the policy: Statement is empty!")
    _check(statements)
    kept = _ordered(document, _POLICY_MEMBERS)
    kept["Statement"] = [_kept_statement(statement, partition) for statement in statements]
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def _check(statements: Sequence[Any]) -> None:
    sids = []
    for statement in statements:
        if not isinstance(statement, dict):
            raise _invalid("This text appears not to be a policy")
        if "Effect" not in statement:
            raise _invalid("Missing required field Effect")
        if not statement.keys() & {"Principal", "NotPrincipal"}:
            raise _invalid("Missing required field Principal")
        if not statement.keys() & {"Action", "NotAction"}:
            raise _invalid("Missing required field Action")
        if not statement.keys() & {"Resource", "NotResource"}:
            raise _invalid("Missing required field Resource")
        if statement["Effect"] == "Allow" and _is_everybody(statement.get("Principal")):
            raise validation(
                "Resource-based policy grants unbounded access in one or more elements. "
                "Please revise the policy to ensure least-privilege form of access"
            )
        if "Sid" in statement:
            sids.append(statement["Sid"])
    if any(sids.count(sid) > 1 for sid in sids):
        raise _invalid("The Statement Ids in the policy are not unique")


def _is_everybody(principal: Any) -> bool:
    return principal == "*" or (
        isinstance(principal, dict) and principal.get("AWS") in ("*", ["*"])
    )


def _kept_statement(statement: dict[str, Any], partition: Partition) -> dict[str, Any]:
    kept = _ordered(statement, _STATEMENT_MEMBERS)
    for member in ("Principal", "NotPrincipal"):
        if isinstance(kept.get(member), dict):
            kept[member] = {
                kind: _single(_principals(names, partition))
                for kind, names in kept[member].items()
            }
    for member in ("Action", "NotAction", "Resource", "NotResource"):
        if member in kept:
            kept[member] = _single(kept[member])
    if isinstance(kept.get("Condition"), dict):
        kept["Condition"] = {
            operator: {key: _single(value) for key, value in tests.items()}
            for operator, tests in kept["Condition"].items()
        }
    return kept


def _ordered(given: dict[str, Any], members: Sequence[str]) -> dict[str, Any]:
    """Return what *given* has of *members* in their order, then the rest of it in its own."""
    known = {name: given[name] for name in members if name in given}
    return known | {name: value for name, value in given.items() if name not in known}


def _principals(names: Any, partition: Partition) -> list[Any]:
    kept: list[Any] = []
    for name in names if isinstance(names, list) else [names]:
        principal = _principal(name, partition)
        if principal not in kept:
            kept.append(principal)
    return kept


def _principal(name: Any, partition: Partition) -> Any:
    if isinstance(name, str) and len(name) == _ACCOUNT_DIGITS and name.isdigit():
        return partition.arn("iam", "root", name)
    return name


def _single(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _invalid(detail: str) -> ServiceError:
    return invalid_parameter(f"Invalid policy document: {detail}")
