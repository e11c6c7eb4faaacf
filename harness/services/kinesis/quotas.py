"""The quotas of an account in a region.

Source: Kinesis Data Streams developer guide, "Quotas and limits"; texts from kinesalite.
"""

from harness.services.base.errors import ServiceError
from harness.services.kinesis.streams import Streams

ON_DEMAND_STREAMS_MAX = 50
SHARD_COUNT_MAX = 100_000
"""What any count of shards in a call may be at most, whatever the quotas are."""
_SHARDS_MAX = 6_000
_LARGE_SHARDS_MAX = 20_000
_LARGE_REGIONS = ("us-east-1", "us-west-2", "eu-west-1")


def shard_limit(region: str) -> int:
    """Return how many shards provisioned streams may have in a region, all together."""
    return _LARGE_SHARDS_MAX if region in _LARGE_REGIONS else _SHARDS_MAX


def require_shards(streams: Streams, added: int) -> None:
    """Raise AWS's error when *added* more open shards would exceed the account's limit."""
    region = streams.surroundings.identity.region
    limit, count = shard_limit(region), streams.provisioned_shard_count
    if count + added <= limit:
        return
    raise ServiceError(
        "LimitExceededException",
        f"This request would exceed the shard limit for the account {streams.account_id} in "
        f"{region}. Current shard count for the account: {count}. Limit: {limit}. Number of "
        f"additional shards that would have resulted from this request: {added}. Refer to the AWS "
        "Service Limits page "
        "(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits "
        "and how to request higher limits.",
    )
