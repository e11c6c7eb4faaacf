"""A small account to aim at: a few resources of each service, with something in them."""

from typing import Any

from harness.kernel.instant import Instant
from harness.mocking.clock import VirtualClock
from harness.mocking.cloud import DEFAULT_ACCOUNT_ID, Cloud
from harness.mocking.region import Region

_REGION = "us-east-1"
_START = Instant(1_767_603_600_000_000)
_ARN = f"{_REGION}:{DEFAULT_ACCOUNT_ID}"
_URL = f"https://sqs.{_REGION}.amazonaws.com/{DEFAULT_ACCOUNT_ID}"
_ITEM = {"pk": {"S": "a"}, "a": {"N": "1"}, "b": {"L": [{"S": "x"}]}}

KNOWN: dict[str, tuple[Any, ...]] = {
    "TableName": ("hashed", "hashed", "ranged", "ranged", "nothing", f"arn:aws:dynamodb:{_ARN}:table/hashed"),
    "KeyConditionExpression": ("pk = :v", "pk = :v", "#a = :v", "pk = :v AND sk = :n", "pk = :v AND sk > :n", "a = :n", "a = :v"),
    "IndexName": ("by-a", "by-b", "nothing"),
    "dynamodb.Key": (
        {"pk": {"S": "a"}}, {"pk": {"S": "b"}}, {"pk": {"S": "a"}, "sk": {"N": "1"}}, {"pk": {"N": "1"}}, {},
        {"pk": {"S": "a"}}, {"pk": {"S": "a"}, "sk": {"N": "1"}}, {"pk": {"S": ""}}, {"pk": {"S": "a"}, "x": {"S": "b"}},
    ),
    "s3.Key": ("key", "key", "a/b/c", "key2", "", "x" * 1025, "\x00", "/", "é"),
    "Item": (_ITEM, {**_ITEM, "sk": {"N": "1"}}, {"pk": {"S": "b"}}, {"sk": {"N": "1"}}, {}),
    "ExpressionAttributeNames": ({"#a": "a"}, {"#a": "a", "#b": "b"}, {"#a": "pk"}, {}, {"a": "a"}, {"#a": ""}),
    "ExpressionAttributeValues": (
        {":v": {"S": "a"}}, {":v": {"S": "a"}, ":n": {"N": "1"}}, {":v": {"L": []}, ":n": {"N": "1"}, ":w": {"N": "2"}},
        {":v": {"SS": ["a"]}, ":n": {"N": "1"}}, {}, {"v": {"S": "a"}}, {":v": {}}, {":v": {"N": "x"}},
    ),
    "AttributeName": ("pk", "sk", "a", "b", "expires"),
    "QueueUrl": (f"{_URL}/plain", f"{_URL}/plain", f"{_URL}/line.fifo", f"{_URL}/dead", f"{_URL}/nothing", "plain"),
    "QueueName": ("plain", "line.fifo", "fresh", "fresh.fifo", "no way"),
    "keys of QueueAttributeMap": (
        "VisibilityTimeout", "DelaySeconds", "RedrivePolicy", "FifoQueue", "MaximumMessageSize", "Policy",
        "ContentBasedDeduplication", "MessageRetentionPeriod", "ReceiveMessageWaitTimeSeconds", "QueueArn",
    ),
    "MessageGroupId": ("g", "h", "", "x" * 129),
    "WaitTimeSeconds": (0, 0, 0, 1, -1, 21),
    "Bucket": ("bucket", "bucket", "versions", "nothing", "No_Bucket", "ab"),
    "CopySource": ("bucket/key", "/bucket/key", "versions/key?versionId=null", "nothing/x", "bucket", {"Bucket": "bucket", "Key": "key"}),
    "StreamName": ("stream", "stream", "other", "nothing"),
    "StreamARN": (f"arn:aws:kinesis:{_ARN}:stream/stream", f"arn:aws:kinesis:{_ARN}:stream/nothing"),
    "PartitionKey": ("a", "b", "", "k" * 257),
    "kinesis.ShardId": ("shardId-000000000000", "shardId-000000000001", "shardId-000000000009"),
    "ShardToSplit": ("shardId-000000000000", "shardId-000000000001", "shardId-000000000009"),
    "ShardToMerge": ("shardId-000000000000", "shardId-000000000001"),
    "AdjacentShardToMerge": ("shardId-000000000001", "shardId-000000000000"),
    "NewStartingHashKey": (str(2**126), str(2**127 + 5), "0", "-1", str(2**128), "x"),
    "ExplicitHashKey": (str(2**126), "0", "-1", str(2**128), "x"),
    "RetentionPeriodHours": (24, 48, 100, 8760, 23, 8761, 0, -1),
    "PartNumber": (1, 2, 0, 10_000, 10_001, -1),
    "ShardCount": (1, 2, 3, 0, -1, 10_001),
    "Namespace": ("Shop", "AWS/Lambda", "", "x" * 256),
    "MetricName": ("Orders", "", "y" * 256),
    "Period": (60, 1, 7, 0, -60, 86_400),
}  # fmt: skip
"""Member -> what exists in the account, and a little that does not."""


