"""Kinesis against moto: streams, records, iterators and resharding on one clock."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.kernel.instant import Instant, hours
from harness.services.kinesis.iterators import ShardIterator, decode
from harness.tests.differential.kinesiscalls import (
    FILTERS,
    MISTAKES,
    RECORDS,
    ago,
    filter_at,
    place_of,
)
from harness.tests.differential.kinesisknown import KNOWN
from harness.tests.differential.kinesisscaling import scale
from harness.tests.differential.kinesissettingscalls import STREAM_ARN
from harness.tests.differential.known import Known
from harness.tests.differential.machine import PeersMachine, paired
from harness.tests.differential.peers import Exchange, Pair

_DAY = 25 * 3_600
_NOWHERE = 9
NO_SHARD = "shardId-000000000099"
PLACES = st.integers(0, _NOWHERE)


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
        self.stored: dict[str, list[tuple[Instant, str, bytes]]] = {}
        """What each shard was given, whether it can still be read or not."""
        self.iterators: list[Pair] = []
        self.age = 0
        """How often the stream was made anew; what belongs to an earlier one is not kept."""

    @initialize(
        count=st.integers(1, 3),
        records=st.lists(st.lists(RECORDS, min_size=1, max_size=3), max_size=2),
    )
    def make_the_stream(self, count: int, records: list[list[dict[str, Any]]]) -> None:
        """Make it, and put some records."""
        self.both("kinesis", "CreateStream", StreamName="s", ShardCount=count)
        self.peers.wait(1)
        for several in records:
            self.put_several(several)

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
        places = self._places([record])
        exchange = (self.name if is_by_arn else self.ask)("PutRecord", **given)
        if age == self.age:
            self._store([record], places, exchange)
            self._note(exchange.ours.output, exchange.theirs.output)
        self.peers.wait(1)

    @rule(records=st.lists(RECORDS, min_size=1, max_size=5))
    def put_several(self, records: list[dict[str, Any]]) -> None:
        """Put several."""
        age, places = self.age, self._places(records)
        exchange = self.ask("PutRecords", Records=records)
        if age == self.age:
            self._store(records, places, exchange)
        for ours, theirs in zip(
            exchange.ours.output.get("Records", []),
            exchange.theirs.output.get("Records", []),
            strict=False,
        ):
            if age == self.age:
                self._note(ours, theirs)
        self.peers.wait(1)

    def _places(self, records: list[dict[str, Any]]) -> list[str]:
        """Return the open shards whose hash keys the records have: moto knows them not."""
        given = {"StreamName": "s", "ShardFilter": {"Type": "AT_LATEST"}}
        shards = self.peers.ours("kinesis", "ListShards", **given).output["Shards"]
        return [place_of(record, shards) for record in records]

    def _store(self, records: list[dict[str, Any]], places: list[str], exchange: Exchange) -> None:
        """Hold our side alone to where the records lie, and keep what there is to be read."""
        found = [
            each["ShardId"] for each in exchange.ours.output.get("Records", [exchange.ours.output])
        ]
        assert found == places, f"{found}, not {places}"
        for record, place in zip(records, places, strict=True):
            stored = self.stored.setdefault(place, [])
            stored.append((self.peers.now, record["PartitionKey"], record["Data"]))

    def _note(self, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
        if "SequenceNumber" in ours and "SequenceNumber" in theirs:
            pair = Pair(ours["SequenceNumber"], theirs["SequenceNumber"])
            self.numbers.setdefault(ours["ShardId"], []).append(pair)

    def _shard(self, place: int) -> str:
        """Return the id of one of our shards; that of none at the last of the places."""
        shards = self.peers.ours("kinesis", "ListShards", StreamName="s").output["Shards"]
        return NO_SHARD if place == _NOWHERE else str(shards[place % len(shards)]["ShardId"])

    @rule(
        place=PLACES,
        kind=st.sampled_from(["TRIM_HORIZON", "TRIM_HORIZON", "LATEST"]),
        is_by_arn=st.booleans(),
        is_read=st.booleans(),
    )
    def open_an_end(self, place: int, kind: str, is_by_arn: bool, is_read: bool) -> None:  # noqa: FBT001 - drawn
        """Take an iterator at either end."""
        given: dict[str, Any] = {"ShardId": self._shard(place), "ShardIteratorType": kind}
        self._iterate(is_by_arn=is_by_arn, is_read=is_read, **given)

    @rule(
        place=PLACES,
        kind=st.sampled_from(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"]),
        is_read=st.booleans(),
    )
    def open_a_record(self, place: int, kind: str, is_read: bool) -> None:  # noqa: FBT001 - drawn
        """Take an iterator at a record."""
        numbers = [(shard, number) for shard, each in self.numbers.items() for number in each]
        if numbers:
            shard, number = numbers[place % len(numbers)]
            given: dict[str, Any] = {"ShardId": shard, "ShardIteratorType": kind}
            self._iterate(is_read=is_read, StartingSequenceNumber=number, **given)

    @rule(place=PLACES, age=st.sampled_from([-10, 0, 0.5, 1.5, 2.5, 1000]), is_read=st.booleans())
    def open_an_instant(self, place: int, age: float, is_read: bool) -> None:  # noqa: FBT001 - drawn
        """Take an iterator at an instant, which may be to come."""
        given: dict[str, Any] = {"ShardIteratorType": "AT_TIMESTAMP"}
        given |= {"ShardId": self._shard(place), "Timestamp": ago(self.peers.now, age)}
        self._iterate(is_read=is_read, **given)

    @rule(shard=st.integers(0, 1), place=PLACES)
    def open_another_shards_record(self, shard: int, place: int) -> None:
        """Take an iterator at a record that lies elsewhere."""
        numbers = self.numbers.get(f"shardId-{1 - shard:012d}")
        if numbers:
            number = numbers[place % len(numbers)]
            self._iterate(
                ShardId=f"shardId-{shard:012d}",
                ShardIteratorType="AT_SEQUENCE_NUMBER",
                StartingSequenceNumber=number,
            )

    def _iterate(
        self, *, is_by_arn: bool = False, is_read: bool = False, **parameters: Any
    ) -> None:
        ask = self.name if is_by_arn else self.ask
        exchange = ask("GetShardIterator", **parameters)
        if exchange.ours.is_ok and exchange.theirs.is_ok:
            pair = paired(exchange, "ShardIterator")
            if is_read:
                self._read(pair)
            else:
                self.iterators.append(pair)

    @rule(
        place=PLACES,
        limit=st.sampled_from([None, 1, 2, 10_000]),
        arn=st.sampled_from([None, f"{STREAM_ARN}s"]),
    )
    def read(self, place: int, limit: int | None, arn: str | None) -> None:
        """Read on from an iterator."""
        if self.iterators:
            self._read(self.iterators.pop(place % len(self.iterators)), limit, arn)

    def _read(self, iterator: Pair, limit: int | None = None, arn: str | None = None) -> None:
        """Read, hold our side to what it has put there, and keep the iterator that follows."""
        age, expected = self.age, self._expected(decode(iterator.ours), limit)
        given = _given(ShardIterator=iterator, Limit=limit, StreamARN=arn)
        exchange = self.both("kinesis", "GetRecords", **given)
        if exchange.ours.is_ok:
            records = exchange.ours.output["Records"]
            found = [(each["PartitionKey"], each["Data"]) for each in records]
            assert found in expected, f"{found} is none of {expected}"
        following = [
            side.output.get("NextShardIterator") for side in (exchange.ours, exchange.theirs)
        ]
        if all(following) and age == self.age:
            self.iterators.append(Pair(*following))

    def _expected(self, iterator: ShardIterator, limit: int | None) -> list[list[Any]]:
        """Return what our side may read: all, or all but some that are older than a day."""
        rest = self.stored.get(iterator.shard_id, [])[iterator.position :]
        old = [arrival for arrival, *_ in rest if self.peers.now - arrival > hours(24)]
        whole = [(key, data) for _, key, data in rest]
        return [whole[start:][:limit] for start in range(len(old) + 1)]

    @rule(place=PLACES, at=st.sampled_from([1, 2**126, 2**127, 2**127 + 2**126, 7]))
    def split(self, place: int, at: int) -> None:
        """Split a shard."""
        self.ask("SplitShard", ShardToSplit=self._shard(place), NewStartingHashKey=str(at))
        self.peers.wait(1)

    @rule(place=PLACES, more=st.sampled_from([-1, 0, 1, 1, 1, 2]))
    def merge(self, place: int, more: int) -> None:
        """Merge two shards, most often one and the next."""
        shards = {
            "ShardToMerge": self._shard(place),
            "AdjacentShardToMerge": self._shard(place + more),
        }
        self.ask("MergeShards", **shards)
        self.peers.wait(1)

    @rule(count=st.integers(1, 4))
    def scale(self, count: int) -> None:
        """Have another number of shards."""
        scale(self, "s", count)
        self.peers.wait(1)

    @rule(operation=st.sampled_from(["DescribeStream", "DescribeStreamSummary", "ListShards"]))
    def look(self, operation: str) -> None:
        """Describe the stream; moto counts not which shards are open."""
        told = self.ask(operation).ours.output
        if operation == "DescribeStreamSummary":
            given = {"StreamName": "s", "ShardFilter": {"Type": "AT_LATEST"}}
            shards = self.peers.ours("kinesis", "ListShards", **given).output["Shards"]
            assert told["StreamDescriptionSummary"]["OpenShardCount"] == len(shards)

    @rule(
        limit=st.sampled_from([None, 1, 2]), start=st.sampled_from([None, "shardId-000000000000"])
    )
    def describe_a_page(self, limit: int | None, start: str | None) -> None:
        """Describe some of the stream's shards, the first ones of those without a limit."""
        given = {"StreamName": "s"} | _given(ExclusiveStartShardId=start)
        whole = self.peers.ours("kinesis", "DescribeStream", **given).output["StreamDescription"]
        told = self.ask("DescribeStream", **_given(Limit=limit, ExclusiveStartShardId=start))
        page = told.ours.output["StreamDescription"]
        assert page["Shards"] == whole["Shards"][:limit]
        assert page["HasMoreShards"] == (len(page["Shards"]) < len(whole["Shards"]))

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
        wanted = _given(ExclusiveStartShardId=start, ShardFilter=chosen)
        if size is not None:
            assert self._pages(wanted, size) == self._pages(wanted, None)
        given = wanted | _given(MaxResults=size)
        exchange = self.ask("ListShards", **given)
        tokens = [side.output.get("NextToken") for side in (exchange.ours, exchange.theirs)]
        if all(tokens):
            self.both("kinesis", "ListShards", NextToken=Pair(*tokens), **_given(MaxResults=size))

    def _pages(self, wanted: dict[str, Any], size: int | None) -> list[dict[str, Any]]:
        """Return what our side lists, page by page: moto knows neither its tokens nor filters."""
        limit = _given(MaxResults=size)
        page = self.peers.ours("kinesis", "ListShards", StreamName="s", **wanted, **limit).output
        shards: list[dict[str, Any]] = page["Shards"]
        while "NextToken" in page:
            given = {"NextToken": page["NextToken"]} | limit
            page = self.peers.ours("kinesis", "ListShards", **given).output
            assert 0 < len(page["Shards"]) <= (size or len(page["Shards"]))
            shards = shards + page["Shards"]
            assert len({each["ShardId"] for each in shards}) == len(shards), "a page comes again"
        return shards

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
        is_refused = not (exchange.ours.is_ok or exchange.theirs.is_ok)
        if known is not None and not (known.keeps_state or is_refused):
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
        self.stored.clear()
        self.iterators.clear()


def _given(**parameters: Any) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value is not None}
