"""The label of a table's change stream: the instant of its creation, as DynamoDB writes it."""

from harness.kernel.instant import Instant, iso
from harness.services.base.identity import Identity


def stream_label(created: Instant) -> str:
    """Return ``2026-01-05T09:00:00.000`` for a stream that was made at *created*."""
    return iso(created).removesuffix("Z")


def stream_arn(identity: Identity, table_name: str, created: Instant) -> str:
    """Return the ARN of the stream of *table_name*."""
    return identity.arn("dynamodb", f"table/{table_name}/stream/{stream_label(created)}")
