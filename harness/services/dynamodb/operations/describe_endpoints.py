"""DescribeEndpoints."""

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.database import Database

_CACHE_MINUTES = 1440


def describe_endpoints(database: Database, parameters: Parameters, now: Instant) -> Output:  # noqa: ARG001 - the operations' shape
    """Return the regional endpoint, good for a day."""
    region = database.surroundings.identity.region
    address = f"dynamodb.{region}.amazonaws.com"
    return {"Endpoints": [{"Address": address, "CachePeriodInMinutes": _CACHE_MINUTES}]}
