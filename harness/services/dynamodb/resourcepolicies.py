"""Resource policies of tables and of their streams: which one is there, and its revisions.

A policy belongs to an ARN: a table's and its stream's are two.  A revision is the millisecond of
the change.  Source: API Reference, PutResourcePolicy; texts verified against AWS by moto's tests
and by the public notes ack-api-quirks, DDB-TABLE-207, 209, 212 and 213.
"""

from dataclasses import dataclass

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import invalid_parameter, table_not_found
from harness.services.dynamodb.policydocument import kept_document
from harness.services.dynamodb.resourcearn import check_no_index, check_owner, read_arn
from harness.services.dynamodb.resourcepolicy import ResourcePolicy

_NO_POLICY = "NO_POLICY"
"""The revision that is expected by who expects that there is none."""


@dataclass(frozen=True, slots=True)
class PolicyHolder:
    """What a policy is attached to: a table, or the stream of one."""

    arn: str
    table_name: str


def policy_holder(database: Database, text: str) -> PolicyHolder:
    """Return the table or stream whose ARN is *text*, or raise what AWS finds wrong with it."""
    identity = database.surroundings.identity
    arn = read_arn(text, identity)
    if not arn.is_of_this_region:
        raise invalid_parameter(f"Invalid resource Arn: {text}")
    check_owner(arn, identity)
    check_no_index(arn)
    is_known = (
        text in database.streams if arn.kind == "stream" else arn.table_name in database.tables
    )
    if not is_known:
        if arn.kind == "table" or arn.table_name not in database.tables:
            raise table_not_found(arn.table_name)
        raise ServiceError(
            "ResourceNotFoundException",
            f"Requested resource not found: Stream: {arn.detail} not found for "
            f"Table: {arn.table_name}",
        )
    return PolicyHolder(text, arn.table_name)


def check_revision(database: Database, holder: PolicyHolder, expected: str | None) -> None:
    """Raise ``PolicyNotFoundException`` where another revision is there than is *expected*."""
    if expected is None:
        return
    policy = database.policies.get(holder.arn)
    if expected == _NO_POLICY:
        if policy is None:
            return
        raise policy_not_found(
            "Requested policy update expecting none to be present for table "
            f"{holder.table_name}, but a policy exists with revision id {policy.revision}."
        )
    if policy is None:
        raise policy_not_found(
            f"Requested update for policy with revision id {expected}, but table "
            f"{holder.table_name} has no associated policy."
        )
    if policy.revision != expected:
        raise policy_not_found(
            f"Requested update for policy with revision id {expected}, but the policy "
            f"associated to target table {holder.table_name} has revision id {policy.revision}."
        )


def attach_policy(database: Database, arn: str, text: str, now: Instant) -> ResourcePolicy:
    """Keep the policy in *text* for *arn* and return it; the same one again is no change."""
    document = kept_document(text, database.surroundings.identity.partition)
    policy = database.policies.get(arn)
    if policy is None or policy.document != document:
        moment = now // 1000
        if policy is not None:
            moment = max(moment, int(policy.revision) + 1)
        policy = database.policies[arn] = ResourcePolicy(document, str(moment))
    return policy


def policy_not_found(detail: str) -> ServiceError:
    """Return ``PolicyNotFoundException``."""
    return ServiceError(
        "PolicyNotFoundException",
        f"Resource-based policy not found for the provided ResourceArn: {detail}",
    )
