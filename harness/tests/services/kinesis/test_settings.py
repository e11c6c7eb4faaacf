"""What is set on a stream: tags, consumers, encryption, monitoring, policies, modes, quotas."""

from typing import Any

import pytest

from harness.kernel.instant import hours, seconds
from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import START, Caller

API = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_"
QUOTAS = "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html"
ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/s"


def a_stream(shard_count: int = 1, **parameters: Any) -> Caller[Kinesis]:
    """Return a caller whose account has the stream ``s``."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", ShardCount=shard_count, **parameters)
    return call


def tags(call: Caller[Kinesis]) -> dict[str, str]:
    """Return the stream's tags."""
    shown = call("ListTagsForStream", StreamName="s")["Tags"]
    return {tag["Key"]: tag["Value"] for tag in shown}


@pytest.mark.aws(
    "AddTagsToStream adds or updates tags; RemoveTagsFromStream ignores a key that is not there.",
    source=f"{API}AddTagsToStream.html",
    service="kinesis",
)
def test_tags_are_added_changed_and_removed() -> None:
    """Under the stream's name or ARN, and by the newer calls for any resource."""
    call = a_stream(Tags={"a": "1"})
    call("AddTagsToStream", StreamName="s", Tags={"a": "2", "b": ""})
    call("RemoveTagsFromStream", StreamARN=ARN, TagKeys=["b", "none"])
    call("TagResource", ResourceARN=ARN, Tags={"c": "3", "d": "4"})
    call("UntagResource", ResourceARN=ARN, TagKeys=["d"])

    assert tags(call) == {"a": "2", "c": "3"}
    assert call("ListTagsForResource", ResourceARN=ARN)["Tags"] == [
        {"Key": "a", "Value": "2"}, {"Key": "c", "Value": "3"},
    ]  # fmt: skip


@pytest.mark.aws(
    "A stream can have 50 tags.",
    source=f"{API}AddTagsToStream.html",
    service="kinesis",
)
def test_a_stream_has_at_most_fifty_tags() -> None:
    """One more adds none of a call's."""
    call = a_stream()
    call("AddTagsToStream", StreamName="s", Tags={str(number): "" for number in range(49)})

    error = call.refusal("AddTagsToStream", StreamName="s", Tags={"x": "", "y": ""})

    assert error.code == "InvalidArgumentException"
    assert "Failed to add tags to stream s under account 123456789012" in error.message
    call("AddTagsToStream", StreamName="s", Tags={"x": "", "0": "again"})
    assert len(tags(call)) == 50


@pytest.mark.aws(
    "Keys have up to 128 and values up to 256 characters of letters, digits, spaces and _"
    " . / = + - % @",
    source=f"{API}AddTagsToStream.html",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ({"": "x"}, "ValidationException"),
        ({"k" * 129: "x"}, "ValidationException"),
        ({"k": "v" * 257}, "ValidationException"),
        ({"k!": "x"}, "InvalidArgumentException"),
        ({"k": "x;"}, "InvalidArgumentException"),
    ],
)
def test_a_tag_that_aws_does_not_take_is_refused(tag: dict[str, str], code: str) -> None:
    """By its length or its characters, wherever it is given."""
    call = a_stream()

    assert call.refusal("AddTagsToStream", StreamName="s", Tags=tag).code == code
    assert call.refusal("TagResource", ResourceARN=ARN, Tags=tag).code == code
    assert call.refusal("CreateStream", StreamName="t", ShardCount=1, Tags=tag).code == code
    assert call("ListStreams")["StreamNames"] == ["s"]


@pytest.mark.aws(
    "A registered consumer has an ARN that ends with its creation's timestamp, and is found by ARN, "
    "or by stream and name.",
    source=f"{API}RegisterStreamConsumer.html",
    service="kinesis",
)
def test_a_consumer_is_registered_described_listed_and_deregistered() -> None:
    """It is counted in the stream's summary."""
    call = a_stream()
    consumer = call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c")["Consumer"]

    assert consumer["ConsumerARN"] == f"{ARN}/consumer/c:{START // 1_000_000}"
    assert consumer["ConsumerStatus"] == "ACTIVE"
    by_arn = call("DescribeStreamConsumer", ConsumerARN=consumer["ConsumerARN"])
    by_name = call("DescribeStreamConsumer", StreamARN=ARN, ConsumerName="c")
    assert by_arn == by_name == {"ConsumerDescription": consumer | {"StreamARN": ARN}}
    assert call("ListStreamConsumers", StreamARN=ARN) == {"Consumers": [consumer]}
    summary = call("DescribeStreamSummary", StreamName="s")["StreamDescriptionSummary"]
    assert summary["ConsumerCount"] == 1
    call("DeregisterStreamConsumer", StreamARN=ARN, ConsumerName="c")
    assert call("ListStreamConsumers", StreamARN=ARN) == {"Consumers": []}


