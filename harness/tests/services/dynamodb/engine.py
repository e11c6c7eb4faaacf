"""An engine to test: a DynamoDB with one table, called as the gateway would."""

from typing import Any

from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.service import Surroundings
from harness.services.dynamodb.changestream import StreamRecord
from harness.services.dynamodb.service import DynamoDB
from harness.services.dynamodb.streams.service import DynamoDBStreams

START = Instant(1_767_603_600_000_000)
TABLE: dict[str, Any] = {
    "TableName": "demandTable",
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "S"},
    ],
    "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ],
    "BillingMode": "PAY_PER_REQUEST",
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
}
INDEXED = TABLE | {
    "AttributeDefinitions": [
        *TABLE["AttributeDefinitions"],
        {"AttributeName": "score", "AttributeType": "N"},
        {"AttributeName": "verdict", "AttributeType": "S"},
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "byVerdict",
            "KeySchema": [
                {"AttributeName": "verdict", "KeyType": "HASH"},
                {"AttributeName": "score", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["rank"]},
        }
    ],
    "LocalSecondaryIndexes": [
        {
            "IndexName": "byScore",
            "KeySchema": [
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "score", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
    ],
}


class Engine:
    """A DynamoDB with the table ``demandTable``; every call fills in its name."""

    def __init__(self, table: dict[str, Any] = TABLE, *, stream_shard_count: int = 1) -> None:
        self.now = START
        self.changes = ChangeFeed()
        surroundings = Surroundings(Identifiers(Entropy(0)), self.changes)
        self.dynamodb = DynamoDB(surroundings, stream_shard_count=stream_shard_count)
        self.streams = DynamoDBStreams(self.dynamodb)
        self.ask("CreateTable", **table)

    def ask(self, operation: str, **parameters: Any) -> dict[str, Any]:
        return self.dynamodb.operations[operation](self.dynamodb, parameters, self.now)

    def call(self, operation: str, **parameters: Any) -> dict[str, Any]:
        return self.ask(operation, TableName="demandTable", **parameters)

    def read(self, operation: str, **parameters: Any) -> dict[str, Any]:
        return self.streams.operations[operation](self.streams, parameters, self.now)

    def put(self, sort: str = "s", /, **attributes: Any) -> None:
        self.call("PutItem", Item=key(sort) | attributes)

    def item(self, sort: str = "s") -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.call("GetItem", Key=key(sort)).get("Item")
        return found

    def update(self, expression: str, values: dict[str, Any] | None = None, **more: Any) -> Any:
        if values is not None:
            more["ExpressionAttributeValues"] = values
        return self.call("UpdateItem", Key=key(), UpdateExpression=expression, **more)

    @property
    def records(self) -> list[StreamRecord]:
        stream = self.dynamodb.tables["demandTable"].stream
        assert stream is not None, "the table has a stream"
        return [record for shard in stream for record in shard.read(0, 10**6)]


def key(sort: str = "s") -> dict[str, Any]:
    return {"pk": {"S": "p"}, "sk": {"S": sort}}
