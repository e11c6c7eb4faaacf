"""Buckets that tell queues."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

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
    """No function runs in a mock; it is said before the configuration holds."""
    s3 = client("s3")
    s3.create_bucket(Bucket="shop")
    configuration = [{"LambdaFunctionArn": FUNCTION, "Events": ["s3:ObjectCreated:*"]}]

    with pytest.raises(UnsupportedError, match="a mock runs no function"):
        s3.put_bucket_notification_configuration(
            Bucket="shop",
            NotificationConfiguration={"LambdaFunctionConfigurations": configuration},
        )

    s3.put_object(Bucket="shop", Key="orders/1", Body=b"x")
    assert s3.get_bucket_notification_configuration(Bucket="shop").keys() == {"ResponseMetadata"}


@pytest.mark.aws(
    "A configuration whose queue does not exist is refused, unless the check is skipped.",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
    "test_s3_notifications_sqs.snapshot.json",
    service="s3",
)
@pytest.mark.divergence(
    service="s3",
    peer="moto",
    theirs="A notification to a queue that does not exist is accepted.",
    ours="It is refused with InvalidArgument, unless SkipDestinationValidation is set.",
    aws="Unable to validate the following destination configurations",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
    "test_s3_notifications_sqs.snapshot.json",
    right="ours",
)
@mock_aws
def test_a_queue_that_is_not_there_cannot_hear() -> None:
    """Nothing holds after the refusal."""
    s3 = client("s3")
    s3.create_bucket(Bucket="shop")
    arn = "arn:aws:sqs:us-east-1:123456789012:nobody"
    configuration = {"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]}

    with pytest.raises(ClientError) as refusal:
        s3.put_bucket_notification_configuration(
            Bucket="shop", NotificationConfiguration=configuration
        )

    error = refusal.value.response["Error"]
    assert error["Code"] == "InvalidArgument"
    assert error["Message"] == "Unable to validate the following destination configurations"
    assert error["ArgumentName1"] == arn  # type: ignore[typeddict-item]  # S3 tells more than the stubs know
    assert error["ArgumentValue1"] == "The destination queue does not exist"  # type: ignore[typeddict-item]
    assert "ArgumentName2" not in error
    assert "QueueConfigurations" not in s3.get_bucket_notification_configuration(Bucket="shop")
    s3.put_bucket_notification_configuration(
        Bucket="shop", NotificationConfiguration=configuration, SkipDestinationValidation=True
    )
    s3.put_object(Bucket="shop", Key="orders/1", Body=b"x")


@pytest.mark.aws(
    "Every queue that is not there is named, each with its number.",
    source="https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
    "test_s3_notifications_sqs.snapshot.json",
    service="s3",
)
@mock_aws
def test_all_queues_that_are_not_there_are_named() -> None:
    s3 = client("s3")
    s3.create_bucket(Bucket="shop")
    arns = [f"arn:aws:sqs:us-east-1:123456789012:my-queue{suffix}" for suffix in ("", "-2")]
    kinds = ("s3:ObjectCreated:*", "s3:ObjectRemoved:*")
    configurations = [
        {"QueueArn": arn, "Events": [kind]} for arn, kind in zip(arns, kinds, strict=True)
    ]

    with pytest.raises(ClientError) as refusal:
        s3.put_bucket_notification_configuration(
            Bucket="shop", NotificationConfiguration={"QueueConfigurations": configurations}
        )

    assert refusal.value.response["Error"] == {
        "Code": "InvalidArgument",
        "Message": "Unable to validate the following destination configurations",
        "ArgumentName1": arns[0],
        "ArgumentValue1": "The destination queue does not exist",
        "ArgumentName2": arns[1],
        "ArgumentValue2": "The destination queue does not exist",
    }