@pytest.mark.aws(
    "Tags may be given to a consumer when it is registered, or later",
    source=f"{API}TagResource.html",
    service="kinesis",
)
def test_a_consumer_has_tags_of_its_own() -> None:
    """Given when it is registered, or later."""
    call = a_stream(Tags={"of": "stream"})
    consumer = call(
        "RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c", Tags={"of": "consumer"}
    )["Consumer"]
    arn = consumer["ConsumerARN"]
    call("TagResource", ResourceARN=arn, Tags={"more": "x"})

    assert call("ListTagsForResource", ResourceARN=arn)["Tags"] == [
        {"Key": "more", "Value": "x"}, {"Key": "of", "Value": "consumer"},
    ]  # fmt: skip
    assert tags(call) == {"of": "stream"}


@pytest.mark.aws(
    "ListStreamConsumers answers in pages of up to MaxResults with a NextToken",
    source=f"{API}ListStreamConsumers.html",
    service="kinesis",
)
def test_consumers_are_listed_in_pages() -> None:
    """Until there is no token."""
    call = a_stream()
    for index in range(5):
        call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName=f"c{index}")

    names: list[str] = []
    token: dict[str, str] = {}
    while True:
        page = call("ListStreamConsumers", StreamARN=ARN, MaxResults=2, **token)
        names += [consumer["ConsumerName"] for consumer in page["Consumers"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}

    assert names == [f"c{index}" for index in range(5)]


@pytest.mark.aws(
    "A stream can have 20 registered consumers, each with a name of its own.",
    source=f"{API}RegisterStreamConsumer.html",
    service="kinesis",
)
def test_a_stream_has_at_most_twenty_consumers() -> None:
    """The 21st is a LimitExceededException, a second of the same name a ResourceInUseException."""
    call = a_stream()
    for index in range(20):
        call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName=f"c{index}")

    again = call.refusal("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c3")
    another = call.refusal("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c20")
    assert (again.code, another.code) == ("ResourceInUseException", "LimitExceededException")


@pytest.mark.aws(
    "ResourceNotFoundException for a consumer that is not registered",
    source=f"{API}DescribeStreamConsumer.html",
    service="kinesis",
)
@pytest.mark.parametrize(
    "parameters",
    [
        {"ConsumerARN": f"{ARN}/consumer/none:1"},
        {"ConsumerARN": ARN},
        {"StreamARN": ARN, "ConsumerName": "none"},
    ],
)
def test_a_consumer_that_is_not_there_is_not_found(parameters: dict[str, str]) -> None:
    """In the words that AWS has."""
    call = a_stream()
    what = parameters.get("ConsumerARN", "none")
    for operation in ("DescribeStreamConsumer", "DeregisterStreamConsumer"):
        error = call.refusal(operation, **parameters)
        assert error.code == "ResourceNotFoundException"
        assert error.message == f"Consumer {what}, account 123456789012 not found."


@pytest.mark.aws(
    "A consumer is named by its ARN, or by its name and the stream's ARN",
    source=f"{API}DescribeStreamConsumer.html",
    service="kinesis",
)
def test_a_consumer_must_be_named_in_full() -> None:
    """A name alone does not say which stream."""
    error = a_stream().refusal("DescribeStreamConsumer", ConsumerName="c")
    assert error.code == "InvalidArgumentException"


@pytest.mark.aws(
    "DeleteStream fails with ResourceInUseException while consumers are registered, unless "
    "EnforceConsumerDeletion is set.",
    source=f"{API}DeleteStream.html",
    service="kinesis",
)
def test_a_stream_with_consumers_is_not_deleted_by_accident() -> None:
    """The consumers go with it when that is enforced."""
    call = a_stream()
    call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c")

    assert call.refusal("DeleteStream", StreamName="s").code == "ResourceInUseException"
    call("DeleteStream", StreamName="s", EnforceConsumerDeletion=True)
    assert call("ListStreams")["StreamNames"] == []