class Account:
    """A fresh account, and the engines in it."""

    def __init__(self, clients: dict[str, Any]) -> None:
        self.clock = VirtualClock(_START)
        self.cloud = Cloud(self.clock)
        self._clients = clients
        self.region: Region = self.cloud.region(DEFAULT_ACCOUNT_ID, _REGION)
        for service, operation, parameters in _RESOURCES:
            self.call(service, operation, parameters)
        self.clock.advance(60)
        self.shown = [
            (service, self.call(service, operation, parameters))
            for service, operation, parameters in _CONTENT
        ]
        """What putting the content in has answered, service by service."""

    def call(self, service: str, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Call an operation as a boto3 client does."""
        return self.cloud.call(self._clients[service], operation, parameters)

    def engine(self, service: str) -> Any:
        """Return the engine of a service."""
        return self.region.services[service]

    def settle(self) -> None:
        """Let what is due by now have happened: what is hidden no longer stands in its line."""
        for queue in self.engine("sqs").queues.values():
            queue.messages(self.clock.now())


_THROUGHPUT = {"BillingMode": "PAY_PER_REQUEST"}
_STREAM = {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}}
_BY_A = {
    "IndexName": "by-a",
    "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
}
_BY_B = {
    "IndexName": "by-b",
    "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "b", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "KEYS_ONLY"},
}


def _definitions(**kinds: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in kinds.items()]


_LATE = {
    "AlarmName": "late",
    "Namespace": "Shop",
    "MetricName": "Orders",
    "ComparisonOperator": "GreaterThanThreshold",
    "EvaluationPeriods": 1,
    "Threshold": 1.0,
    "Period": 60,
    "Statistic": "Sum",
}
_RESOURCES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "dynamodb",
        "CreateTable",
        {
            "TableName": "hashed",
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "AttributeDefinitions": _definitions(pk="S", a="N"),
            "GlobalSecondaryIndexes": [_BY_A],
            **_THROUGHPUT,
            **_STREAM,
        },
    ),
    (
        "dynamodb",
        "CreateTable",
        {
            "TableName": "ranged",
            "KeySchema": [
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            "AttributeDefinitions": _definitions(pk="S", sk="N", b="S"),
            "LocalSecondaryIndexes": [_BY_B],
            **_THROUGHPUT,
        },
    ),
    ("sqs", "CreateQueue", {"QueueName": "dead"}),
    (
        "sqs",
        "CreateQueue",
        {
            "QueueName": "plain",
            "Attributes": {
                "RedrivePolicy": f'{{"deadLetterTargetArn":"arn:aws:sqs:{_ARN}:dead","maxReceiveCount":2}}'
            },
        },
    ),
    ("sqs", "CreateQueue", {"QueueName": "line.fifo", "Attributes": {"FifoQueue": "true"}}),
    ("s3", "CreateBucket", {"Bucket": "bucket"}),
    ("s3", "CreateBucket", {"Bucket": "versions"}),
    ("s3", "CreateBucket", {"Bucket": "locked", "ObjectLockEnabledForBucket": True}),
    (
        "s3",
        "PutBucketVersioning",
        {"Bucket": "versions", "VersioningConfiguration": {"Status": "Enabled"}},
    ),
    ("kinesis", "CreateStream", {"StreamName": "stream", "ShardCount": 2}),
    ("kinesis", "CreateStream", {"StreamName": "other", "ShardCount": 1}),
)

_CONTENT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("dynamodb", "PutItem", {"TableName": "hashed", "Item": _ITEM}),
    (
        "dynamodb",
        "PutItem",
        {"TableName": "ranged", "Item": {**_ITEM, "sk": {"N": "1"}, "b": {"S": "x"}}},
    ),
    ("sqs", "SendMessage", {"QueueUrl": f"{_URL}/plain", "MessageBody": "a"}),
    ("sqs", "SendMessage", {"QueueUrl": f"{_URL}/plain", "MessageBody": "b"}),
    ("s3", "PutObject", {"Bucket": "bucket", "Key": "key", "Body": b"content"}),
    ("s3", "PutObject", {"Bucket": "versions", "Key": "key", "Body": b"first"}),
    ("s3", "PutObject", {"Bucket": "versions", "Key": "key", "Body": b"second"}),
    ("s3", "PutObject", {"Bucket": "locked", "Key": "key", "Body": b"kept"}),
    ("s3", "PutObject", {"Bucket": "bucket", "Key": "old", "StorageClass": "GLACIER"}),
    ("s3", "CreateMultipartUpload", {"Bucket": "bucket", "Key": "big"}),
    ("dynamodb", "CreateBackup", {"TableName": "ranged", "BackupName": "kept"}),
    ("cloudwatch", "PutDashboard", {"DashboardName": "board", "DashboardBody": '{"widgets": []}'}),
    ("cloudwatch", "PutMetricAlarm", _LATE),
    ("kinesis", "PutRecord", {"StreamName": "stream", "Data": b"x", "PartitionKey": "a"}),
    (
        "cloudwatch",
        "PutMetricData",
        {"Namespace": "Shop", "MetricData": [{"MetricName": "Orders", "Value": 1.0}]},
    ),
)
