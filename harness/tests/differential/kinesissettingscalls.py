"""What the machine of streams' settings says: streams, tags, consumers, metrics, and mistakes."""

from typing import Any

from hypothesis import strategies as st

STREAM_ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/"
NAMES = ("s", "t", "u")

MADE: Any = st.sampled_from([
    {"ShardCount": 1},
    {"ShardCount": 2},
    {"ShardCount": 3, "StreamModeDetails": {"StreamMode": "PROVISIONED"}},
    {"StreamModeDetails": {"StreamMode": "ON_DEMAND"}},
])  # fmt: skip
MADE_WRONGLY: Any = st.sampled_from([
    {"StreamName": "a b", "ShardCount": 1},
    {"StreamName": "a" * 129, "ShardCount": 1},
    {"StreamName": "v"},
    {"StreamName": "v", "StreamModeDetails": {"StreamMode": "PROVISIONED"}},
    {"StreamName": "v", "ShardCount": 1, "StreamModeDetails": {"StreamMode": "GONE"}},
    {"StreamName": "v", "ShardCount": 1, "MaxRecordSizeInKiB": 10_241},
])  # fmt: skip

TAGS: Any = st.one_of(
    st.dictionaries(
        st.sampled_from(["team", "Stage", "a:b", "\u00fc"]),
        st.sampled_from(["", "a", "b c"]),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([
        {"a*b": "x"},
        {"a": "x?"},
        {"a%b": "x"},
        {"a": "x" * 257},
        {str(number): "x" for number in range(51)},
        {str(number): "x" for number in range(50)},
    ]),
)  # fmt: skip
TAG_KEYS: Any = st.lists(
    st.sampled_from(["team", "Stage", "gone", "1"]), min_size=1, max_size=3, unique=True
)
TAGS_ASKED_FOR: Any = st.sampled_from([
    {},
    {},
    {"Limit": 1},
    {"Limit": 2, "ExclusiveStartTagKey": "b"},
    {"ExclusiveStartTagKey": "team"},
    {"Limit": 51},
])  # fmt: skip

METRICS: Any = st.sampled_from([
    ["IncomingBytes"],
    ["OutgoingBytes", "IncomingRecords"],
    ["IteratorAgeMilliseconds", "IncomingBytes"],
    ["ALL"],
    ["Gone"],
])  # fmt: skip

CONSUMERS: Any = st.sampled_from(["one", "two", "three"])

POLICY = (
    '{"Version": "2012-10-17", "Statement": [{"Sid": "read", "Effect": "Allow", "Principal":'
    ' {"AWS": "111122223333"}, "Action": "kinesis:GetRecords", "Resource": "*"}]}'
)

SCALINGS: Any = st.sampled_from([1, 2, 3, 4, 5, 10_001])

MISTAKES: Any = st.sampled_from([
    ("DescribeStreamSummary", {}),
    ("DescribeStream", {"StreamName": "s", "Limit": 10_001}),
    ("DescribeStreamSummary", {"StreamARN": f"{STREAM_ARN}gone"}),
    ("ListStreams", {"Limit": 10_001}),
    ("RegisterStreamConsumer", {"StreamARN": f"{STREAM_ARN}gone", "ConsumerName": "one"}),
    ("RegisterStreamConsumer", {"StreamARN": f"{STREAM_ARN}s", "ConsumerName": "a b"}),
    ("RegisterStreamConsumer", {"StreamARN": f"{STREAM_ARN}s", "ConsumerName": "a" * 129}),
    ("ListStreamConsumers", {"StreamARN": f"{STREAM_ARN}gone"}),
    ("DescribeStreamConsumer", {"StreamARN": f"{STREAM_ARN}s"}),
    ("DescribeStreamConsumer", {"ConsumerARN": f"{STREAM_ARN}s/consumer/gone:1"}),
    ("DeregisterStreamConsumer", {"ConsumerARN": f"{STREAM_ARN}s/consumer/gone:1"}),
    ("AddTagsToStream", {"StreamName": "gone", "Tags": {"a": "b"}}),
    ("RemoveTagsFromStream", {"StreamName": "gone", "TagKeys": ["a"]}),
    ("StartStreamEncryption", {"StreamName": "gone", "EncryptionType": "KMS", "KeyId": "k"}),
    ("StartStreamEncryption", {"StreamName": "s", "EncryptionType": "GONE", "KeyId": "k"}),
    ("StopStreamEncryption", {"StreamName": "s", "EncryptionType": "GONE", "KeyId": "k"}),
    ("EnableEnhancedMonitoring", {"StreamName": "gone", "ShardLevelMetrics": ["ALL"]}),
    ("UpdateShardCount", {"StreamName": "gone", "TargetShardCount": 1, "ScalingType": "UNIFORM_SCALING"}),
    ("UpdateShardCount", {"StreamName": "s", "TargetShardCount": 1, "ScalingType": "GONE"}),
    ("UpdateStreamMode", {"StreamARN": f"{STREAM_ARN}gone", "StreamModeDetails": {"StreamMode": "ON_DEMAND"}}),
    ("UpdateStreamMode", {"StreamARN": f"{STREAM_ARN}s", "StreamModeDetails": {"StreamMode": "GONE"}}),
    ("GetResourcePolicy", {"ResourceARN": f"{STREAM_ARN}gone"}),
    ("PutResourcePolicy", {"ResourceARN": f"{STREAM_ARN}gone", "Policy": POLICY}),
    ("DeleteResourcePolicy", {"ResourceARN": f"{STREAM_ARN}gone"}),
    ("ListTagsForStream", {"StreamName": "gone"}),
    ("DeleteStream", {"StreamARN": f"{STREAM_ARN}gone"}),
    ("IncreaseStreamRetentionPeriod", {"StreamName": "gone", "RetentionPeriodHours": 25}),
])  # fmt: skip
