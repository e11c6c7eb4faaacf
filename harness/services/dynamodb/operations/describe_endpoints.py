"""DescribeEndpoints."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database

_CACHE_MINUTES = 1440


def describe_endpoints(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return the regional endpoint, good for a day."""
    identity = database.surroundings.identity
    address = f"dynamodb.{identity.region}.{identity.partition.domain}"
    return {"Endpoints": [{"Address": address, "CachePeriodInMinutes": _CACHE_MINUTES}]}
