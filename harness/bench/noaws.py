"""An AWS that does nothing: every call succeeds at once, with an answer of the right size.

What a handler costs over it is the floor: no simulation can be faster than the code it runs.
"""

from collections.abc import Callable, Mapping
from typing import Any

from botocore.client import BaseClient
from botocore.response import StreamingBody

from harness.bench.content import Content
from harness.errors import UnsupportedError
from harness.services.s3.body import Body
from harness.services.s3.content import StreamedContent

Parameters = Mapping[str, Any]
Canned = Callable[[Parameters], dict[str, Any]]

_client_class: Any = BaseClient
_SEQUENCE_NUMBER = "49590338271490256608559692538361571095921575989136588898"
_SHARD_ID = "shardId-000000000000"
_IDENTIFIER = "5fea7756-0ea4-451a-a703-a558b933e274"
_DIGEST = "9e107d9d372bb6826bd81d3542a419d6"


def install(content: Content) -> None:
    """Answer every call of every boto3 client of the process; any object read is *content*."""

    def object_read(_parameters: Parameters) -> dict[str, Any]:
        return _object(content)

    answers: dict[tuple[str, str], Canned] = {**_ANSWERS, ("s3", "GetObject"): object_read}

    def answered(client: Any, operation_name: str, api_params: Parameters) -> dict[str, Any]:
        service = client.meta.service_model.service_name
        canned = answers.get((service, operation_name))
        if canned is None:
            raise UnsupportedError(
                f"the floor has no answer for {service}.{operation_name}; add it to noaws.py"
            )
        answer = canned(api_params)
        answer["ResponseMetadata"] = {"HTTPStatusCode": 200, "RetryAttempts": 0}
        return answer

    _client_class._make_api_call = answered  # noqa: SLF001 - the one place all calls pass


def _object(content: Content) -> dict[str, Any]:
    body: Any = Body(StreamedContent(content.chunks, content.size), 0, content.size)
    return {
        "Body": StreamingBody(body, content.size),
        "ContentLength": content.size,
        "ETag": f'"{content.etag}"',
    }


def _nothing(_parameters: Parameters) -> dict[str, Any]:
    return {}


def _put_records(parameters: Parameters) -> dict[str, Any]:
    return {
        "FailedRecordCount": 0,
        "Records": [
            {"SequenceNumber": _SEQUENCE_NUMBER, "ShardId": _SHARD_ID}
            for _ in parameters["Records"]
        ],
    }


def _attributes(parameters: Parameters) -> dict[str, Any]:
    """Return what a write answers with where no item was: nothing old, something new."""
    if parameters.get("ReturnValues") in ("ALL_NEW", "UPDATED_NEW"):
        return {"Attributes": {}}
    return {}


def _send_batch(parameters: Parameters) -> dict[str, Any]:
    return {
        "Successful": [
            {"Id": entry["Id"], "MessageId": _IDENTIFIER, "MD5OfMessageBody": _DIGEST}
            for entry in parameters["Entries"]
        ]
    }


def _done_batch(parameters: Parameters) -> dict[str, Any]:
    return {"Successful": [{"Id": entry["Id"]} for entry in parameters["Entries"]]}


_ANSWERS: dict[tuple[str, str], Canned] = {
    ("cloudwatch", "PutMetricData"): _nothing,
    ("dynamodb", "BatchGetItem"): lambda _: {"Responses": {}, "UnprocessedKeys": {}},
    ("dynamodb", "BatchWriteItem"): lambda _: {"UnprocessedItems": {}},
    ("dynamodb", "DeleteItem"): _attributes,
    ("dynamodb", "GetItem"): _nothing,
    ("dynamodb", "PutItem"): _attributes,
    ("dynamodb", "Query"): lambda _: {"Items": [], "Count": 0, "ScannedCount": 0},
    ("dynamodb", "Scan"): lambda _: {"Items": [], "Count": 0, "ScannedCount": 0},
    ("dynamodb", "TransactGetItems"): lambda given: {
        "Responses": [{} for _ in given["TransactItems"]]
    },
    ("dynamodb", "TransactWriteItems"): _nothing,
    ("dynamodb", "UpdateItem"): _attributes,
    ("kinesis", "PutRecord"): lambda _: {
        "SequenceNumber": _SEQUENCE_NUMBER,
        "ShardId": _SHARD_ID,
    },
    ("kinesis", "PutRecords"): _put_records,
    ("s3", "DeleteObject"): _nothing,
    ("s3", "PutObject"): lambda _: {"ETag": f'"{_DIGEST}"'},
    ("sqs", "ChangeMessageVisibility"): _nothing,
    ("sqs", "ChangeMessageVisibilityBatch"): _done_batch,
    ("sqs", "DeleteMessage"): _nothing,
    ("sqs", "DeleteMessageBatch"): _done_batch,
    ("sqs", "SendMessage"): lambda _: {"MessageId": _IDENTIFIER, "MD5OfMessageBody": _DIGEST},
    ("sqs", "SendMessageBatch"): _send_batch,
}
