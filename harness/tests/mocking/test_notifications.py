"""Buckets that tell queues."""

import json
from typing import Any

import boto3
import pytest

from harness import mock_aws
from harness.errors import UnsupportedError

REGION = "us-east-1"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:hears"


def client(service: str) -> Any:
    return boto3.client(service, region_name=REGION)  # type: ignore[call-overload]  # any service name


def bodies(url: str) -> list[dict[str, Any]]:
    received = client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return [json.loads(message["Body"]) for message in received.get("Messages", [])]


@mock_aws
def test_a_queue_hears_of_the_objects_that_it_asked_for() -> None:
    """After the test message that every new configuration sends."""
    s3, sqs = client("s3"), client("sqs")
    url = sqs.create_queue(QueueName="hears")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    s3.create_bucket(Bucket="shop")
    rules = [{"Name": "prefix", "Value": "orders/"}]
    s3.put_bucket_notification_configuration(
        Bucket="shop",
        NotificationConfiguration={
            "QueueConfigurations": [
                {
                    "QueueArn": arn["QueueArn"],
                    "Events": ["s3:ObjectCreated:*"],
                    "Filter": {"Key": {"FilterRules": rules}},
                }
            ]
        },
    )
    (test_message,) = bodies(url)
    assert (test_message["Event"], test_message["Bucket"]) == ("s3:TestEvent", "shop")

    s3.put_object(Bucket="shop", Key="orders/a b", Body=b"x")
    s3.put_object(Bucket="shop", Key="other", Body=b"x")
    s3.delete_object(Bucket="shop", Key="orders/a b")

    (event,) = bodies(url)
    (record,) = event["Records"]
    assert record["eventName"] == "ObjectCreated:Put"
    assert record["s3"]["object"]["key"] == "orders/a+b"


@mock_aws
def test_a_function_cannot_hear_and_that_is_said() -> None:
    """No function runs in a mock; nothing is dropped in silence."""
    s3 = client("s3")
    s3.create_bucket(Bucket="shop")
    configuration = [{"LambdaFunctionArn": FUNCTION, "Events": ["s3:ObjectCreated:*"]}]
    s3.put_bucket_notification_configuration(
        Bucket="shop",
        NotificationConfiguration={"LambdaFunctionConfigurations": configuration},
    )

    with pytest.raises(UnsupportedError, match="a mock runs no function"):
        s3.put_object(Bucket="shop", Key="orders/1", Body=b"x")
