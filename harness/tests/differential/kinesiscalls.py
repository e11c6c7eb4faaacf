"""What the machine of records says: records, right ones and wrong ones, and filters of shards."""

from datetime import timedelta
from hashlib import md5
from typing import Any

from hypothesis import strategies as st

from harness.kernel.instant import Instant, to_datetime
from harness.tests.differential.kinesissettingscalls import STREAM_ARN

KEYS = st.text(st.sampled_from("ab\u00e9\U0001f600"), min_size=1, max_size=4)
HASH_MAX = 2**128 - 1
RECORDS: Any = st.builds(
    lambda key, data, hashed: (
        {"PartitionKey": key, "Data": data}
        | ({} if hashed is None else {"ExplicitHashKey": str(hashed)})
    ),
    KEYS,
    st.binary(max_size=6),
    st.sampled_from([None, None, None, None, None, None, 0, 0, 2**127, 2**127 - 1]),
)
MISTAKES: Any = st.sampled_from([
    ("PutRecord", {"StreamName": "gone", "PartitionKey": "a", "Data": b""}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a", "Data": b"", "ExplicitHashKey": str(2**128)}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a", "Data": b"x" * 1_048_577}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a" * 257, "Data": b""}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a", "Data": b"", "ExplicitHashKey": "x"}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a", "Data": b"", "ExplicitHashKey": "01"}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a", "Data": b"", "SequenceNumberForOrdering": "x"}),
    ("PutRecord", {"StreamARN": f"{STREAM_ARN}gone", "PartitionKey": "a", "Data": b""}),
    ("PutRecord", {"PartitionKey": "a", "Data": b""}),
    ("PutRecords", {"StreamName": "s", "Records": [{"PartitionKey": "a", "Data": b""}] * 501}),
    ("PutRecords", {"StreamName": "s", "Records": [{"PartitionKey": "a", "Data": b""}, {"PartitionKey": "a", "Data": b"x" * 1_048_577}]}),
    ("PutRecords", {"StreamName": "s", "Records": [{"PartitionKey": "a", "Data": b""}, {"PartitionKey": "a" * 257, "Data": b""}]}),
    ("PutRecords", {"StreamName": "s", "Records": [{"PartitionKey": "a", "Data": b"", "ExplicitHashKey": str(2**128)}]}),
    ("PutRecords", {"StreamName": "gone", "Records": [{"PartitionKey": "a", "Data": b""}]}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000099", "ShardIteratorType": "LATEST"}),
    ("GetShardIterator", {"StreamName": "gone", "ShardId": "shardId-000000000000", "ShardIteratorType": "LATEST"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "AT_SEQUENCE_NUMBER"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "AFTER_SEQUENCE_NUMBER"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": "x"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "TRIM_HORIZON", "StartingSequenceNumber": "1"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "AT_TIMESTAMP"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "GONE"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "0", "ShardIteratorType": "LATEST"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "x", "ShardIteratorType": "LATEST"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": "9" * 56}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "a b", "ShardIteratorType": "LATEST"}),
    ("GetRecords", {"ShardIterator": "nonsense"}),
    ("GetRecords", {"ShardIterator": "nonsense", "Limit": 10_001}),
    ("ListShards", {}),
    ("ListShards", {"StreamName": "s", "NextToken": "nonsense"}),
    ("ListShards", {"NextToken": "nonsense"}),
    ("ListShards", {"StreamName": "s", "ShardFilter": {"Type": "AFTER_SHARD_ID"}}),
    ("ListShards", {"StreamName": "s", "MaxResults": 10_001}),
    ("ListShards", {"StreamName": "s", "ShardFilter": {"Type": "GONE"}}),
    ("ListShards", {"StreamName": "s", "ShardFilter": {"Type": "AT_TIMESTAMP"}}),
    ("SplitShard", {"StreamName": "s", "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "x"}),
    ("SplitShard", {"StreamName": "s", "ShardToSplit": "a b", "NewStartingHashKey": "7"}),
    ("SplitShard", {"StreamName": "gone", "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "7"}),
    ("MergeShards", {"StreamName": "gone", "ShardToMerge": "shardId-000000000000", "AdjacentShardToMerge": "shardId-000000000001"}),
    ("DescribeStream", {"StreamName": "gone"}),
    ("DescribeStreamSummary", {"StreamName": "gone"}),
    ("DeleteStream", {"StreamName": "gone"}),
    ("ListShards", {"StreamName": "gone"}),
    ("CreateStream", {"StreamName": "s", "ShardCount": 1}),
    ("SplitShard", {"StreamName": "s", "ShardToSplit": "shardId-000000000099", "NewStartingHashKey": "7"}),
    ("SplitShard", {"StreamName": "s", "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": str(HASH_MAX + 1)}),
    ("MergeShards", {"StreamName": "s", "ShardToMerge": "shardId-000000000000", "AdjacentShardToMerge": "shardId-000000000099"}),
    ("MergeShards", {"StreamName": "s", "ShardToMerge": "shardId-000000000000", "AdjacentShardToMerge": "shardId-000000000000"}),
    ("IncreaseStreamRetentionPeriod", {"StreamName": "s", "RetentionPeriodHours": 9000}),
    ("IncreaseStreamRetentionPeriod", {"StreamName": "s", "RetentionPeriodHours": 23}),
    ("DecreaseStreamRetentionPeriod", {"StreamName": "s", "RetentionPeriodHours": 23}),
    ("DecreaseStreamRetentionPeriod", {"StreamName": "s", "RetentionPeriodHours": 8000}),
])  # fmt: skip

_ENDS = ("AT_LATEST", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON")
FILTERS: Any = st.one_of(
    st.sampled_from([{"Type": kind} for kind in _ENDS]),
    st.sampled_from(
        [{"Type": "AFTER_SHARD_ID", "ShardId": f"shardId-{n:012d}"} for n in range(4)]
    ),
    st.builds(
        lambda kind, ago: {"Type": kind, "ago": ago},
        st.sampled_from(["AT_TIMESTAMP", "FROM_TIMESTAMP"]),
        st.sampled_from([0.5, 1.5, 1000]),
    ),
)
"""Filters of ListShards; `filter_at` makes a timestamp of how long ago one is."""


def place_of(record: dict[str, Any], shards: list[dict[str, Any]]) -> str:
    """Return which of some shards has the hash key of a record."""
    hashed = int(md5(record["PartitionKey"].encode()).hexdigest(), 16)
    key = int(record.get("ExplicitHashKey", hashed))
    (found,) = [
        str(shard["ShardId"])
        for shard in shards
        if int(shard["HashKeyRange"]["StartingHashKey"])
        <= key
        <= int(shard["HashKeyRange"]["EndingHashKey"])
    ]
    return found


def filter_at(drawn: dict[str, Any], now: Instant) -> dict[str, Any]:
    """Return a drawn filter as ListShards takes it."""
    if "ago" not in drawn:
        return drawn
    return {"Type": drawn["Type"], "Timestamp": ago(now, drawn["ago"])}


def ago(now: Instant, seconds: float) -> Any:
    """Return the time that was *seconds* before *now*."""
    return to_datetime(now) - timedelta(seconds=seconds)
