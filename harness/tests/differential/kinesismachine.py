"""Kinesis against moto: streams, records, iterators and resharding on one clock."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.kernel.instant import to_datetime
from harness.tests.differential.kinesisknown import KNOWN
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange, Pair

KEYS = st.text(st.sampled_from("ab\u00e9\U0001f600"), min_size=1, max_size=4)
HASH_MAX = 2**128 - 1
RECORDS: Any = st.builds(
    lambda key, data, hashed: (
        {"PartitionKey": key, "Data": data}
        | ({} if hashed is None else {"ExplicitHashKey": str(hashed)})
    ),
    KEYS,
    st.binary(max_size=6),
    st.sampled_from([None, None, 0, 2**127 - 1, 2**127]),
)
MISTAKES: Any = st.sampled_from([
    ("PutRecord", {"StreamName": "gone", "PartitionKey": "a", "Data": b""}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a", "Data": b"", "ExplicitHashKey": str(2**128)}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a", "Data": b"x" * 1_048_577}),
    ("PutRecord", {"StreamName": "s", "PartitionKey": "a" * 257, "Data": b""}),
    ("PutRecords", {"StreamName": "s", "Records": [{"PartitionKey": "a", "Data": b""}] * 501}),
    ("PutRecords", {"StreamName": "gone", "Records": [{"PartitionKey": "a", "Data": b""}]}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000099", "ShardIteratorType": "LATEST"}),
    ("GetShardIterator", {"StreamName": "gone", "ShardId": "shardId-000000000000", "ShardIteratorType": "LATEST"}),
    ("GetShardIterator", {"StreamName": "s", "ShardId": "shardId-000000000000", "ShardIteratorType": "AT_SEQUENCE_NUMBER"}),
    ("GetRecords", {"ShardIterator": "nonsense"}),
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
    ("ListTagsForStream", {"StreamName": "gone"}),
])  # fmt: skip


class StreamsMachine(PeersMachine):
    """One stream."""

    known = KNOWN
    ignored = frozenset(
        {
            "EncryptionType",
            "StartingSequenceNumber",
            "EndingSequenceNumber",
            "MillisBehindLatest",
            "SequenceNumber",
        }
    )

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, list[Pair]] = {}
        self.iterators: list[Pair] = []

    @initialize(count=st.integers(1, 3))
    def make_the_stream(self, count: int) -> None:
        """Make it."""
        self.both("kinesis", "CreateStream", StreamName="s", ShardCount=count)
        self.peers.wait(1)

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call for the stream."""
        return self.both("kinesis", operation, StreamName="s", **parameters)

    @rule(record=RECORDS)
    def put(self, record: dict[str, Any]) -> None:
        """Put one record."""
        exchange = self.ask("PutRecord", **record)
        self._note(exchange.ours.output, exchange.theirs.output)
        self.peers.wait(1)

    @rule(records=st.lists(RECORDS, min_size=1, max_size=5))
    def put_several(self, records: list[dict[str, Any]]) -> None:
        """Put several."""
        exchange = self.ask("PutRecords", Records=records)
        for ours, theirs in zip(
            exchange.ours.output.get("Records", []),
            exchange.theirs.output.get("Records", []),
            strict=False,
        ):
            self._note(ours, theirs)
        self.peers.wait(1)

    def _note(self, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
        if "SequenceNumber" in ours and "SequenceNumber" in theirs:
            pair = Pair(ours["SequenceNumber"], theirs["SequenceNumber"])
            self.numbers.setdefault(ours["ShardId"], []).append(pair)

    @rule(shard=st.integers(0, 4), kind=st.sampled_from(["TRIM_HORIZON", "LATEST"]))
    def open_an_end(self, shard: int, kind: str) -> None:
        """Take an iterator at either end."""
        self._iterate(shard, ShardIteratorType=kind)

    @rule(
        shard=st.integers(0, 4),
        place=st.integers(0, 9),
        kind=st.sampled_from(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"]),
    )
    def open_a_record(self, shard: int, place: int, kind: str) -> None:
        """Take an iterator at a record."""
        numbers = self.numbers.get(f"shardId-{shard:012d}")
        if numbers:
            self._iterate(
                shard, ShardIteratorType=kind, StartingSequenceNumber=numbers[place % len(numbers)]
            )

    @rule(shard=st.integers(0, 4), ago=st.sampled_from([0.5, 1.5, 2.5, 1000]))
    def open_an_instant(self, shard: int, ago: float) -> None:
        """Take an iterator at an instant."""
        self._iterate(
            shard,
            ShardIteratorType="AT_TIMESTAMP",
            Timestamp=to_datetime(self.peers.now) - timedelta(seconds=ago),
        )

    def _iterate(self, shard: int, **parameters: Any) -> None:
        exchange = self.ask("GetShardIterator", ShardId=f"shardId-{shard:012d}", **parameters)
        if exchange.ours.is_ok and exchange.theirs.is_ok:
            self.iterators.append(
                Pair(
                    exchange.ours.output["ShardIterator"], exchange.theirs.output["ShardIterator"]
                )
            )

    @rule(place=st.integers(0, 9), limit=st.sampled_from([None, 1, 2]))
    def read(self, place: int, limit: int | None) -> None:
        """Read on from an iterator."""
        if not self.iterators:
            return
        pair = self.iterators.pop(place % len(self.iterators))
        exchange = self.both(
            "kinesis",
            "GetRecords",
            ShardIterator=pair,
            **({} if limit is None else {"Limit": limit}),
        )
        left, right = (
            side.output.get("NextShardIterator") for side in (exchange.ours, exchange.theirs)
        )
        if left is not None and right is not None:
            self.iterators.append(Pair(left, right))

    @rule(shard=st.integers(0, 4), at=st.sampled_from([2**126, 2**127, 2**127 + 2**126, 7]))
    def split(self, shard: int, at: int) -> None:
        """Split a shard."""
        self.ask("SplitShard", ShardToSplit=f"shardId-{shard:012d}", NewStartingHashKey=str(at))
        self.peers.wait(1)

    @rule(left=st.integers(0, 4), right=st.integers(0, 4))
    def merge(self, left: int, right: int) -> None:
        """Merge two shards."""
        self.ask(
            "MergeShards",
            ShardToMerge=f"shardId-{left:012d}",
            AdjacentShardToMerge=f"shardId-{right:012d}",
        )
        self.peers.wait(1)

    @rule(
        operation=st.sampled_from(
            ["DescribeStream", "DescribeStreamSummary", "ListShards", "ListTagsForStream"]
        )
    )
    def look(self, operation: str) -> None:
        """Describe the stream."""
        self.ask(operation)

    @rule(
        hours=st.sampled_from([24, 25, 48]),
        operation=st.sampled_from(
            ["IncreaseStreamRetentionPeriod", "DecreaseStreamRetentionPeriod"]
        ),
    )
    def retain(self, hours: int, operation: str) -> None:
        """Change the retention period."""
        self.ask(operation, RetentionPeriodHours=hours)

    @rule(limit=st.sampled_from([None, 1]))
    def list_streams(self, limit: int | None) -> None:
        """List streams."""
        self.both("kinesis", "ListStreams", **({} if limit is None else {"Limit": limit}))

    @rule(mistake=MISTAKES)
    def err(self, mistake: tuple[str, dict[str, Any]]) -> None:
        """Make a call with a mistake."""
        operation, parameters = mistake
        self.both("kinesis", operation, **parameters)
