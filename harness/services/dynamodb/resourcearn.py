"""ARNs of tables and streams, as the operations read them that take nothing else.

Texts and their order as observed on AWS by the public notes ack-api-quirks, DDB-TABLE-212.
"""

from dataclasses import dataclass

from harness.services.base.identity import Identity
from harness.services.dynamodb.errors import invalid_parameter, validation

_KINDS = ("table", "stream", "index")


@dataclass(frozen=True, slots=True)
class ResourceArn:
    """What an ARN names: a table, or what of it."""

    text: str
    table_name: str
    kind: str
    """``table``, ``stream`` or ``index``."""
    detail: str
    """The label of the stream, or the name of the index; empty for a table."""
    is_of_this_region: bool
    account_id: str


def read_arn(text: str, identity: Identity) -> ResourceArn:
    """Return what *text* names, wherever that is; raise where it names nothing of DynamoDB."""
    if not text.startswith("arn:"):
        raise invalid_parameter(f"ARNs must start with 'arn:': {text}")
    prefix, _, resource = text.partition(":table/")
    parts = resource.split("/")
    given = prefix.split(":")
    kind = parts[1] if len(parts) > 1 else "table"
    if given[2:3] != ["dynamodb"] or not parts[0] or kind not in _KINDS:
        raise invalid_parameter(f"Provided Arn is not a DynamoDB resource arn: {text}")
    here = identity.arn("dynamodb", "").split(":")
    return ResourceArn(
        text,
        parts[0],
        kind,
        "/".join(parts[2:]),
        is_of_this_region=given[:4] == here[:4],
        account_id=":".join(given[4:]),
    )


def check_no_index(arn: ResourceArn) -> None:
    """Raise where *arn* is an index's, which has neither tags nor a policy of its own."""
    if arn.kind == "index":
        raise invalid_parameter(
            "Invalid resource arn provided, only table or stream is accepted. "
            f"Provided resource arn: {arn.text}"
        )


def check_owner(arn: ResourceArn, identity: Identity) -> None:
    """Raise where *arn* is of another account."""
    if arn.account_id != identity.account_id:
        # AWS writes this apostrophe, and no other one, as a typographer would.
        raise validation(
            "This action is only supported by accounts that match the resource owner\u2019s account."
        )
