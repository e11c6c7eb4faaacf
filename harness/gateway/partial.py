"""Batch calls of which only a part succeeds: HTTP 200, and the failed members in the answer.

Sources: Kinesis API reference, PutRecords; DynamoDB API reference, BatchWriteItem and
BatchGetItem; SQS API reference, SendMessageBatch and DeleteMessageBatch.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from harness.kernel.faultpoints import Fault
from harness.kernel.instant import Instant

CarryOut = Callable[[Any, Mapping[str, Any], Instant], dict[str, Any]]
Split = Callable[[Any, CarryOut, dict[str, Any], Fault, Instant], dict[str, Any]]


def _put_records(
    service: Any, carry_out: CarryOut, parameters: dict[str, Any], fault: Fault, now: Instant
) -> dict[str, Any]:
    records = parameters["Records"]
    failing = _failing(len(records), fault)
    accepted = [record for index, record in enumerate(records) if index not in failing]
    output: dict[str, Any] = (
        carry_out(service, {**parameters, "Records": accepted}, now)
        if accepted
        else {"EncryptionType": "NONE", "Records": []}
    )
    results: Iterator[dict[str, Any]] = iter(output["Records"])
    error = {"ErrorCode": fault.error_code, "ErrorMessage": fault.error_message}
    answers = [dict(error) if index in failing else next(results) for index in range(len(records))]
    return {**output, "Records": answers, "FailedRecordCount": len(failing)}


def _batch_write_item(
    service: Any, carry_out: CarryOut, parameters: dict[str, Any], fault: Fault, now: Instant
) -> dict[str, Any]:
    requests = [
        (table, request)
        for table, requests in parameters["RequestItems"].items()
        for request in requests
    ]
    failing = _failing(len(requests), fault)
    accepted: dict[str, list[Any]] = {}
    unprocessed: dict[str, list[Any]] = {}
    for index, (table, request) in enumerate(requests):
        (unprocessed if index in failing else accepted).setdefault(table, []).append(request)
    output = carry_out(service, {**parameters, "RequestItems": accepted}, now) if accepted else {}
    output["UnprocessedItems"] = unprocessed
    return output


def _batch_get_item(
    service: Any, carry_out: CarryOut, parameters: dict[str, Any], fault: Fault, now: Instant
) -> dict[str, Any]:
    keys = [
        (table, key)
        for table, request in parameters["RequestItems"].items()
        for key in request["Keys"]
    ]
    failing = _failing(len(keys), fault)
    accepted: dict[str, Any] = {}
    unprocessed: dict[str, Any] = {}
    for index, (table, key) in enumerate(keys):
        side = unprocessed if index in failing else accepted
        request = {**parameters["RequestItems"][table], "Keys": []}
        side.setdefault(table, request)["Keys"].append(key)
    output = (
        carry_out(service, {**parameters, "RequestItems": accepted}, now)
        if accepted
        else {"Responses": {}}
    )
    output["UnprocessedKeys"] = unprocessed
    return output


def _sqs_batch(
    service: Any, carry_out: CarryOut, parameters: dict[str, Any], fault: Fault, now: Instant
) -> dict[str, Any]:
    entries = parameters["Entries"]
    failing = _failing(len(entries), fault)
    accepted = [entry for index, entry in enumerate(entries) if index not in failing]
    output: dict[str, Any] = (
        carry_out(service, {**parameters, "Entries": accepted}, now)
        if accepted
        else {"Successful": []}
    )
    output["Failed"] = [
        *output.get("Failed", []),
        *(
            {
                "Id": entries[index]["Id"],
                "SenderFault": False,
                "Code": fault.error_code,
                "Message": fault.error_message,
            }
            for index in failing
        ),
    ]
    return output


def _failing(count: int, fault: Fault) -> list[int]:
    """Return the failing positions; a fault that names none means the first."""
    return [index for index in (fault.positions or (0,)) if index < count]


PARTIAL: dict[str, Split] = {
    "kinesis.PutRecords": _put_records,
    "dynamodb.BatchWriteItem": _batch_write_item,
    "dynamodb.BatchGetItem": _batch_get_item,
    "sqs.SendMessageBatch": _sqs_batch,
    "sqs.DeleteMessageBatch": _sqs_batch,
}
"""The batch operations that answer in part."""
