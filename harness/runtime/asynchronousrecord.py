"""What destinations and dead-letter queues are told about an asynchronous event."""

import json
from typing import Any

from harness.kernel.instant import Instant, iso
from harness.runtime.destinations import Attributes
from harness.runtime.outcome import Outcome
from harness.runtime.queuedevent import QueuedEvent

_ERROR_MESSAGE_CHARACTERS_MAX = 1_024
_NO_CONCURRENCY = (
    # Letter for letter as AWS writes it.
    "Function not invoked. Function isconfigured with zero reserved concurrent executions"
)
_NO_ROOM = "Rate Exceeded."


def destination_record(
    event: QueuedEvent, *, condition: str, function_arn: str, now: Instant
) -> dict[str, Any]:
    """Return the invocation record that OnSuccess and OnFailure destinations receive."""
    record: dict[str, Any] = {
        "version": "1.0",
        "timestamp": iso(now),
        "requestContext": {
            "requestId": event.request_id,
            "functionArn": f"{function_arn}:$LATEST",
            "condition": condition,
            "approximateInvokeCount": event.invoke_count,
        },
        "requestPayload": json.loads(event.text),
    }
    response = event.response
    if response is None:
        return record
    if response.kind == "throttled":
        record["responseContext"] = {"statusCode": 429}
        return record
    record["responseContext"] = {"statusCode": 200, "executedVersion": "$LATEST"}
    if response.has_failed:
        record["responseContext"]["functionError"] = "Unhandled"
    record["responsePayload"] = response.payload
    return record


def dead_letter_attributes(event: QueuedEvent, condition: str) -> Attributes:
    """Return the message attributes beside the event in a dead-letter queue."""
    code, problem = _error(event.response, condition)
    return {
        "RequestID": {"DataType": "String", "StringValue": event.request_id},
        "ErrorCode": {"DataType": "Number", "StringValue": code},
        "ErrorMessage": {
            "DataType": "String",
            "StringValue": problem[:_ERROR_MESSAGE_CHARACTERS_MAX],
        },
    }


def _error(response: Outcome | None, condition: str) -> tuple[str, str]:
    """Return the status and the message of the error that the event ended with."""
    if condition == "ZeroReservedConcurrency":
        return "429", _NO_CONCURRENCY
    if response is None or response.kind == "throttled":
        return "429", _NO_ROOM
    return "200", str(response.payload.get("errorMessage") or "Unhandled")
