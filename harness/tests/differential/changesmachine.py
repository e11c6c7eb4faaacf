"""DynamoDB Streams against moto: what each write says to those who read the table's stream."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from harness.kernel.instant import Instant, hours
from harness.tests.differential.changesknown import KNOWN
from harness.tests.differential.changesknown.asking import OTHER, is_old
from harness.tests.differential.changesknown.iterators import NO_NUMBER, NO_SHARD, TO_COME
from harness.tests.differential.changesknown.records import records
from harness.tests.differential.changesknown.streams import GONE, NO_ARN
from harness.tests.differential.dynamodbcalls import TABLE, attributes, items, keys
from harness.tests.differential.known import Known
from harness.tests.differential.machine import PeersMachine, paired
from harness.tests.differential.peers import Exchange, Pair

UPDATES = st.sampled_from([
    ("SET n = :n", {":n": {"N": "7"}}),
    ("SET a = :s", {":s": {"S": "text"}}),
    ("REMOVE n, a", None),
    ("ADD tags :t", {":t": {"SS": ["a", "b"]}}),
    ("DELETE tags :t", {":t": {"SS": ["a"]}}),
    ("ADD n :n", {":n": {"N": "0"}}),
])  # fmt: skip
VIEWS = st.sampled_from(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"])
LIMITS = st.sampled_from([None, None, 1, 2, 1_000, 1_001])
_DAY = 25 * 3_600
SHARD = "shardId-00000001541626099285-f35f62ef"
_EVENTS = {(True, False): "INSERT", (False, False): "MODIFY", (False, True): "REMOVE"}
MISTAKES: Any = st.sampled_from([
    ("DescribeStream", {"StreamArn": GONE}),
    ("GetShardIterator", {"StreamArn": GONE, "ShardId": SHARD, "ShardIteratorType": "LATEST"}),
    ("DescribeStream", {"StreamArn": NO_ARN}),
    ("GetShardIterator", {"StreamArn": NO_ARN, "ShardId": SHARD, "ShardIteratorType": "LATEST"}),
    ("ListStreams", {"ExclusiveStartStreamArn": NO_ARN}),
    ("GetRecords", {"ShardIterator": "nonsense"}),
    ("ListStreams", {"TableName": "gone"}),
])  # fmt: skip
MISTAKEN_ITERATORS: Any = st.sampled_from([
    {"ShardIteratorType": "GONE"},
    {"ShardIteratorType": "AT_SEQUENCE_NUMBER"},
    {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER"},
    {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": NO_NUMBER},
    {"ShardIteratorType": "LATEST", "SequenceNumber": NO_NUMBER},
    {"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": TO_COME},
    {"ShardIteratorType": "LATEST", "ShardId": NO_SHARD},
])  # fmt: skip


def _has_been_read(machine: Any) -> bool:
    return len(machine.numbers) > 1


class ChangesMachine(PeersMachine):
    """Writes the items of one table and reads its stream."""

    known = KNOWN
    ignored = frozenset({"SizeBytes", "awsRegion", "eventVersion", "NextShardIterator", "eventID"})

    def __init__(self) -> None:
        super().__init__()
        self.view = "KEYS_ONLY"
        self.stream = Pair("", "")
        self.shard = Pair("", "")
        self.iterators: list[Pair] = []
        self.numbers: list[Pair] = []
        self.made: dict[str, datetime] = {}
        """When each of our numbers was given to a record."""
        self.events: list[tuple[Instant, str, dict[str, Any]]] = []
        """What our records are to say, whether they can still be read or not."""
        self.age = 0
        """How often the table was made anew; what belongs to an earlier one is not kept."""

    @initialize(view=VIEWS)
    def make_the_tables(self, view: str) -> None:
        """Make a table with a stream, and another."""
        self.view = view
        self.peers.call("dynamodb", "CreateTable", **OTHER)
        self.resync()

    def resync(self) -> None:
        """Make the table anew, so that its stream begins."""
        stream = {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": self.view}}
        self.age += 1
        self.iterators.clear()
        self.numbers.clear()
        self.made.clear()
        self.events.clear()
        for side in (self.peers.ours, self.peers.theirs):
            side("dynamodb", "DeleteTable", TableName="items")
        # What is left of the last stream is gone a day later.
        self.peers.wait(_DAY)
        for side in (self.peers.ours, self.peers.theirs):
            made = side("dynamodb", "CreateTable", **TABLE | stream)
            assert made.is_ok, str(made)
        self.peers.wait(1)
        told = self.peers.call("dynamodb", "DescribeTable", TableName="items")
        self.stream = paired(told, "Table", "LatestStreamArn")
        seen = self.peers.call("dynamodbstreams", "DescribeStream", StreamArn=self.stream)
        self.shard = paired(seen, "StreamDescription", "Shards", 0, "ShardId")

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call about streams, leaving out what is None."""
        given = {name: value for name, value in parameters.items() if value is not None}
        return self.both("dynamodbstreams", operation, **given)

    @rule(item=items)
    def put(self, item: dict[str, Any]) -> None:
        """Put an item."""
        self._write([_key(item)], "PutItem", TableName="items", Item=item)

    @rule(key=keys, more=attributes)
    def put_twice(self, key: dict[str, Any], more: dict[str, Any]) -> None:
        """Put an item over itself."""
        for _ in range(2):
            self._write([key], "PutItem", TableName="items", Item=key | more)

    @rule(key=keys, update=UPDATES)
    def update(self, key: dict[str, Any], update: tuple[str, dict[str, Any] | None]) -> None:
        """Update an item that is there: what moto makes of nothing is told elsewhere."""
        expression, values = update
        if self._item(key) is not None:
            given: dict[str, Any] = {"Key": key, "UpdateExpression": expression}
            given |= {} if values is None else {"ExpressionAttributeValues": values}
            self._write([key], "UpdateItem", TableName="items", **given)

    @rule(key=keys)
    def delete(self, key: dict[str, Any]) -> None:
        """Delete an item, there or not."""
        self._write([key], "DeleteItem", TableName="items", Key=key)

    @rule(written=items, key=keys)
    def write_together(self, written: dict[str, Any], key: dict[str, Any]) -> None:
        """Put and delete in one transaction."""
        if _key(written) != key:
            actions = [
                {"Put": {"TableName": "items", "Item": written}},
                {"Delete": {"TableName": "items", "Key": key}},
            ]
            self._write([_key(written), key], "TransactWriteItems", TransactItems=actions)

    @rule(key=keys, update=UPDATES)
    def update_together(self, key: dict[str, Any], update: tuple[str, Any]) -> None:
        """Update an item that is there, in a transaction."""
        expression, values = update
        if self._item(key) is not None:
            given = {"TableName": "items", "Key": key, "UpdateExpression": expression}
            given |= {} if values is None else {"ExpressionAttributeValues": values}
            self._write([key], "TransactWriteItems", TransactItems=[{"Update": given}])

    @rule(key=keys)
    def write_together_in_vain(self, key: dict[str, Any]) -> None:
        """Delete in a transaction whose condition does not hold, after which moto's iterators are blind."""
        check = {"TableName": "items", "Key": {"pk": {"S": "x"}, "sk": {"S": "x"}}}
        actions = [
            {"Delete": {"TableName": "items", "Key": key}},
            {"ConditionCheck": check | {"ConditionExpression": "attribute_exists(pk)"}},
        ]
        self._write([], "TransactWriteItems", TransactItems=actions)
        self.iterators.clear()

    @rule(written=st.lists(items, min_size=1, max_size=3, unique_by=repr), key=keys)
    def write_a_batch(self, written: list[dict[str, Any]], key: dict[str, Any]) -> None:
        """Put and delete several items, none of them twice."""
        puts = {repr(_key(item)): item for item in written if _key(item) != key}
        requests: list[dict[str, Any]] = [{"PutRequest": {"Item": item}} for item in puts.values()]
        requests.append({"DeleteRequest": {"Key": key}})
        changed = [*(_key(item) for item in puts.values()), key]
        self._write(changed, "BatchWriteItem", RequestItems={"items": requests})

    def _item(self, key: dict[str, Any]) -> dict[str, Any] | None:
        found = self.peers.ours("dynamodb", "GetItem", TableName="items", Key=key).output
        item: dict[str, Any] | None = found.get("Item")
        return item

    def _write(self, changed: Sequence[dict[str, Any]], operation: str, **parameters: Any) -> None:
        """Make a call that writes; look at the stream at once where it may have changed nothing."""
        before = [self._item(key) for key in changed]
        exchange = self.peers.call("dynamodb", operation, **parameters)
        after = [self._item(key) for key in changed]
        for key, old, new in zip(changed, before, after, strict=True):
            if old != new:
                event = _EVENTS[old is None, new is None]
                self.events.append((self.peers.now, event, key))
        is_idle = any(
            old is not None and old == new for old, new in zip(before, after, strict=True)
        )
        if exchange.ours.code != exchange.theirs.code:
            self.resync()  # the machine of items tells of it
        elif is_idle:
            self.read_all()
            self.resync()

    @rule()
    def read_all(self) -> None:
        """Read the stream from its beginning."""
        given = self._iterator(ShardIteratorType="TRIM_HORIZON")
        if given is not None:
            kept = [event for at, *event in self.events if self.peers.now - at <= hours(24)]
            told = records(self._read(given).ours.output)
            assert _by_key([[each["eventName"], each["Keys"]] for each in told]) == _by_key(kept)

    @rule(kind=st.sampled_from(["TRIM_HORIZON", "LATEST"]))
    def open_an_end(self, kind: str) -> None:
        """Take an iterator at either end."""
        given = self._iterator(ShardIteratorType=kind)
        if given is not None:
            self.iterators.append(given)

    @rule(
        kind=st.sampled_from(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"]),
        place=st.integers(0, 9),
    )
    def open_a_record(self, kind: str, place: int) -> None:
        """Take an iterator at a record that was read."""
        if self.numbers:
            number = self.numbers[place % len(self.numbers)]
            made = self.made[number.ours]
            exchange = self._ask_for(ShardIteratorType=kind, SequenceNumber=number)
            if exchange.ours.code == "TrimmedDataAccessException":
                assert is_old(exchange, made), f"{made} at {exchange.at}"
            elif exchange.ours.is_ok and exchange.theirs.is_ok:
                self.iterators.append(paired(exchange, "ShardIterator"))

    @rule(mistake=MISTAKEN_ITERATORS)
    def open_wrongly(self, mistake: dict[str, Any]) -> None:
        """Ask for an iterator that there cannot be."""
        self._iterator(**mistake)

    def _ask_for(self, **parameters: Any) -> Exchange:
        given = {"StreamArn": self.stream, "ShardId": self.shard}
        return self.ask("GetShardIterator", **given | parameters)

    def _iterator(self, **parameters: Any) -> Pair | None:
        exchange = self._ask_for(**parameters)
        is_ok = exchange.ours.is_ok and exchange.theirs.is_ok
        return paired(exchange, "ShardIterator") if is_ok else None

    @rule(place=st.integers(0, 9), limit=LIMITS)
    def read(self, place: int, limit: int | None) -> None:
        """Read on from an iterator."""
        if self.iterators:
            iterator = self.iterators.pop(place % len(self.iterators))
            age = self.age
            exchange = self._read(iterator, limit)
            tokens = [
                side.output.get("NextShardIterator") for side in (exchange.ours, exchange.theirs)
            ]
            if all(tokens) and age == self.age:
                self.iterators.append(Pair(*tokens))

    def _read(self, iterator: Pair, limit: int | None = None) -> Exchange:
        age = self.age
        exchange = self.ask("GetRecords", ShardIterator=iterator, Limit=limit)
        ours, theirs = (
            [each["dynamodb"]["SequenceNumber"] for each in side.output.get("Records", [])]
            for side in (exchange.ours, exchange.theirs)
        )
        if len(ours) == len(theirs) and age == self.age:
            self.numbers += [Pair(*both) for both in zip(ours, theirs, strict=True)]
            for each in exchange.ours.output.get("Records", []):
                change = each["dynamodb"]
                self.made[change["SequenceNumber"]] = change["ApproximateCreationDateTime"]
        return exchange

    @rule(
        limit=st.sampled_from([None, 1]), part=st.sampled_from([None, None, "start", "children"])
    )
    def describe(self, limit: int | None, part: str | None) -> None:
        """Describe the stream: with its shard, or with those after it, of which there are none."""
        given: dict[str, Any] = {}
        if part == "start":
            given["ExclusiveStartShardId"] = self.shard
        elif part == "children":
            given["ShardFilter"] = {"Type": "CHILD_SHARDS", "ShardId": self.shard}
        self.ask("DescribeStream", StreamArn=self.stream, Limit=limit, **given)

    @rule(
        table=st.sampled_from([None, "items", "other"]),
        limit=st.sampled_from([None, None, 1]),
        has_start=st.booleans(),
    )
    def list_streams(self, table: str | None, limit: int | None, has_start: bool) -> None:  # noqa: FBT001 - drawn
        """List the streams of a table, or all, perhaps those after this table's."""
        start = self.stream if has_start else None
        self.ask("ListStreams", TableName=table, Limit=limit, ExclusiveStartStreamArn=start)

    @rule(mistake=MISTAKES)
    def err(self, mistake: tuple[str, dict[str, Any]]) -> None:
        """Make a call with a mistake."""
        operation, parameters = mistake
        self.ask(operation, **parameters)

    @rule(duration=st.sampled_from([1, 899, 902]))
    def wait(self, duration: int) -> None:
        """Let time pass: iterators expire after a quarter of an hour."""
        self.peers.wait(duration)

    @rule(kind=st.sampled_from(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"]))
    def wait_a_day(self, kind: str) -> None:
        """Let a day pass, and look at what is left: moto forgets nothing."""
        self.peers.wait(_DAY)
        self.open_a_record(kind, 0)
        self.read_all()

    @precondition(_has_been_read)
    @rule()
    def switch_off(self) -> None:
        """End the stream, and look at what is left of it; moto knows no other stream after it."""
        given = {"StreamSpecification": {"StreamEnabled": False}}
        self.peers.call("dynamodb", "UpdateTable", TableName="items", **given)
        self.ask("DescribeStream", StreamArn=self.stream)
        self.resync()

    @precondition(_has_been_read)
    @rule()
    def drop(self) -> None:
        """Delete the table, whose stream can be read for a day still."""
        self.peers.call("dynamodb", "DeleteTable", TableName="items")
        self.ask("DescribeStream", StreamArn=self.stream)
        self.resync()

    def normal(self, exchange: Exchange) -> Exchange:
        """Give shards numbers for their ids, which have no form, and streams the order of tables."""
        for answer in (exchange.ours, exchange.theirs):
            told = answer.output.get("StreamDescription", {})
            for place, shard in enumerate(told.get("Shards", [])):
                shard["ShardId"] = f"shard {place}"
            answer.output.get("Streams", []).sort(key=lambda stream: str(stream["TableName"]))
        return exchange

    def difference(self, exchange: Exchange) -> Known | None:
        """Look at what is stored, too: a read shows what an earlier write has left."""
        known = super().difference(exchange)
        is_refused = not (exchange.ours.is_ok or exchange.theirs.is_ok)
        if known is not None and not (known.keeps_state or is_refused):
            self.resync()
        return known


def _by_key(events: list[list[Any]]) -> dict[str, list[str]]:
    """Return what happened to each item, in its order: there is none between items."""
    found: dict[str, list[str]] = {}
    for name, key in events:
        found.setdefault(repr(sorted(key.items())), []).append(name)
    return found


def _key(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("pk", "sk")}
