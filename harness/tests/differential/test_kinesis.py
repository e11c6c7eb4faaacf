"""Kinesis and moto, side by side."""

import pytest

from harness.tests.differential.kinesisknown.asking import REFERENCE, asked, by_arn
from harness.tests.differential.kinesismachine import StreamsMachine
from harness.tests.differential.kinesissettingsmachine import StreamSettingsMachine
from harness.tests.differential.known import MOTO
from harness.tests.differential.machine import paired, thorough
from harness.tests.differential.peers import peers

TestStreams = StreamsMachine.TestCase
TestStreams.settings = thorough(examples=25, steps=20)

TestStreamSettings = StreamSettingsMachine.TestCase
TestStreamSettings.settings = thorough(examples=25)


@pytest.mark.divergence(
    peer=MOTO,
    service="kinesis",
    theirs="A stream that is made with tags has none.",
    ours="It has them.",
    aws="Tags: a set of up to 50 key-value pairs to use to create the tags.",
    source=f"{REFERENCE}API_CreateStream.html",
    right="ours",
)
def test_moto_forgets_the_tags_of_a_new_stream() -> None:
    """Both accept them."""
    with peers() as both:
        both.call("kinesis", "CreateStream", StreamName="s", ShardCount=1, Tags={"a": "1"})
        told = asked(both, "ListTagsForStream")

    assert told.ours.output["Tags"] == [{"Key": "a", "Value": "1"}]
    assert told.theirs.output["Tags"] == []


@pytest.mark.divergence(
    peer=MOTO,
    service="kinesis",
    theirs="Neither a record nor the answer to a put tells how it is encrypted.",
    ours="Both do.",
    aws="EncryptionType: the encryption type used on the record, NONE or KMS.",
    source=f"{REFERENCE}API_Record.html",
    right="ours",
)
def test_moto_does_not_tell_how_a_record_is_encrypted() -> None:
    """The machine looks at everything else."""
    shard = {"ShardId": "shardId-000000000000", "ShardIteratorType": "TRIM_HORIZON"}
    with peers() as both:
        put = asked(both, "PutRecord", PartitionKey="a", Data=b"", ExplicitHashKey="0")
        iterator = paired(asked(both, "GetShardIterator", **shard), "ShardIterator")
        read = both.call("kinesis", "GetRecords", ShardIterator=iterator)

    assert put.ours.output["EncryptionType"] == "NONE"
    assert read.ours.output["Records"][0]["EncryptionType"] == "NONE"
    assert "EncryptionType" not in put.theirs.output
    assert "EncryptionType" not in read.theirs.output["Records"][0]


@pytest.mark.divergence(
    peer=MOTO,
    service="kinesis",
    theirs="Of a stream's consumers the one that is deregistered by its name is kept, and no other.",
    ours="It is gone, and the others stay.",
    aws="To deregister a consumer, provide its ARN; alternatively the ARN of the data stream and the"
    " name you gave the consumer when you registered it.",
    source=f"{REFERENCE}API_DeregisterStreamConsumer.html",
    right="ours",
)
def test_moto_keeps_the_consumer_that_is_deregistered() -> None:
    """By its ARN both take the right one."""
    with peers() as both:
        for name in ("one", "two"):
            by_arn("RegisterStreamConsumer", ConsumerName=name)(both)
        by_arn("DeregisterStreamConsumer", ConsumerName="one")(both)
        told = by_arn("ListStreamConsumers")(both)

    assert [each["ConsumerName"] for each in told.ours.output["Consumers"]] == ["two"]
    assert [each["ConsumerName"] for each in told.theirs.output["Consumers"]] == ["one"]
