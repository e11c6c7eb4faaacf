"""Clients that do not check their parameters: what the service makes of them."""

from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

from harness import mock_aws

UNCHECKED = Config(parameter_validation=False)


def client(service: str) -> Any:
    return boto3.client(service, region_name="us-east-1", config=UNCHECKED)  # type: ignore[call-overload]  # any service name


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"id": {"S": 1}}, "NUMBER_VALUE cannot be converted to String"),
        ({"id": {"S": True}}, "TRUE_VALUE cannot be converted to String"),
        ({"id": {"BOOL": "true"}}, "STRING_VALUE cannot be converted to Boolean"),
        ({"id": {"S": {"S": "a"}}}, "Start of structure or map found where not expected"),
        ({"id": {"S": ["a"]}}, "Start of list found where not expected"),
        ({"id": {"SS": "a"}}, "Unexpected field type"),
    ],
)
@mock_aws
def test_a_value_that_cannot_be_read_is_a_serialization_exception(
    item: dict[str, Any], message: str
) -> None:
    """It is no exception of Python's."""
    with pytest.raises(ClientError) as raised:
        client("dynamodb").put_item(TableName="orders", Item=item)

    assert raised.value.response["Error"]["Code"] == "SerializationException"
    assert raised.value.response["Error"]["Message"] == message


@mock_aws
def test_a_member_that_is_missing_is_missed_by_the_service() -> None:
    """Not by botocore."""
    with pytest.raises(ClientError, match="Value null at 'item' failed to satisfy constraint"):
        client("dynamodb").put_item(TableName="orders")
    with pytest.raises(ClientError, match=r"must contain the parameter QueueName\."):
        client("sqs").create_queue()


@mock_aws
def test_a_member_that_the_service_does_not_know_is_passed_over() -> None:
    """JSON has room for anything."""
    sqs = client("sqs")

    assert sqs.create_queue(QueueName="orders", Colour="red")["QueueUrl"].endswith("/orders")


@mock_aws
def test_other_protocols_cannot_write_such_parameters_down() -> None:
    """There botocore's check stays on."""
    with pytest.raises(ParamValidationError):
        client("s3").put_object(Bucket="shop", Key=1)
