"""The clock of a mocked account, and waiting on it."""

import threading
import time
from typing import Any

import boto3
import pytest
import time_machine

from harness import mock_aws
from harness.kernel.instant import Instant
from harness.mocking.clock import VirtualClock

REGION = "us-east-1"
START = 1_767_603_600


def sqs() -> Any:
    return boto3.client("sqs", region_name=REGION)


@mock_aws
def test_the_wall_clock_is_looked_up_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever replaces `time.time` moves the account: freezegun does nothing else."""
    now = [float(START)]
    monkeypatch.setattr(time, "time", lambda: now[0])
    client = sqs()
    url = client.create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "30"})[
        "QueueUrl"
    ]
    client.send_message(QueueUrl=url, MessageBody="a")
    assert len(client.receive_message(QueueUrl=url)["Messages"]) == 1
    now[0] += 29
    assert "Messages" not in client.receive_message(QueueUrl=url)
    now[0] += 1

    assert len(client.receive_message(QueueUrl=url)["Messages"]) == 1


@mock_aws
def test_time_machine_moves_the_account() -> None:
    """It bends the clock in C."""
    with time_machine.travel(START, tick=False) as traveller:
        client = sqs()
        url = client.create_queue(QueueName="orders")["QueueUrl"]
        client.send_message(QueueUrl=url, MessageBody="a", DelaySeconds=60)
        assert "Messages" not in client.receive_message(QueueUrl=url)
        traveller.shift(60)
        assert client.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "a"


def _table_with_time_to_live() -> Any:
    client: Any = boto3.client("dynamodb", region_name=REGION)
    client.create_table(
        TableName="sessions",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.update_time_to_live(
        TableName="sessions",
        TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"},
    )
    return client


def test_items_expire_when_the_clock_has_moved() -> None:
    """They are looked for when a call is made, a minute or more after the last look."""
    clock = VirtualClock(Instant(START * 1_000_000))
    with mock_aws(clock=clock):
        client = _table_with_time_to_live()
        item = {"id": {"S": "a"}, "expires": {"N": str(START + 100)}}
        client.put_item(TableName="sessions", Item=item)
        clock.advance(99)
        assert client.scan(TableName="sessions")["Count"] == 1
        clock.advance(3_600)
        assert client.scan(TableName="sessions")["Count"] == 0


def test_waiting_on_a_virtual_clock_moves_it_and_takes_no_time() -> None:
    """A long poll of 20 seconds is over at once."""
    clock = VirtualClock(Instant(START * 1_000_000))
    with mock_aws(clock=clock):
        client = sqs()
        url = client.create_queue(QueueName="orders")["QueueUrl"]
        client.send_message(QueueUrl=url, MessageBody="a", DelaySeconds=15)
        begun = time.monotonic()
        received = client.receive_message(QueueUrl=url, WaitTimeSeconds=20)

        assert received["Messages"][0]["Body"] == "a"
        assert clock.now() == (START + 15) * 1_000_000
        assert time.monotonic() - begun < 5


@mock_aws
def test_a_long_poll_really_waits() -> None:
    """For nothing, if nothing comes."""
    client = sqs()
    url = client.create_queue(QueueName="orders")["QueueUrl"]
    begun = time.monotonic()

    assert "Messages" not in client.receive_message(QueueUrl=url, WaitTimeSeconds=1)
    assert time.monotonic() - begun > 0.9


@mock_aws
def test_a_long_poll_ends_when_another_thread_sends() -> None:
    """The account is free for others while somebody waits."""
    client = sqs()
    attributes = {"ReceiveMessageWaitTimeSeconds": "20"}
    url = client.create_queue(QueueName="orders", Attributes=attributes)["QueueUrl"]
    sender = threading.Timer(
        0.05, lambda: client.send_message(QueueUrl=url, MessageBody="at last")
    )
    sender.start()
    begun = time.monotonic()
    received = client.receive_message(QueueUrl=url)
    sender.join()

    assert received["Messages"][0]["Body"] == "at last"
    assert time.monotonic() - begun < 10


@mock_aws
def test_a_frozen_clock_does_not_make_a_long_poll_endless() -> None:
    """The wait counts what it waited, not what the clock says."""
    with time_machine.travel(START, tick=False):
        client = sqs()
        url = client.create_queue(QueueName="orders")["QueueUrl"]

        assert "Messages" not in client.receive_message(QueueUrl=url, WaitTimeSeconds=1)


def test_objects_expire_as_their_buckets_rules_say() -> None:
    """When the clock has moved, and somebody looks."""
    clock = VirtualClock(Instant(START * 1_000_000))
    rule = {"Status": "Enabled", "Prefix": "", "Expiration": {"Days": 1}}
    with mock_aws(clock=clock):
        s3: Any = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="shop")
        s3.put_bucket_lifecycle_configuration(
            Bucket="shop", LifecycleConfiguration={"Rules": [rule]}
        )
        s3.put_object(Bucket="shop", Key="old", Body=b"")
        clock.advance(2 * 86_400)
        assert "Contents" not in s3.list_objects_v2(Bucket="shop")
