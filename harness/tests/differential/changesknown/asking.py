"""Asking both sides for the stream of a table."""

from datetime import timedelta
from typing import Any

from harness.kernel.instant import to_datetime
from harness.tests.differential.dynamodbcalls import TABLE
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Answer, Exchange, Pair, Peers

GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html"
REFERENCE = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
ALTERNATOR = "https://github.com/scylladb/scylladb/blob/master/test/alternator/test_streams.py"
KEY: dict[str, Any] = {"pk": {"S": "p"}, "sk": {"S": "a"}}

OTHER: dict[str, Any] = {
    "TableName": "other",
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
}


def named(exchange: Exchange, name: str) -> str:
    """Return a parameter of a call as our side sees it, empty if there is none."""
    value = exchange.parameters.get(name, "")
    return str(value.ours if isinstance(value, Pair) else value)


def is_old(exchange: Exchange, made_at: Any) -> bool:
    """Whether what was made at *made_at* may be gone."""
    return bool(made_at < to_datetime(exchange.at) - timedelta(hours=24))


def says(answer: Answer, code: str, text: str) -> bool:
    """Whether an answer is just this refusal."""
    return (answer.code, answer.message) == (code, text)


def made(peers: Peers) -> None:
    """Make the table ``items`` with a stream of both images."""
    for side in (peers.ours, peers.theirs):
        side("dynamodb", "CreateTable", **TABLE)


def stream(peers: Peers) -> Pair:
    """Return the ARN of the table's stream."""
    told = peers.call("dynamodb", "DescribeTable", TableName="items")
    return paired(told, "Table", "LatestStreamArn")


def iterator(peers: Peers, kind: str = "TRIM_HORIZON", **parameters: Any) -> Exchange:
    """Ask for an iterator at the only shard of the table's stream."""
    arn = stream(peers)
    told = peers.call("dynamodbstreams", "DescribeStream", StreamArn=arn)
    given = {
        "StreamArn": arn,
        "ShardId": paired(told, "StreamDescription", "Shards", 0, "ShardId"),
        "ShardIteratorType": kind,
    }
    return peers.call("dynamodbstreams", "GetShardIterator", **given | parameters)


def read(peers: Peers) -> Exchange:
    """Read the table's stream from its beginning."""
    given = paired(iterator(peers), "ShardIterator")
    return peers.call("dynamodbstreams", "GetRecords", ShardIterator=given)