@pytest.mark.aws(
    "Records say which encryption held when they were put.",
    source=f"{API}StartStreamEncryption.html",
    service="kinesis",
)
def test_records_say_which_encryption_they_came_under() -> None:
    """So do the answers of the puts, and what describes the stream."""
    call = a_stream()
    answers = [call("PutRecord", StreamName="s", Data=b"1", PartitionKey="k")]
    call.wait(seconds(1))
    call("StartStreamEncryption", StreamName="s", EncryptionType="KMS", KeyId="alias/aws/kinesis")
    shown = call("DescribeStream", StreamName="s")["StreamDescription"]
    answers.append(
        call("PutRecords", StreamName="s", Records=[{"Data": b"2", "PartitionKey": "k"}])
    )
    call.wait(seconds(1))
    call("StopStreamEncryption", StreamName="s", EncryptionType="KMS", KeyId="alias/aws/kinesis")
    answers.append(call("PutRecord", StreamName="s", Data=b"3", PartitionKey="k"))
    iterator = call(
        "GetShardIterator", StreamName="s", ShardId="0", ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    records = call("GetRecords", ShardIterator=iterator)["Records"]

    assert [answer["EncryptionType"] for answer in answers] == ["NONE", "KMS", "NONE"]
    assert [record["EncryptionType"] for record in records] == ["NONE", "KMS", "NONE"]
    assert (shown["EncryptionType"], shown["KeyId"]) == ("KMS", "alias/aws/kinesis")
    assert "KeyId" not in call("DescribeStream", StreamName="s")["StreamDescription"]


@pytest.mark.aws(
    "EnableEnhancedMonitoring answers with the shard-level metrics before and after; ALL stands for "
    "each of the seven.",
    source="https://docs.aws.amazon.com/cli/latest/reference/kinesis/enable-enhanced-monitoring.html",
    service="kinesis",
)
def test_shard_level_metrics_are_switched_on_and_off() -> None:
    """In steps, or all together."""
    call = a_stream()
    names = {"ShardLevelMetrics": ["OutgoingBytes", "IncomingBytes"]}
    first = call("EnableEnhancedMonitoring", StreamName="s", **names)
    every = call("EnableEnhancedMonitoring", StreamARN=ARN, ShardLevelMetrics=["ALL"])
    fewer = call("DisableEnhancedMonitoring", StreamName="s", **names)
    none = call("DisableEnhancedMonitoring", StreamName="s", ShardLevelMetrics=["ALL"])

    assert first["CurrentShardLevelMetrics"] == []
    assert first["DesiredShardLevelMetrics"] == ["IncomingBytes", "OutgoingBytes"]
    assert len(every["DesiredShardLevelMetrics"]) == 7
    assert len(fewer["DesiredShardLevelMetrics"]) == 5
    assert none["CurrentShardLevelMetrics"] == fewer["DesiredShardLevelMetrics"]
    assert none["DesiredShardLevelMetrics"] == []
    error = call.refusal("EnableEnhancedMonitoring", StreamName="s", ShardLevelMetrics=["None"])
    assert error.code == "ValidationException"


@pytest.mark.aws(
    "A resource policy is attached to a stream or a consumer",
    source=f"{API}PutResourcePolicy.html",
    service="kinesis",
)
def test_a_resource_policy_is_kept() -> None:
    """And decides nothing: nobody is denied anything here."""
    call = a_stream()
    assert call("GetResourcePolicy", ResourceARN=ARN) == {"Policy": "{}"}
    missing = call.refusal("DeleteResourcePolicy", ResourceARN=ARN)
    call("PutResourcePolicy", ResourceARN=ARN, Policy='{"Version":"2012-10-17"}')
    assert call("GetResourcePolicy", ResourceARN=ARN)["Policy"] == '{"Version":"2012-10-17"}'
    call("DeleteResourcePolicy", ResourceARN=ARN)
    unknown = call.refusal("GetResourcePolicy", ResourceARN=f"{ARN}-none")

    assert missing.message == f"No resource policy found for resource ARN {ARN}."
    assert unknown.message == f"Stream {ARN}-none under account 123456789012 not found."
    assert missing.code == unknown.code == "ResourceNotFoundException"


@pytest.mark.aws(
    "UpdateStreamMode changes between PROVISIONED and ON_DEMAND; an on-demand stream's shard count "
    "cannot be updated.",
    source=f"{API}UpdateStreamMode.html",
    service="kinesis",
)
def test_the_capacity_mode_can_change() -> None:
    """The shards stay."""
    call = Caller(Kinesis)
    call("CreateStream", StreamName="s", StreamModeDetails={"StreamMode": "ON_DEMAND"})
    update = {"StreamName": "s", "TargetShardCount": 3, "ScalingType": "UNIFORM_SCALING"}
    refused = call.refusal("UpdateShardCount", **update)
    mode = {"StreamMode": "PROVISIONED"}
    call("UpdateStreamMode", StreamARN=ARN, StreamModeDetails=mode)
    summary = call("DescribeStreamSummary", StreamName="s")["StreamDescriptionSummary"]

    assert (refused.code, refused.message) == (
        "ValidationException",
        "Request is invalid. Stream s under account 123456789012 is in On-Demand mode.",
    )
    assert summary["StreamModeDetails"] == mode
    assert summary["OpenShardCount"] == 4
    call("UpdateShardCount", **update)
    error = call.refusal(
        "UpdateStreamMode", StreamARN=ARN, StreamModeDetails={"StreamMode": "FAST"}
    )
    assert error.code == "ValidationException"


@pytest.mark.aws(
    "MaxRecordSizeInKiB is 1024 to 10240, and can be updated.",
    source=f"{API}UpdateMaxRecordSize.html",
    service="kinesis",
)
def test_the_size_of_records_can_change() -> None:
    """From the next put on."""
    call = a_stream()
    large = {"StreamName": "s", "Data": b"x" * 2_000_000, "PartitionKey": "k"}
    assert call.refusal("PutRecord", **large).code == "ValidationException"
    call("UpdateMaxRecordSize", StreamARN=ARN, MaxRecordSizeInKiB=10_240)
    call("PutRecord", **large)
    for size in (1_023, 10_241):
        error = call.refusal("UpdateMaxRecordSize", StreamARN=ARN, MaxRecordSizeInKiB=size)
        assert error.code == "ValidationException"


@pytest.mark.aws(
    "The default shard quota is 20,000 in us-east-1, us-west-2 and eu-west-1; 50 on-demand streams.",
    source=QUOTAS,
    service="kinesis",
)
def test_the_quotas_of_an_account_are_described_and_kept() -> None:
    """On-demand streams do not count towards the shards."""
    call = a_stream(3)
    call("CreateStream", StreamName="d", StreamModeDetails={"StreamMode": "ON_DEMAND"})
    assert call("DescribeLimits") == {
        "ShardLimit": 20_000,
        "OpenShardCount": 3,
        "OnDemandStreamCount": 1,
        "OnDemandStreamCountLimit": 50,
    }
    call("CreateStream", StreamName="t", ShardCount=10_000)

    error = call.refusal("CreateStream", StreamName="u", ShardCount=9_998)

    assert error.code == "LimitExceededException"
    assert error.message.startswith(
        "This request would exceed the shard limit for the account 123456789012 in us-east-1. "
        "Current shard count for the account: 10003. Limit: 20000. Number of additional shards "
        "that would have resulted from this request: 9998. "
    )


@pytest.mark.aws(
    "ListStreams returns at most 100 names, whatever Limit says.",
    source=f"{API}ListStreams.html",
    service="kinesis",
)
def test_streams_are_listed_by_the_hundred() -> None:
    """HasMoreStreams says that there are more."""
    call = Caller(Kinesis)
    for index in range(101):
        call("CreateStream", StreamName=f"s{index:03d}", ShardCount=1)

    page = call("ListStreams", Limit=10_000)
    rest = call("ListStreams", NextToken=page["NextToken"])

    assert (len(page["StreamNames"]), page["HasMoreStreams"]) == (100, True)
    assert rest["StreamNames"] == ["s100"]


@pytest.mark.aws(
    "GetRecords: five calls a second and shard; after an answer of 10 MiB calls within the next 5 "
    "seconds are a ProvisionedThroughputExceededException.",
    source=f"{API}GetRecords.html",
    service="kinesis",
)
def test_reads_have_limits_where_limits_are_modelled() -> None:
    """Off by default, as the limits of writes are."""
    call = a_stream(MaxRecordSizeInKiB=10_240)
    for _ in range(10):
        call("PutRecord", StreamName="s", Data=b"x" * (1_048_576 - 1), PartitionKey="k")
    iterator = call(
        "GetShardIterator", StreamName="s", ShardId="0", ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    for _ in range(20):
        call("GetRecords", ShardIterator=iterator, Limit=1)
    call.service.has_shard_limits = True
    call.wait(seconds(1))

    answer = call("GetRecords", ShardIterator=iterator)
    assert len(answer["Records"]) == 10
    call.wait(seconds(4.99))
    error = call.refusal("GetRecords", ShardIterator=iterator)
    call.wait(seconds(0.01))
    latest = answer["NextShardIterator"]
    for _ in range(5):
        call("GetRecords", ShardIterator=latest)
    sixth = call.refusal("GetRecords", ShardIterator=latest)

    assert error.code == sixth.code == "ProvisionedThroughputExceededException"
    assert error.message == (
        "Rate exceeded for shard shardId-000000000000 in stream s under account 123456789012."
    )


def test_timestamps_may_have_any_form_that_boto3_takes() -> None:
    """A number, a text, or a datetime without a time zone, which is UTC."""
    call = a_stream()
    call.wait(hours(1))
    call("PutRecord", StreamName="s", Data=b"x", PartitionKey="k")
    for stamp in (
        START // 1_000_000,
        float(START // 1_000_000),
        "2026-01-05T09:00:00Z",
        "2026-01-05 09:00:00",
        str(START // 1_000_000),
        "Mon, 05 Jan 2026 09:00:00 GMT",
    ):
        iterator = call(
            "GetShardIterator",
            StreamName="s",
            ShardId="0",
            ShardIteratorType="AT_TIMESTAMP",
            Timestamp=stamp,
        )["ShardIterator"]
        assert len(call("GetRecords", ShardIterator=iterator)["Records"]) == 1
