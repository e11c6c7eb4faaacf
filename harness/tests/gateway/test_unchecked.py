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
def test_a_document_that_is_none_is_not_there() -> None:
    """Though moments are looked for in it."""
    s3 = client("s3")
    s3.create_bucket(Bucket="files")

    with pytest.raises(ClientError, match="Request Body is empty"):
        s3.put_bucket_lifecycle_configuration(Bucket="files", LifecycleConfiguration=None)


@mock_aws
def test_other_protocols_cannot_write_such_parameters_down() -> None:
    """There botocore's check stays on."""
    with pytest.raises(ParamValidationError):
        client("s3").put_object(Bucket="shop", Key=1)


@pytest.mark.parametrize(
    ("service", "call", "parameters", "message"),
    [
        ("dynamodb", "list_tables", {"Limit": -1}, "'-1' at 'limit'.*greater than or equal to 1"),
        ("dynamodb", "list_tables", {"Limit": 101}, "'101' at 'limit'.*less than or equal to 100"),
        ("dynamodbstreams", "list_streams", {"Limit": 0}, "'0' at 'limit'"),
        (
            "dynamodb",
            "create_table",
            {
                "TableName": "orders",
                "KeySchema": [],
                "AttributeDefinitions": [],
                "BillingMode": "PAY_PER_REQUEST",
            },
            r"'\[\]' at 'keySchema'.*greater than or equal to 1",
        ),
        (
            "kinesis",
            "put_records",
            {"StreamName": "orders", "Records": []},
            r"'\[\]' at 'records'.*greater than or equal to 1",
        ),
    ],
)
@mock_aws
def test_a_member_that_is_too_short_or_too_small_is_told_by_the_service(
    service: str, call: str, parameters: dict[str, Any], message: str
) -> None:
    """It is the model's own bound, which botocore would have looked at."""
    with pytest.raises(ClientError, match=message) as raised:
        getattr(client(service), call)(**parameters)

    assert raised.value.response["Error"]["Code"] == "ValidationException"


@mock_aws
def test_a_header_or_a_query_parameter_that_is_none_is_not_written_at_all() -> None:
    """As botocore leaves it out of the request."""
    s3 = client("s3")
    s3.create_bucket(Bucket="orders")

    s3.put_bucket_acl(Bucket="orders", ACL="private", GrantWrite=None)

    assert s3.list_multipart_uploads(Bucket="orders", MaxUploads=None)["MaxUploads"] == 1000


@mock_aws
def test_data_that_cannot_be_written_down_is_refused_by_botocore() -> None:
    """Neither as base64 nor as anything else."""
    kinesis = client("kinesis")
    kinesis.create_stream(StreamName="orders", ShardCount=1)

    with pytest.raises(ParamValidationError):
        kinesis.put_record(StreamName="orders", Data=1.5, PartitionKey="a")


@mock_aws
def test_a_member_of_cloudwatch_that_is_none_is_as_if_it_were_not_given() -> None:
    """No protocol of its writes one."""
    assert "DashboardEntries" in client("cloudwatch").list_dashboards(NextToken=None)
