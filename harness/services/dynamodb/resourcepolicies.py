"""Resource policies of tables and of their streams: which one is there, and its revisions.

A policy belongs to an ARN: a table's and its stream's are two.  A revision is the millisecond of
the change.  Source: API Reference, PutResourcePolicy; texts verified against AWS by moto's tests
and by the public notes ack-api-quirks, DDB-TABLE-207, 209, 212 and 213.
"""

from dataclasses import dataclass

from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import invalid_parameter, table_not_found, validation
from harness.services.dynamodb.policydocument import kept_document
from harness.services.dynamodb.resourcepolicy import ResourcePolicy

_NO_POLICY = "NO_POLICY"
"""The revision that is expected by who expects that there is none."""
_TABLE_PARTS = 2
"""Of a table's resource: its name, and what of it is meant."""


@dataclass(frozen=True, slots=True)
class PolicyHolder:
    """What a policy is attached to: a table, or the stream of one."""

    arn: str
    table_name: str


def policy_holder(database: Database, arn: str) -> PolicyHolder:
    """Return the table or stream whose ARN is *arn*, or raise what AWS finds wrong with it."""
    if not arn.startswith("arn:"):
        raise invalid_parameter(f"ARNs must start with 'arn:': {arn}")
    table_name, stream_label = _parts(database, arn)
    if stream_label is None:
        if table_name not in database.tables:
            raise table_not_found(table_name)
    elif arn not in database.streams:
        if table_name not in database.tables:
            raise table_not_found(table_name)
        raise ServiceError(
            "ResourceNotFoundException",
            f"Requested resource not found: Stream: {stream_label} not found for "
            f"Table: {table_name}",
        )
    return PolicyHolder(arn, table_name)


def _parts(database: Database, arn: str) -> tuple[str, str | None]:
    """Return the table's name and the label of its stream, None where *arn* is a table's."""
    prefix, _, resource = arn.partition(":table/")
    parts = resource.split("/")
    is_dynamodb = prefix.split(":")[2:3] == ["dynamodb"] and parts[0] != ""
    kind = parts[1] if len(parts) > 1 else "table"
    if not is_dynamodb or kind not in ("table", "stream", "index"):
        raise invalid_parameter(f"Provided Arn is not a DynamoDB resource arn: {arn}")
    identity = database.surroundings.identity
    own = identity.arn("dynamodb", "").split(":")
    given = prefix.split(":")
    if given[:4] != own[:4]:
        raise invalid_parameter(f"Invalid resource Arn: {arn}")
    if given[4:] != [identity.account_id]:
        # AWS writes this apostrophe, and no other one, as a typographer would.
        raise validation(
            "This action is only supported by accounts that match the resource owner\u2019s account."
        )
    if kind == "index":
        raise invalid_parameter(
            "Invalid resource arn provided, only table or stream is accepted. "
            f"Provided resource arn: {arn}"
        )
    return parts[0], parts[2] if kind == "stream" and len(parts) > _TABLE_PARTS else None


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
    document = kept_document(text)
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
