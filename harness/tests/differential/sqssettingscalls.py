"""What the machine of queues' settings says: attributes right and wrong, permissions, tags."""

import json
from typing import Any

from hypothesis import strategies as st

BASE = "https://sqs.us-east-1.amazonaws.com/123456789012/"
NAMES = ("q", "q.fifo", "dead", "dead.fifo", "other")


def arn(name: str) -> str:
    """Return the ARN of the queue called *name*."""
    return f"arn:aws:sqs:us-east-1:123456789012:{name}"


def redrive(name: str, count: Any) -> str:
    """Return the policy by which *name* takes what was received *count* times."""
    return json.dumps({"deadLetterTargetArn": arn(name), "maxReceiveCount": count})


def _policy(*sids: str) -> str:
    statements = [
        {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
            "Action": "SQS:SendMessage",
            "Resource": arn("q"),
        }
        for sid in sids
    ]
    return json.dumps({"Version": "2012-10-17", "Id": "p", "Statement": statements})


NUMBERS = {
    "DelaySeconds": ("0", "7", "900"),
    "MaximumMessageSize": ("1024", "2048", "1048576"),
    "MessageRetentionPeriod": ("60", "1209600"),
    "ReceiveMessageWaitTimeSeconds": ("0", "20"),
    "VisibilityTimeout": ("0", "45", "43200"),
}
SETTINGS: Any = st.one_of(
    st.sampled_from([(name, value) for name, values in NUMBERS.items() for value in values]),
    st.sampled_from([
        ("KmsMasterKeyId", "alias/aws/sqs"),
        ("KmsMasterKeyId", ""),
        ("KmsDataKeyReusePeriodSeconds", "60"),
        ("KmsDataKeyReusePeriodSeconds", "86400"),
        ("SqsManagedSseEnabled", "true"),
        ("SqsManagedSseEnabled", "false"),
        ("Policy", _policy("one")),
        ("Policy", _policy("one", "two")),
        ("Policy", ""),
        ("RedrivePolicy", redrive("dead", 3)),
        ("RedrivePolicy", redrive("dead", "3")),
        ("RedrivePolicy", redrive("dead.fifo", 1)),
        ("RedrivePolicy", redrive("other", 1000)),
        ("RedrivePolicy", ""),
        ("RedrivePolicy", "{}"),
        ("RedriveAllowPolicy", '{"redrivePermission": "allowAll"}'),
        ("RedriveAllowPolicy", '{"redrivePermission": "denyAll"}'),
        ("RedriveAllowPolicy", json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": [arn("q")]})),
        ("RedriveAllowPolicy", ""),
        ("ContentBasedDeduplication", "true"),
        ("ContentBasedDeduplication", "false"),
        ("DeduplicationScope", "messageGroup"),
        ("DeduplicationScope", "queue"),
        ("FifoThroughputLimit", "perMessageGroupId"),
        ("FifoThroughputLimit", "perQueue"),
        ("FifoQueue", "true"),
    ]),
)  # fmt: skip
"""An attribute and a value that it may have in a queue of one kind or the other."""

MISTAKEN_SETTINGS: Any = st.sampled_from([
    ("DelaySeconds", "901"),
    ("DelaySeconds", "-1"),
    ("DelaySeconds", "x"),
    ("DelaySeconds", ""),
    ("MaximumMessageSize", "1023"),
    ("MaximumMessageSize", "1048577"),
    ("MessageRetentionPeriod", "59"),
    ("MessageRetentionPeriod", "1209601"),
    ("ReceiveMessageWaitTimeSeconds", "21"),
    ("VisibilityTimeout", "43201"),
    ("KmsDataKeyReusePeriodSeconds", "59"),
    ("KmsDataKeyReusePeriodSeconds", "86401"),
    ("SqsManagedSseEnabled", "maybe"),
    ("Policy", "no JSON"),
    ("Policy", "[]"),
    ("RedrivePolicy", "no JSON"),
    ("RedrivePolicy", "[]"),
    ("RedrivePolicy", json.dumps({"maxReceiveCount": 1})),
    ("RedrivePolicy", redrive("dead", 0)),
    ("RedrivePolicy", redrive("dead", 1001)),
    ("RedrivePolicy", redrive("dead", "x")),
    ("RedrivePolicy", redrive("gone", 1)),
    ("RedrivePolicy", json.dumps({"deadLetterTargetArn": "dead", "maxReceiveCount": 1})),
    ("RedriveAllowPolicy", "no JSON"),
    ("RedriveAllowPolicy", '{"redrivePermission": "some"}'),
    ("RedriveAllowPolicy", '{"redrivePermission": "byQueue"}'),
    ("RedriveAllowPolicy", json.dumps({"redrivePermission": "allowAll", "sourceQueueArns": [arn("q")]})),
    ("ContentBasedDeduplication", "yes"),
    ("DeduplicationScope", "group"),
    ("FifoThroughputLimit", "all"),
    ("FifoQueue", "false"),
    ("Gone", "1"),
    ("QueueArn", "arn:aws:sqs:us-east-1:123456789012:q"),
])  # fmt: skip

ASKED_FOR: Any = st.lists(
    st.sampled_from([
        "All", "Policy", "VisibilityTimeout", "MaximumMessageSize", "MessageRetentionPeriod",
        "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
        "DelaySeconds", "ReceiveMessageWaitTimeSeconds", "RedrivePolicy", "FifoQueue",
        "ContentBasedDeduplication", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds",
        "DeduplicationScope", "FifoThroughputLimit", "SqsManagedSseEnabled", "RedriveAllowPolicy",
        "Gone", "",
    ]),
    max_size=3,
)  # fmt: skip
"""Names for GetQueueAttributes."""

GRANTS: Any = st.sampled_from([
    {"Label": "one", "AWSAccountIds": ["111122223333"], "Actions": ["SendMessage"]},
    {"Label": "two", "AWSAccountIds": ["111122223333"], "Actions": ["*"]},
    {"Label": "three", "AWSAccountIds": ["111122223333", "444455556666"], "Actions": ["ReceiveMessage", "DeleteMessage"]},
    {"Label": "four", "AWSAccountIds": ["111122223333"], "Actions": ["GetQueueUrl", "PurgeQueue", "ChangeMessageVisibility", "ListDeadLetterSourceQueues", "GetQueueAttributes"]},
    {"Label": "one", "AWSAccountIds": ["111122223333"], "Actions": ["CreateQueue"]},
    {"Label": "one", "AWSAccountIds": ["111122223333"], "Actions": ["Gone"]},
    {"Label": "one", "AWSAccountIds": ["111122223333"], "Actions": []},
    {"Label": "one", "AWSAccountIds": [], "Actions": ["SendMessage"]},
    {"Label": "one", "AWSAccountIds": ["111122223333"], "Actions": ["SendMessage"] * 8},
    {"Label": "one", "AWSAccountIds": ["1"], "Actions": ["SendMessage"]},
    {"Label": "a b", "AWSAccountIds": ["111122223333"], "Actions": ["SendMessage"]},
    {"Label": "x" * 81, "AWSAccountIds": ["111122223333"], "Actions": ["SendMessage"]},
])  # fmt: skip

TAGS: Any = st.dictionaries(
    st.sampled_from(["team", "Stage", "cost:centre", "\u00fc"]),
    st.sampled_from(["", "a", "b c", "\u00e9"]),
    max_size=3,
)
MANY_TAGS: Any = st.sampled_from([
    {str(number): "x" for number in range(51)},
    {str(number): "x" for number in range(26)},
    {f"t{number}": "x" for number in range(26)},
])  # fmt: skip
TAG_KEYS: Any = st.lists(st.sampled_from(["team", "Stage", "gone", "1", "2"]), max_size=3)

MADE_WRONGLY: Any = st.sampled_from([
    {"QueueName": "a b"},
    {"QueueName": "x.fifo"},
    {"QueueName": "x", "Attributes": {"FifoQueue": "true"}},
    {"QueueName": "x" * 81},
    {"QueueName": ""},
    {"QueueName": "x" * 76 + ".fifo", "Attributes": {"FifoQueue": "true"}},
    {"QueueName": ".fifo", "Attributes": {"FifoQueue": "true"}},
    {"QueueName": "q", "Attributes": {"FifoQueue": "false"}},
    {"QueueName": "q", "Attributes": {"ContentBasedDeduplication": "true"}},
    {"QueueName": "q", "tags": {str(number): "x" for number in range(51)}},
    {"QueueName": "q", "Attributes": {"KmsMasterKeyId": "alias/aws/sqs", "SqsManagedSseEnabled": "true"}},
])  # fmt: skip
