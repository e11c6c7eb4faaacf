"""DescribeLimits."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database

_ACCOUNT_MAX = 80_000
_TABLE_MAX = 40_000


def describe_limits(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return the default quotas of an account; nothing here is held to them."""
    return {
        "AccountMaxReadCapacityUnits": _ACCOUNT_MAX,
        "AccountMaxWriteCapacityUnits": _ACCOUNT_MAX,
        "TableMaxReadCapacityUnits": _TABLE_MAX,
        "TableMaxWriteCapacityUnits": _TABLE_MAX,
    }
