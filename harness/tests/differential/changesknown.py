"""Where moto's DynamoDB Streams are known to differ."""

from typing import Any

from harness.tests.differential.dynamodbcalls import TABLE
from harness.tests.differential.dynamodbknown.asking import numbers
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.machine import paired
from harness.tests.differential.peers import Exchange, Peers

_GUIDE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html"
KEY: dict[str, Any] = {"pk": {"S": "p"}, "sk": {"S": "a"}}


def records(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the records of GetRecords say of their items."""
    images = ("Keys", "NewImage", "OldImage", "StreamViewType")
    return [
        {"eventName": record["eventName"]}
        | {name: record["dynamodb"][name] for name in images if name in record["dynamodb"]}
        for record in answer.get("Records", [])
    ]


def _read(peers: Peers) -> Exchange:
    streams = peers.call("dynamodbstreams", "ListStreams", TableName="items")
    arn = paired(streams, "Streams", 0, "StreamArn")
    told = peers.call("dynamodbstreams", "DescribeStream", StreamArn=arn)
    given = peers.call(
        "dynamodbstreams",
        "GetShardIterator",
        StreamArn=arn,
        ShardId=paired(told, "StreamDescription", "Shards", 0, "ShardId"),
        ShardIteratorType="TRIM_HORIZON",
    )
    iterator = paired(given, "ShardIterator")
    return peers.call("dynamodbstreams", "GetRecords", ShardIterator=iterator)


def _written(*calls: tuple[str, dict[str, Any]]) -> Any:
    def shown(peers: Peers) -> Exchange:
        for side in (peers.ours, peers.theirs):
            side("dynamodb", "CreateTable", **TABLE)
        for operation, parameters in calls:
            peers.call("dynamodb", operation, TableName="items", **parameters)
        return _read(peers)

    return shown


def _tells_of_no_change(exchange: Exchange) -> bool:
    ours, theirs = (records(side.output) for side in (exchange.ours, exchange.theirs))
    return exchange.operation == "GetRecords" and _follows(numbers(ours), numbers(theirs))


def _follows(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> bool:
    """Whether ours are theirs without some records of MODIFY."""
    rest = iter(theirs)
    for record in ours:
        for other in rest:
            if other == record:
                break
            if other["eventName"] != "MODIFY":
                return False
        else:
            return False
    return all(other["eventName"] == "MODIFY" for other in rest) and len(ours) < len(theirs)


def _writes_numbers_differently(exchange: Exchange) -> bool:
    ours, theirs = (records(side.output) for side in (exchange.ours, exchange.theirs))
    return (
        exchange.operation == "GetRecords" and ours != theirs and numbers(ours) == numbers(theirs)
    )


def _tells_an_insertion_twice(exchange: Exchange) -> bool:
    ours, theirs = (records(side.output) for side in (exchange.ours, exchange.theirs))
    if exchange.operation != "GetRecords":
        return False
    bare = [record for record in theirs if record["eventName"] == "INSERT"][::2]
    return len(theirs) == 2 * len(ours) and all(
        record.get("NewImage", record["Keys"]) == record["Keys"] for record in bare
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a write that changes nothing",
        _tells_of_no_change,
        _written(("PutItem", {"Item": KEY}), ("PutItem", {"Item": KEY})),
        divergence(
            service="dynamodbstreams",
            theirs="A write that changes nothing makes a MODIFY record.",
            ours="It makes none.",
            aws="If a write modifies no data in the item, no stream record is written.",
            source=_GUIDE,
            right="ours",
        ),
    ),
    Known(
        "an item that an update makes",
        _tells_an_insertion_twice,
        _written(
            (
                "UpdateItem",
                {
                    "Key": KEY,
                    "UpdateExpression": "SET n = :n",
                    "ExpressionAttributeValues": {":n": {"N": "7"}},
                },
            )
        ),
        divergence(
            service="dynamodbstreams",
            theirs="An update that makes an item writes two INSERT records, the first with the key"
            " alone.",
            ours="It writes one.",
            aws="Each stream record appears exactly once in the stream; a new item is one INSERT"
            " with its image.",
            source=_GUIDE,
            right="ours",
        ),
    ),
    Known(
        "numbers in images",
        _writes_numbers_differently,
        _written(("PutItem", {"Item": KEY | {"n": {"N": "1.0"}}})),
        divergence(
            service="dynamodbstreams",
            theirs="A number in an image is written as it was put: 1.0.",
            ours="It is a plain decimal: 1.",
            aws="Leading and trailing zeroes of numbers are trimmed.",
            source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
            right="ours",
        ),
    ),
)
