"""What a refused call raises, member by member."""

from typing import Any

import boto3
import pytest

from harness.gateway.answers import refused
from harness.services.base.errors import ServiceError


@pytest.mark.aws(
    "Beside the item that failed a condition stands the message, as beside Error.",
    source=(
        "https://github.com/getmoto/moto/blob/master/tests/test_dynamodb/exceptions/"
        "test_dynamodb_exceptions.py"
    ),
    service="dynamodb",
)
@pytest.mark.aws(
    "The storage class of an object in an archive stands in Error and beside it.",
    source=(
        "https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
        "test_s3.snapshot.json"
    ),
    service="s3",
)
@pytest.mark.parametrize(
    ("service", "error", "response"),
    [
        (
            "s3",
            ServiceError("InvalidRequest", "", error_fields={"ArgumentValue": ""}),
            {"Error": {"Code": "InvalidRequest", "Message": None, "ArgumentValue": None}},
        ),
        (
            "s3",
            ServiceError("InvalidObjectState", "no", error_fields={"StorageClass": "GLACIER"}),
            {
                "Error": {
                    "Code": "InvalidObjectState",
                    "Message": "no",
                    "StorageClass": "GLACIER",
                },
                "StorageClass": "GLACIER",
            },
        ),
        (
            "cloudwatch",
            ServiceError("ResourceNotFound", ""),
            {"Error": {"Code": "ResourceNotFound", "Message": ""}, "message": ""},
        ),
        (
            "kinesis",
            ServiceError("ResourceNotFoundException", "no"),
            {"Error": {"Code": "ResourceNotFoundException", "Message": "no"}, "message": "no"},
        ),
        (
            "dynamodb",
            ServiceError("ConditionalCheckFailedException", "no", fields={"Item": {}}),
            {
                "Error": {"Code": "ConditionalCheckFailedException", "Message": "no"},
                "Item": {},
                "message": "no",
            },
        ),
        (
            "dynamodb",
            ServiceError("ValidationException", "no"),
            {"Error": {"Code": "ValidationException", "Message": "no"}},
        ),
    ],
)
def test_a_refusal_is_as_botocore_reads_it(
    service: str, error: ServiceError, response: dict[str, Any]
) -> None:
    """What the model knows of its code stands beside it, and what has no text in XML is None."""
    session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="y")
    make: Any = session.client
    client = make(service, region_name="us-east-1")

    raised = refused(client, "Ask", error, "request", attempts=1)

    found: dict[str, Any] = dict(raised.response)
    assert found.pop("ResponseMetadata")["HTTPStatusCode"] == 400
    assert found == response
