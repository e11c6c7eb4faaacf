"""Kinesis against moto: streams, records, iterators and resharding on one clock."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.tests.differential.kinesiscalls import FILTERS, MISTAKES, RECORDS, ago, filter_at
from harness.tests.differential.kinesisknown import KNOWN
from harness.tests.differential.kinesisscaling import scale
from harness.tests.differential.kinesissettingscalls import STREAM_ARN
from harness.tests.differential.known import Known
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange, Pair

_DAY = 25 * 3_600


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
        self.age = 0
        """How often the stream was made anew; what belongs to an earlier one is not kept."""

    @initialize(count=st.integers(1, 3))
    def make_the_stream(self, count: int) -> None:
        """Make it."""
        self.both("kinesis", "CreateStream", StreamName="s", ShardCount=count)
        self.peers.wait(1)

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call for the stream."""
        return self.both("kinesis", operation, StreamName="s", **parameters)

    def name(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call for the stream by its ARN."""
        return self.both("kinesis", operation, StreamARN=f"{STREAM_ARN}s", **parameters)

    @rule(record=RECORDS, is_by_arn=st.booleans())
    def put(self, record: dict[str, Any], is_by_arn: bool) -> None:  # noqa: FBT001 - drawn
        """Put one record, after the last one of its stream."""
        last = next(reversed(self.numbers.values()), [])
        given = record | ({"SequenceNumberForOrdering": last[-1]} if last else {})
        age = self.age
        exchange = (self.name if is_by_arn else self.ask)("PutRecord", **given)
        if age == self.age:
            self._note(exchange.ours.output, exchange.theirs.output)
        self.peers.wait(1)

    @rule(records=st.lists(RECORDS, min_size=1, max_size=5))
    def put_several(self, records: list[dict[str, Any]]) -> None:
        """Put several."""
        age = self.age
        exchange = self.ask("PutRecords", Records=records)
        for ours, theirs in zip(
            exchange.ours.output.get("Records", []),
            exchange.theirs.output.get("Records", []),
            strict=False,
        ):
            if age == self.age:
                self._note(ours, theirs)
        self.peers.wait(1)

    def _note(self, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
        if "SequenceNumber" in ours and "SequenceNumber" in theirs:
            pair = Pair(ours["SequenceNumber"], theirs["SequenceNumber"])
            self.numbers.setdefault(ours["ShardId"], []).append(pair)

    @rule(
        shard=st.integers(0, 4),
        kind=st.sampled_from(["TRIM_HORIZON", "LATEST"]),
        is_by_arn=st.booleans(),
    )
    def open_an_end(self, shard: int, kind: str, is_by_arn: bool) -> None:  # noqa: FBT001 - drawn
        """Take an iterator at either end."""
        self._iterate(shard, is_by_arn=is_by_arn, ShardIteratorType=kind)

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

    @rule(shard=st.integers(0, 4), age=st.sampled_from([-10, 0, 0.5, 1.5, 2.5, 1000]))
    def open_an_instant(self, shard: int, age: float) -> None:
        """Take an iterator at an instant, which may be to come."""
        timestamp = ago(self.peers.now, age)
        self._iterate(shard, ShardIteratorType="AT_TIMESTAMP", Timestamp=timestamp)

    @rule(shard=st.integers(0, 1), place=st.integers(0, 9))
    def open_another_shards_record(self, shard: int, place: int) -> None:
        """Take an iterator at a record that lies elsewhere."""
        numbers = self.numbers.get(f"shardId-{1 - shard:012d}")
        if numbers:
            number = numbers[place % len(numbers)]
            self._iterate(
                shard, ShardIteratorType="AT_SEQUENCE_NUMBER", StartingSequenceNumber=number
            )

    def _iterate(self, shard: int, *, is_by_arn: bool = False, **parameters: Any) -> None:
        ask = self.name if is_by_arn else self.ask
        exchange = ask("GetShardIterator", ShardId=f"shardId-{shard:012d}", **parameters)
        if exchange.ours.is_ok and exchange.theirs.is_ok:
            self.iterators.append(
                Pair(
                    exchange.ours.output["ShardIterator"], exchange.theirs.output["ShardIterator"]
                )
            )

    @rule(
        place=st.integers(0, 9),
        limit=st.sampled_from([None, 1, 2, 10_000]),
        arn=st.sampled_from([None, f"{STREAM_ARN}s"]),
    )
    def read(self, place: int, limit: int | None, arn: str | None) -> None:
        """Read on from an iterator."""
        if not self.iterators:
            return
        age = self.age
        pair = self.iterators.pop(place % len(self.iterators))
        exchange = self.both(
            "kinesis",
            "GetRecords",
            ShardIterator=pair,
            **_given(Limit=limit, StreamARN=arn),
        )
        left, right = (
            side.output.get("NextShardIterator") for side in (exchange.ours, exchange.theirs)
        )
        if left is not None and right is not None and age == self.age:
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

    @rule(count=st.integers(1, 4))
    def scale(self, count: int) -> None:
        """Have another number of shards."""
        scale(self, "s", count)
        self.peers.wait(1)

    @rule(operation=st.sampled_from(["DescribeStream", "DescribeStreamSummary", "ListShards"]))
    def look(self, operation: str) -> None:
        """Describe the stream."""
        self.ask(operation)

    @rule(
        limit=st.sampled_from([None, 1, 2]), start=st.sampled_from([None, "shardId-000000000000"])
    )
    def describe_a_page(self, limit: int | None, start: str | None) -> None:
        """Describe some of the stream's shards."""
        self.ask("DescribeStream", **_given(Limit=limit, ExclusiveStartShardId=start))

    @rule(
        size=st.sampled_from([None, 1, 2]),
        start=st.sampled_from([None, None, "shardId-000000000000"]),
        drawn=st.none() | FILTERS,
    )
    def list_shards(
        self, size: int | None, start: str | None, drawn: dict[str, Any] | None
    ) -> None:
        """List some shards, and those of the next page."""
        chosen = None if drawn is None else filter_at(drawn, self.peers.now)
        given = _given(MaxResults=size, ExclusiveStartShardId=start, ShardFilter=chosen)
        exchange = self.ask("ListShards", **given)
        tokens = [side.output.get("NextToken") for side in (exchange.ours, exchange.theirs)]
        if all(tokens):
            self.both("kinesis", "ListShards", NextToken=Pair(*tokens), **_given(MaxResults=size))

    @rule(duration=st.sampled_from([1, 299, 302]))
    def wait(self, duration: int) -> None:
        """Let time pass: iterators expire after five minutes."""
        self.peers.wait(duration)

    @rule(operation=st.sampled_from(["DescribeStream", "ListShards"]))
    def wait_a_day(self, operation: str) -> None:
        """Let records and closed shards expire, and look which are left: moto forgets nothing."""
        self.peers.wait(_DAY)
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

    @rule(mistake=MISTAKES)
    def err(self, mistake: tuple[str, dict[str, Any]]) -> None:
        """Make a call with a mistake."""
        operation, parameters = mistake
        self.both("kinesis", operation, **parameters)

    def difference(self, exchange: Exchange) -> Known | None:
        """Look at what is stored, too: a read may show what an earlier call has left."""
        known = super().difference(exchange)
        if known is not None and not known.keeps_state:
            self.resync()
        return known

    def resync(self) -> None:
        """Make the stream anew."""
        self.age += 1
        for side in (self.peers.ours, self.peers.theirs):
            side("kinesis", "DeleteStream", StreamName="s")
        self.peers.wait(1)
        self.peers.call("kinesis", "CreateStream", StreamName="s", ShardCount=2)
        self.peers.wait(1)
        self.numbers.clear()
        self.iterators.clear()


def _given(**parameters: Any) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value is not None}
