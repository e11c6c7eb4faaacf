"""Settings of a stream and quotas of an account."""

import pytest

from harness.kernel.instant import hours, seconds
from harness.services.kinesis.service import Kinesis
from harness.tests.services.calling import START, Caller
from harness.tests.services.kinesis.astream import API, ARN, a_stream

QUOTAS = "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html"


@pytest.mark.aws(
    "EncryptionType is the encryption type used on the record, NONE or KMS.",
    source=f"{API}Record.html",
    service="kinesis",
)
@pytest.mark.aws(
    "After you enable encryption, you can verify that encryption is applied by inspecting the API"
    " response from PutRecord or PutRecords.",
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
    "CurrentShardLevelMetrics are the metrics that are in the enhanced state before the operation, DesiredShardLevelMetrics those after it.",
    source=f"{API}EnableEnhancedMonitoring.html",
    service="kinesis",
)
@pytest.mark.aws(
    "The value ALL enables every metric.",
    source=f"{API}EnableEnhancedMonitoring.html",
    service="kinesis",
)
@pytest.mark.aws(
    "The value ALL disables every metric.",
    source=f"{API}DisableEnhancedMonitoring.html",
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
    "PutResourcePolicy attaches a resource-based policy to a data stream or an enhanced fan-out consumer.",
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

    consumer = call("RegisterStreamConsumer", StreamARN=ARN, ConsumerName="c")["Consumer"]
    call("PutResourcePolicy", ResourceARN=consumer["ConsumerARN"], Policy='{"Of":"consumer"}')
    found = call("GetResourcePolicy", ResourceARN=consumer["ConsumerARN"])
    assert found["Policy"] == '{"Of":"consumer"}'
    assert call("GetResourcePolicy", ResourceARN=ARN) == {"Policy": "{}"}

    assert missing.message == f"No resource policy found for resource ARN {ARN}."
    assert unknown.message == f"Stream {ARN}-none under account 123456789012 not found."
    assert missing.code == unknown.code == "ResourceNotFoundException"


@pytest.mark.aws(
    "UpdateStreamMode updates the capacity mode of the data stream.",
    source=f"{API}UpdateStreamMode.html",
    service="kinesis",
)
@pytest.mark.aws(
    "UpdateShardCount is only supported for the data streams with the provisioned capacity mode.",
    source=f"{API}UpdateShardCount.html",
    service="kinesis",
)
@pytest.mark.aws(
    "When you switch from on-demand to provisioned mode, your data stream initially retains whatever "
    "shard count it had before the transition.",
    source="https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html",
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
    "Specify a value between 1024 and 10240 KiB; one that is out of this range is a ValidationException.",
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
    "The default shard quota is 20,000 shards per AWS account in US East (N. Virginia), US West (Oregon) and Europe (Ireland); by default there are up to 50 on-demand data streams.",
    source=QUOTAS,
    service="kinesis",
)
@pytest.mark.aws(
    "CreateStream is a LimitExceededException when you create more shards than are authorized for your account.",
    source=f"{API}CreateStream.html",
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
    "If you specify a value greater than 100 for Limit, at most 100 results are returned.",
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
    "GetRecords has a limit of five transactions per second per shard; after a call that returns 10 MiB, those within the next 5 seconds throw ProvisionedThroughputExceededException.",
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
