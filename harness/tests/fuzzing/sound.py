"""Sound calls: what the account answers as it is, so that a bent one gets deep into the engine.

A parameter drawn at random is refused early; a call of `SOUND` with one odd value is not.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """Stands for a value that an output has shown under *name*."""

    name: str


_ARN = "us-east-1:123456789012"
_URL = "https://sqs.us-east-1.amazonaws.com/123456789012"
_TABLE = f"arn:aws:dynamodb:{_ARN}:table/hashed"
_STREAM = f"arn:aws:kinesis:{_ARN}:stream/stream"
_ALARM = f"arn:aws:cloudwatch:{_ARN}:alarm:late"
_A, _ONE = {"S": "a"}, {"N": "1"}
_HASHED: dict[str, Any] = {"TableName": "hashed", "Key": {"pk": _A}}
_RANGED: dict[str, Any] = {"TableName": "ranged", "Key": {"pk": _A, "sk": _ONE}}
_PUT: dict[str, Any] = {"TableName": "hashed", "Item": {"pk": {"S": "new"}, "a": _ONE}}
_UPDATES = (
    ("SET a = a + :n, c = :v REMOVE b[0]", {":n": _ONE, ":v": _A}),
    ("SET b = list_append(b, :l), c = if_not_exists(c, :v)", {":l": {"L": [_A]}, ":v": _A}),
    ("ADD a :n, t :s", {":n": {"N": "-0.5"}, ":s": {"SS": ["a", "b"]}}),
    ("SET m = :m, m2 = b[0]", {":m": {"M": {"x": {"L": [_ONE]}}}}),
)
_UPDATED = tuple(
    _HASHED
    | {
        "UpdateExpression": expression,
        "ExpressionAttributeValues": given,
        "ReturnValues": returned,
        "ReturnConsumedCapacity": "INDEXES",
    }
    for expression, given in _UPDATES
    for returned in ("ALL_NEW", "UPDATED_OLD")
)
_CONDITION: dict[str, Any] = {
    "ConditionExpression": "attribute_exists(pk) AND (a >= :n OR size(b) BETWEEN :n AND :m)",
    "ExpressionAttributeValues": {":n": _ONE, ":m": {"N": "5"}},
}
_POLICY = (
    '{"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":'
    '{"AWS":"arn:aws:iam::123456789012:root"},"Action":"%s","Resource":"%s"}]}'
)
_RULE: dict[str, Any] = {
    "ID": "old",
    "Status": "Enabled",
    "Filter": {"And": {"Prefix": "a/", "Tags": [{"Key": "k", "Value": "v"}]}},
    "Expiration": {"Days": 30},
    "Transitions": [{"Days": 10, "StorageClass": "GLACIER"}],
}
_OBJECT: dict[str, Any] = {"Bucket": "bucket", "Key": "key"}
_PART: dict[str, Any] = {"Bucket": "bucket", "Key": "big", "UploadId": Seen("UploadId")}
_PLAIN: dict[str, Any] = {"QueueUrl": f"{_URL}/plain"}
_LINE: dict[str, Any] = {"QueueUrl": f"{_URL}/line.fifo"}
_METRIC: dict[str, Any] = {"Namespace": "Shop", "MetricName": "Orders"}
_WHEN: dict[str, Any] = {"StartTime": "2026-01-05T08:00:00Z", "EndTime": "2026-01-05T10:00:00Z"}

_DYNAMODB: dict[str, tuple[dict[str, Any], ...]] = {
    "UpdateItem": (*_UPDATED, _HASHED | _CONDITION | {"UpdateExpression": "SET c = :n"}),
    "PutItem": (_PUT, _PUT | {"ReturnValues": "ALL_OLD", "ReturnItemCollectionMetrics": "SIZE"}),
    "DeleteItem": (_HASHED | _CONDITION, _RANGED | {"ReturnValues": "ALL_OLD"}),
    "GetItem": (
        _HASHED | {"ProjectionExpression": "#a, b[0]", "ExpressionAttributeNames": {"#a": "a"}},
        _RANGED | {"ConsistentRead": True, "ReturnConsumedCapacity": "TOTAL"},
    ),
    "BatchGetItem": (
        {
            "RequestItems": {
                "hashed": {"Keys": [{"pk": _A}, {"pk": {"S": "b"}}], "ConsistentRead": True},
                "ranged": {"Keys": [_RANGED["Key"]], "ProjectionExpression": "pk, b"},
            }
        },
    ),
    "BatchWriteItem": (
        {
            "RequestItems": {
                "hashed": [
                    {"PutRequest": {"Item": _PUT["Item"]}},
                    {"DeleteRequest": {"Key": {"pk": _A}}},
                ],
                "ranged": [{"DeleteRequest": {"Key": _RANGED["Key"]}}],
            },
            "ReturnConsumedCapacity": "TOTAL",
        },
    ),
    "TransactGetItems": ({"TransactItems": [{"Get": _HASHED}, {"Get": _RANGED}]},),
    "TransactWriteItems": (
        {
            "TransactItems": [
                {"Put": _PUT},
                {"ConditionCheck": _HASHED | _CONDITION},
                {"Delete": _RANGED | {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}},
            ],
            "ClientRequestToken": "token",
        },
        {
            "TransactItems": [
                {
                    "Update": _HASHED
                    | {
                        "UpdateExpression": "SET a = a + :n",
                        "ExpressionAttributeValues": {":n": _ONE},
                    }
                }
            ]
        },
    ),
    "Query": (
        {
            "TableName": "ranged",
            "KeyConditionExpression": "pk = :v AND sk BETWEEN :n AND :m",
            "FilterExpression": "contains(b, :x) OR attribute_type(b, :x)",
            "ExpressionAttributeValues": {
                ":v": _A,
                ":n": _ONE,
                ":m": {"N": "3"},
                ":x": {"S": "S"},
            },
            "Limit": 2,
            "ScanIndexForward": False,
        },
        {
            "TableName": "ranged",
            "IndexName": "by-b",
            "KeyConditionExpression": "pk = :v AND begins_with(b, :x)",
            "ExpressionAttributeValues": {":v": _A, ":x": {"S": "x"}},
            "ExclusiveStartKey": {"pk": _A, "sk": _ONE, "b": {"S": "x"}},
        },
        {
            "TableName": "hashed",
            "IndexName": "by-a",
            "KeyConditionExpression": "a = :n",
            "ExpressionAttributeValues": {":n": _ONE},
            "Select": "COUNT",
        },
    ),
    "Scan": (
        {"TableName": "hashed", "Segment": 0, "TotalSegments": 2, "Limit": 1},
        {
            "TableName": "ranged",
            "IndexName": "by-b",
            "FilterExpression": "b IN (:x, :y)",
            "ExpressionAttributeValues": {":x": {"S": "x"}, ":y": _ONE},
        },
    ),
    "CreateTable": (
        {
            "TableName": "fresh",
            "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
            "AttributeDefinitions": [
                {"AttributeName": "p", "AttributeType": "S"},
                {"AttributeName": "g", "AttributeType": "B"},
            ],
            "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
            "GlobalSecondaryIndexes": [
                {
                    "IndexName": "by-g",
                    "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x"]},
                    "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
                }
            ],
            "Tags": [{"Key": "k", "Value": "v"}],
        },
    ),
    "UpdateTable": (
        {"TableName": "ranged", "DeletionProtectionEnabled": True},
        {
            "TableName": "ranged",
            "AttributeDefinitions": [{"AttributeName": "g", "AttributeType": "S"}],
            "GlobalSecondaryIndexUpdates": [
                {
                    "Create": {
                        "IndexName": "by-g",
                        "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                        "Projection": {"ProjectionType": "ALL"},
                    }
                }
            ],
        },
    ),
    "UpdateTimeToLive": (
        {
            "TableName": "hashed",
            "TimeToLiveSpecification": {"Enabled": True, "AttributeName": "expires"},
        },
    ),
    "TagResource": ({"ResourceArn": _TABLE, "Tags": [{"Key": "k", "Value": "v"}]},),
    "UntagResource": ({"ResourceArn": _TABLE, "TagKeys": ["k"]},),
    "ListTagsOfResource": ({"ResourceArn": _TABLE},),
    "PutResourcePolicy": (
        {"ResourceArn": _TABLE, "Policy": _POLICY % ("dynamodb:GetItem", _TABLE)},
    ),
    "GetResourcePolicy": ({"ResourceArn": _TABLE},),
    "UpdateContinuousBackups": (
        {
            "TableName": "hashed",
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        },
    ),
    "RestoreTableToPointInTime": (
        {
            "SourceTableName": "hashed",
            "TargetTableName": "restored",
            "UseLatestRestorableTime": True,
        },
    ),
    "CreateBackup": ({"TableName": "hashed", "BackupName": "kept"},),
    "RestoreTableFromBackup": ({"TargetTableName": "restored", "BackupArn": Seen("BackupArn")},),
}
_KINESIS: dict[str, tuple[dict[str, Any], ...]] = {
    "CreateStream": (
        {"StreamName": "fresh", "ShardCount": 2, "Tags": {"k": "v"}},
        {"StreamName": "fresh", "StreamModeDetails": {"StreamMode": "ON_DEMAND"}},
    ),
    "PutRecord": ({"StreamName": "stream", "Data": b"x", "PartitionKey": "a"},),
    "PutRecords": (
        {
            "StreamName": "stream",
            "Records": [
                {"Data": b"x", "PartitionKey": "a"},
                {"Data": b"", "PartitionKey": "b", "ExplicitHashKey": "7"},
            ],
        },
    ),
    "GetShardIterator": (
        {
            "StreamName": "stream",
            "ShardId": "shardId-000000000000",
            "ShardIteratorType": "AT_TIMESTAMP",
            "Timestamp": 1_767_603_600,
        },
        {
            "StreamName": "stream",
            "ShardId": "shardId-000000000000",
            "ShardIteratorType": "TRIM_HORIZON",
        },
    ),
    "SplitShard": (
        {
            "StreamName": "stream",
            "ShardToSplit": "shardId-000000000000",
            "NewStartingHashKey": str(2**126),
        },
    ),
    "MergeShards": (
        {
            "StreamName": "stream",
            "ShardToMerge": "shardId-000000000000",
            "AdjacentShardToMerge": "shardId-000000000001",
        },
    ),
    "UpdateShardCount": (
        {"StreamName": "stream", "TargetShardCount": 3, "ScalingType": "UNIFORM_SCALING"},
    ),
    "TagResource": ({"ResourceARN": _STREAM, "Tags": {"k": "v"}},),
    "UntagResource": ({"ResourceARN": _STREAM, "TagKeys": ["k"]},),
    "ListTagsForResource": ({"ResourceARN": _STREAM},),
    "PutResourcePolicy": (
        {"ResourceARN": _STREAM, "Policy": _POLICY % ("kinesis:GetRecords", _STREAM)},
    ),
    "RegisterStreamConsumer": ({"StreamARN": _STREAM, "ConsumerName": "reader"},),
    "ListShards": (
        {
            "StreamName": "stream",
            "MaxResults": 1,
            "ShardFilter": {"Type": "AT_TIMESTAMP", "Timestamp": 1_767_603_600},
        },
    ),
}
_S3: dict[str, tuple[dict[str, Any], ...]] = {
    "PutObject": (
        _OBJECT
        | {
            "Body": b"content",
            "ContentType": "text/csv",
            "Metadata": {"k": "v"},
            "Tagging": "k=v",
            "StorageClass": "STANDARD_IA",
        },
        _OBJECT | {"Body": b"content", "ChecksumAlgorithm": "SHA256", "IfMatch": Seen("ETag")},
    ),
    "GetObject": (_OBJECT | {"Range": "bytes=1-3", "ChecksumMode": "ENABLED"},),
    "HeadObject": (_OBJECT | {"PartNumber": 1}, _OBJECT | {"IfNoneMatch": '"x"'}),
    "CopyObject": (
        {"Bucket": "bucket", "Key": "copy", "CopySource": {"Bucket": "versions", "Key": "key"}},
        _OBJECT
        | {"CopySource": "bucket/key", "MetadataDirective": "REPLACE", "Metadata": {"k": "v"}},
    ),
    "DeleteObjects": (
        {"Bucket": "versions", "Delete": {"Objects": [{"Key": "key"}, {"Key": "x"}]}},
    ),
    "ListObjectsV2": (
        {"Bucket": "bucket", "Prefix": "k", "Delimiter": "/", "MaxKeys": 1, "StartAfter": "a"},
    ),
    "ListObjectVersions": ({"Bucket": "versions", "MaxKeys": 1, "KeyMarker": "key"},),
    "GetObjectAttributes": (
        _OBJECT | {"ObjectAttributes": ["ETag", "Checksum", "ObjectParts", "ObjectSize"]},
    ),
    "CreateMultipartUpload": ({"Bucket": "bucket", "Key": "big", "ChecksumAlgorithm": "CRC32"},),
    "UploadPart": (_PART | {"PartNumber": 1, "Body": b"part"},),
    "UploadPartCopy": (
        _PART | {"PartNumber": 2, "CopySource": "bucket/key", "CopySourceRange": "bytes=0-3"},
    ),
    "CompleteMultipartUpload": (
        _PART | {"MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": Seen("ETag")}]}},
    ),
    "ListParts": (_PART | {"MaxParts": 1},),
    "AbortMultipartUpload": (_PART,),
    "RestoreObject": (
        {
            "Bucket": "bucket",
            "Key": "old",
            "RestoreRequest": {"Days": 2, "GlacierJobParameters": {"Tier": "Bulk"}},
        },
    ),
    "PutObjectTagging": (_OBJECT | {"Tagging": {"TagSet": [{"Key": "k", "Value": "v"}]}},),
    "PutObjectRetention": (
        {
            "Bucket": "locked",
            "Key": "key",
            "Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": "2026-02-01T00:00:00Z"},
        },
    ),
    "PutObjectLegalHold": ({"Bucket": "locked", "Key": "key", "LegalHold": {"Status": "ON"}},),
    "GetObjectRetention": ({"Bucket": "locked", "Key": "key"},),
    "GetObjectLegalHold": ({"Bucket": "locked", "Key": "key"},),
    "PutObjectLockConfiguration": (
        {
            "Bucket": "locked",
            "ObjectLockConfiguration": {
                "ObjectLockEnabled": "Enabled",
                "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
            },
        },
    ),
    "PutBucketLifecycleConfiguration": (
        {"Bucket": "bucket", "LifecycleConfiguration": {"Rules": [_RULE]}},
    ),
    "PutBucketCors": (
        {
            "Bucket": "bucket",
            "CORSConfiguration": {
                "CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://*.a"]}]
            },
        },
    ),
    "PutBucketPolicy": (
        {"Bucket": "bucket", "Policy": _POLICY % ("s3:GetObject", "arn:aws:s3:::bucket/*")},
    ),
    "PutBucketEncryption": (
        {
            "Bucket": "bucket",
            "ServerSideEncryptionConfiguration": {
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]
            },
        },
    ),
    "PutBucketWebsite": (
        {"Bucket": "bucket", "WebsiteConfiguration": {"IndexDocument": {"Suffix": "a.html"}}},
    ),
    "PutBucketReplication": (
        {
            "Bucket": "versions",
            "ReplicationConfiguration": {
                "Role": "arn:aws:iam::123456789012:role/copier",
                "Rules": [
                    {
                        "Status": "Enabled",
                        "Priority": 1,
                        "Filter": {"Prefix": ""},
                        "DeleteMarkerReplication": {"Status": "Disabled"},
                        "Destination": {"Bucket": "arn:aws:s3:::versions"},
                    }
                ],
            },
        },
    ),
    "PutBucketNotificationConfiguration": (
        {
            "Bucket": "bucket",
            "NotificationConfiguration": {
                "QueueConfigurations": [
                    {
                        "QueueArn": f"arn:aws:sqs:{_ARN}:plain",
                        "Events": ["s3:ObjectCreated:*"],
                        "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "a/"}]}},
                    }
                ]
            },
        },
    ),
    "PutBucketAnalyticsConfiguration": (
        {
            "Bucket": "bucket",
            "Id": "a",
            "AnalyticsConfiguration": {"Id": "a", "StorageClassAnalysis": {}},
        },
    ),
    "PutBucketMetricsConfiguration": (
        {"Bucket": "bucket", "Id": "a", "MetricsConfiguration": {"Id": "a"}},
    ),
}
_SQS: dict[str, tuple[dict[str, Any], ...]] = {
    "SendMessage": (
        _PLAIN
        | {
            "MessageBody": "a",
            "DelaySeconds": 5,
            "MessageAttributes": {"k": {"DataType": "Number.int", "StringValue": "7"}},
        },
        _LINE | {"MessageBody": "a", "MessageGroupId": "g", "MessageDeduplicationId": "1"},
    ),
    "SendMessageBatch": (
        _PLAIN
        | {
            "Entries": [
                {"Id": "1", "MessageBody": "a"},
                {"Id": "2", "MessageBody": "b", "DelaySeconds": 900},
            ]
        },
    ),
    "ReceiveMessage": (
        _PLAIN
        | {
            "MaxNumberOfMessages": 2,
            "VisibilityTimeout": 0,
            "MessageAttributeNames": ["k.*"],
            "MessageSystemAttributeNames": ["All"],
        },
    ),
    "DeleteMessage": (_PLAIN | {"ReceiptHandle": Seen("ReceiptHandle")},),
    "ChangeMessageVisibility": (
        _PLAIN | {"ReceiptHandle": Seen("ReceiptHandle"), "VisibilityTimeout": 43_200},
    ),
    "DeleteMessageBatch": (
        _PLAIN | {"Entries": [{"Id": "1", "ReceiptHandle": Seen("ReceiptHandle")}]},
    ),
    "SetQueueAttributes": (
        _PLAIN | {"Attributes": {"VisibilityTimeout": "0", "DelaySeconds": "900"}},
        _LINE
        | {
            "Attributes": {
                "DeduplicationScope": "messageGroup",
                "FifoThroughputLimit": "perMessageGroupId",
            }
        },
    ),
    "AddPermission": (
        _PLAIN | {"Label": "a", "AWSAccountIds": ["123456789012"], "Actions": ["SendMessage"]},
    ),
    "StartMessageMoveTask": ({"SourceArn": f"arn:aws:sqs:{_ARN}:dead"},),
    "ListMessageMoveTasks": ({"SourceArn": f"arn:aws:sqs:{_ARN}:dead"},),
    "TagQueue": (_PLAIN | {"Tags": {"k": "v"}},),
}
_CLOUDWATCH: dict[str, tuple[dict[str, Any], ...]] = {
    "PutMetricData": (
        {
            "Namespace": "Shop",
            "MetricData": [
                {
                    "MetricName": "Orders",
                    "Dimensions": [{"Name": "d", "Value": "v"}],
                    "Values": [1.0, 2.5],
                    "Counts": [1.0, 3.0],
                    "Unit": "Count",
                }
            ],
        },
    ),
    "GetMetricStatistics": (
        _METRIC | _WHEN | {"Period": 60, "Statistics": ["Sum", "Maximum"], "Unit": "None"},
    ),
    "GetMetricData": (
        _WHEN
        | {
            "MetricDataQueries": [
                {
                    "Id": "a",
                    "MetricStat": {"Metric": _METRIC, "Period": 60, "Stat": "Sum"},
                },
                {"Id": "b", "Expression": "SUM(METRICS()) / 2"},
            ]
        },
    ),
    "PutMetricAlarm": (
        _METRIC
        | {
            "AlarmName": "late",
            "ComparisonOperator": "GreaterThanThreshold",
            "EvaluationPeriods": 2,
            "DatapointsToAlarm": 1,
            "Threshold": 1.5,
            "Period": 60,
            "Statistic": "Sum",
        },
    ),
    "SetAlarmState": (
        {"AlarmName": "late", "StateValue": "OK", "StateReason": "why", "StateReasonData": "{}"},
    ),
    "TagResource": ({"ResourceARN": _ALARM, "Tags": [{"Key": "k", "Value": "v"}]},),
    "UntagResource": ({"ResourceARN": _ALARM, "TagKeys": ["k"]},),
    "ListTagsForResource": ({"ResourceARN": _ALARM},),
    "GetDashboard": ({"DashboardName": "board"},),
    "PutDashboard": ({"DashboardName": "board", "DashboardBody": '{"widgets": []}'},),
}

SOUND: dict[str, tuple[dict[str, Any], ...]] = {
    f"{service}.{name}": examples
    for service, operations in (
        ("dynamodb", _DYNAMODB),
        ("kinesis", _KINESIS),
        ("s3", _S3),
        ("sqs", _SQS),
        ("cloudwatch", _CLOUDWATCH),
    )
    for name, examples in operations.items()
}
"""Operation -> parameters that the account answers."""
