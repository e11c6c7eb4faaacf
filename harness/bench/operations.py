"""The operations that are measured one by one, each with what has to be there before.

Every one is called through boto3, and by the same code whoever answers.
"""

from collections.abc import Callable, Mapping
from typing import Any

Clients = Mapping[str, Any]
Call = Callable[[int], object]
"""Makes one call; the number says which it is, counted from 0."""

Prepare = Callable[[Clients, int], Call]
"""Makes what so many calls need, and returns the call."""

SERVICES = ("cloudwatch", "dynamodb", "dynamodbstreams", "kinesis", "s3", "sqs")


_TABLE = "Orders"
_BUCKET = "orders-of-the-bench"
_CUSTOMERS = 10
_BODY = b"x" * 1024


def prepare_account(clients: Clients) -> None:
    """Create the table, stream and bucket that the operations share."""
    clients["dynamodb"].create_table(
        TableName=_TABLE,
        KeySchema=[
            {"AttributeName": "customer", "KeyType": "HASH"},
            {"AttributeName": "order", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "customer", "AttributeType": "S"},
            {"AttributeName": "order", "AttributeType": "N"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    for number in range(100):
        clients["dynamodb"].put_item(TableName=_TABLE, Item=_item(number))
    clients["kinesis"].create_stream(StreamName=_TABLE, ShardCount=1)
    clients["kinesis"].get_waiter("stream_exists").wait(StreamName=_TABLE)
    clients["s3"].create_bucket(Bucket=_BUCKET)
    for number in range(100):
        clients["s3"].put_object(Bucket=_BUCKET, Key=f"orders/{number:03d}", Body=_BODY)


def _key(number: int) -> dict[str, Any]:
    return {"customer": {"S": f"c{number % _CUSTOMERS}"}, "order": {"N": str(number)}}


def _item(number: int) -> dict[str, Any]:
    return {
        **_key(number),
        "amount": {"N": "12.50"},
        "state": {"S": "new"},
        "lines": {"L": [{"M": {"article": {"S": "a1"}, "count": {"N": "2"}}}]},
    }


# DynamoDB


def _put_item(clients: Clients, _count: int) -> Call:
    client = clients["dynamodb"]
    return lambda index: client.put_item(TableName=_TABLE, Item=_item(index % 100))


def _get_item(clients: Clients, _count: int) -> Call:
    client = clients["dynamodb"]
    return lambda index: client.get_item(TableName=_TABLE, Key=_key(index % 100))


def _update_item(clients: Clients, _count: int) -> Call:
    client = clients["dynamodb"]
    return lambda index: client.update_item(
        TableName=_TABLE,
        Key=_key(index % 100),
        UpdateExpression="SET #state = :state ADD amount :one",
        ConditionExpression="attribute_exists(customer)",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":state": {"S": f"s{index}"}, ":one": {"N": "1"}},
    )


def _delete_item(clients: Clients, count: int) -> Call:
    client = clients["dynamodb"]
    for number in range(1_000, 1_000 + count):
        client.put_item(TableName=_TABLE, Item=_item(number))
    return lambda index: client.delete_item(TableName=_TABLE, Key=_key(1_000 + index))


def _query(clients: Clients, _count: int) -> Call:
    client = clients["dynamodb"]
    return lambda index: client.query(
        TableName=_TABLE,
        KeyConditionExpression="customer = :customer AND #order > :order",
        ExpressionAttributeNames={"#order": "order"},
        ExpressionAttributeValues={
            ":customer": {"S": f"c{index % _CUSTOMERS}"},
            ":order": {"N": "0"},
        },
    )


def _scan(clients: Clients, _count: int) -> Call:
    client = clients["dynamodb"]
    return lambda _index: client.scan(TableName=_TABLE, Limit=100)


def _batch_write_item(clients: Clients, _count: int) -> Call:
    client = clients["dynamodb"]
    requests = [{"PutRequest": {"Item": _item(number)}} for number in range(25)]
    return lambda _index: client.batch_write_item(RequestItems={_TABLE: requests})


def _batch_get_item(clients: Clients, _count: int) -> Call:
    client = clients["dynamodb"]
    keys = [_key(number) for number in range(25)]
    return lambda _index: client.batch_get_item(RequestItems={_TABLE: {"Keys": keys}})


def _transact_write_items(clients: Clients, _count: int) -> Call:
    client = clients["dynamodb"]
    actions = [{"Put": {"TableName": _TABLE, "Item": _item(number)}} for number in range(5)]
    return lambda _index: client.transact_write_items(TransactItems=actions)


# Kinesis


def _put_record(clients: Clients, _count: int) -> Call:
    client = clients["kinesis"]
    return lambda index: client.put_record(
        StreamName=_TABLE, Data=b"x" * 100, PartitionKey=str(index)
    )


def _put_records(clients: Clients, _count: int) -> Call:
    client = clients["kinesis"]
    records = [{"Data": b"x" * 100, "PartitionKey": str(number)} for number in range(100)]
    return lambda _index: client.put_records(StreamName=_TABLE, Records=records)


def _get_records(clients: Clients, _count: int) -> Call:
    client = clients["kinesis"]
    records = [{"Data": b"x" * 100, "PartitionKey": str(number)} for number in range(100)]
    client.put_records(StreamName=_TABLE, Records=records)
    iterator = client.get_shard_iterator(
        StreamName=_TABLE, ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    return lambda _index: client.get_records(ShardIterator=iterator, Limit=100)


# SQS


def _queue(clients: Clients, name: str, message_count: int) -> str:
    client = clients["sqs"]
    url: str = client.create_queue(QueueName=name)["QueueUrl"]
    for number in range(message_count):
        client.send_message(QueueUrl=url, MessageBody=f"order {number}")
    return url


def _send_message(clients: Clients, _count: int) -> Call:
    client, url = clients["sqs"], _queue(clients, "sending", 0)
    return lambda index: client.send_message(QueueUrl=url, MessageBody=f"order {index}")


def _send_message_batch(clients: Clients, _count: int) -> Call:
    client, url = clients["sqs"], _queue(clients, "batching", 0)
    entries = [{"Id": str(number), "MessageBody": f"order {number}"} for number in range(10)]
    return lambda _index: client.send_message_batch(QueueUrl=url, Entries=entries)


def _receive_message(clients: Clients, count: int) -> Call:
    client, url = clients["sqs"], _queue(clients, "receiving", count)
    return lambda _index: client.receive_message(QueueUrl=url)


def _delete_message(clients: Clients, count: int) -> Call:
    client, url = clients["sqs"], _queue(clients, "deleting", count)
    handles = [
        client.receive_message(QueueUrl=url)["Messages"][0]["ReceiptHandle"] for _ in range(count)
    ]
    return lambda index: client.delete_message(QueueUrl=url, ReceiptHandle=handles[index])


# S3


def _put_object(clients: Clients, _count: int) -> Call:
    client = clients["s3"]
    return lambda index: client.put_object(Bucket=_BUCKET, Key=f"new/{index % 100}", Body=_BODY)


def _get_object(clients: Clients, _count: int) -> Call:
    client = clients["s3"]
    return lambda index: client.get_object(Bucket=_BUCKET, Key=f"orders/{index % 100:03d}")[
        "Body"
    ].read()


def _head_object(clients: Clients, _count: int) -> Call:
    client = clients["s3"]
    return lambda index: client.head_object(Bucket=_BUCKET, Key=f"orders/{index % 100:03d}")


def _list_objects(clients: Clients, _count: int) -> Call:
    client = clients["s3"]
    return lambda _index: client.list_objects_v2(Bucket=_BUCKET, Prefix="orders/")


def _delete_object(clients: Clients, count: int) -> Call:
    client = clients["s3"]
    for number in range(count):
        client.put_object(Bucket=_BUCKET, Key=f"old/{number}", Body=b"")
    return lambda index: client.delete_object(Bucket=_BUCKET, Key=f"old/{index}")


# CloudWatch


def _put_metric_data(clients: Clients, _count: int) -> Call:
    client = clients["cloudwatch"]
    data = [{"MetricName": "Orders", "Value": 1.0, "Unit": "Count"}]
    return lambda _index: client.put_metric_data(Namespace="Shop", MetricData=data)


def _list_metrics(clients: Clients, _count: int) -> Call:
    client = clients["cloudwatch"]
    data = [{"MetricName": f"Orders{number}", "Value": 1.0} for number in range(20)]
    client.put_metric_data(Namespace="Listed", MetricData=data)
    return lambda _index: client.list_metrics(Namespace="Listed")


OPERATIONS: Mapping[str, Prepare] = {
    "dynamodb PutItem": _put_item,
    "dynamodb GetItem": _get_item,
    "dynamodb UpdateItem": _update_item,
    "dynamodb DeleteItem": _delete_item,
    "dynamodb Query, 10 items": _query,
    "dynamodb Scan, 100 items": _scan,
    "dynamodb BatchWriteItem, 25": _batch_write_item,
    "dynamodb BatchGetItem, 25": _batch_get_item,
    "dynamodb TransactWriteItems, 5": _transact_write_items,
    "kinesis PutRecord": _put_record,
    "kinesis PutRecords, 100": _put_records,
    "kinesis GetRecords, 100": _get_records,
    "sqs SendMessage": _send_message,
    "sqs SendMessageBatch, 10": _send_message_batch,
    "sqs ReceiveMessage": _receive_message,
    "sqs DeleteMessage": _delete_message,
    "s3 PutObject, 1 KiB": _put_object,
    "s3 GetObject, 1 KiB": _get_object,
    "s3 HeadObject": _head_object,
    "s3 ListObjectsV2, 100": _list_objects,
    "s3 DeleteObject": _delete_object,
    "cloudwatch PutMetricData": _put_metric_data,
    "cloudwatch ListMetrics, 20": _list_metrics,
}
