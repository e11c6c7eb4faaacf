"""DynamoDB Streams against moto: what each write says to those who read the table's stream."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.tests.differential.changesknown import KNOWN
from harness.tests.differential.dynamodbcalls import TABLE, attributes, items, keys
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


class ChangesMachine(PeersMachine):
    """Writes the items of one table and reads its stream."""

    known = KNOWN
    ignored = frozenset({"SizeBytes", "awsRegion", "eventVersion", "NextShardIterator", "eventID"})

    def __init__(self) -> None:
        super().__init__()
        self.stored: dict[str, dict[str, Any]] = {}

    @initialize(
        view=st.sampled_from(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"])
    )
    def make_the_table(self, view: str) -> None:
        """Make it, with a stream."""
        stream = {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": view}}
        self.peers.ours("dynamodb", "CreateTable", **TABLE | stream)
        self.peers.theirs("dynamodb", "CreateTable", **TABLE | stream)

    @rule(item=items)
    def put(self, item: dict[str, Any]) -> None:
        """Put an item."""
        self._write("PutItem", Item=item)

    @rule(key=keys, more=attributes)
    def put_twice(self, key: dict[str, Any], more: dict[str, Any]) -> None:
        """Put an item over itself."""
        for _ in range(2):
            self._write("PutItem", Item=key | more)

    @rule(key=keys, update=UPDATES)
    def update(self, key: dict[str, Any], update: tuple[str, dict[str, Any] | None]) -> None:
        """Update an item that is there: what moto makes of nothing is told elsewhere."""
        expression, values = update
        if self.peers.ours("dynamodb", "GetItem", TableName="items", Key=key).output.get("Item"):
            more = {} if values is None else {"ExpressionAttributeValues": values}
            self._write("UpdateItem", Key=key, UpdateExpression=expression, **more)

    @rule(key=keys)
    def delete(self, key: dict[str, Any]) -> None:
        """Delete an item, there or not."""
        self._write("DeleteItem", Key=key)

    @rule(written=items, key=keys)
    def write_together(self, written: dict[str, Any], key: dict[str, Any]) -> None:
        """Put and delete in one transaction."""
        if any(written[name] != key[name] for name in ("pk", "sk")):
            actions = [
                {"Put": {"TableName": "items", "Item": written}},
                {"Delete": {"TableName": "items", "Key": key}},
            ]
            self.peers.call("dynamodb", "TransactWriteItems", TransactItems=actions)

    def _write(self, operation: str, **parameters: Any) -> None:
        exchange = self.peers.call("dynamodb", operation, TableName="items", **parameters)
        if exchange.ours.code != exchange.theirs.code:
            self.is_over = True  # the machine of items tells of it

    @rule()
    def read(self) -> None:
        """Read the stream from its beginning."""
        streams = self.both("dynamodbstreams", "ListStreams", TableName="items")
        if self.is_over:
            return
        arn = paired(streams, "Streams", 0, "StreamArn")
        told = self.peers.call("dynamodbstreams", "DescribeStream", StreamArn=arn)
        shard = paired(told, "StreamDescription", "Shards", 0, "ShardId")
        given = self.peers.call(
            "dynamodbstreams",
            "GetShardIterator",
            StreamArn=arn,
            ShardId=shard,
            ShardIteratorType="TRIM_HORIZON",
        )
        self.both("dynamodbstreams", "GetRecords", ShardIterator=_iterator(given))


def _iterator(exchange: Exchange) -> Pair:
    return paired(exchange, "ShardIterator")
