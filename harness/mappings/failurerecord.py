"""The on-failure record of a stream mapping: which batch was given up, and why.

Source: AWS Lambda developer guide, "Configuring destinations for failed invocations", and records
taken from AWS.
"""

from typing import Any, Literal

from harness.kernel.instant import Instant, iso
from harness.mappings.segment import Segment
from harness.mappings.source import StreamKind

Condition = Literal["RetryAttemptsExhausted", "RecordAgeExceeded"]


def failure_record(  # noqa: PLR0913 - the parts of the record
    segment: Segment,
    kind: StreamKind,
    *,
    condition: Condition,
    request_id: str,
    function_arn: str,
    stream_arn: str,
    shard_id: str,
    now: Instant,
) -> dict[str, Any]:
    """Return the record about *segment*; a record that grew too old has no ``responseContext``."""
    is_too_old = condition == "RecordAgeExceeded"
    body: dict[str, Any] = {
        "requestContext": {
            "requestId": request_id,
            "functionArn": function_arn,
            "condition": condition,
            # AWS says 1 of records that are too old, whether it tried them often or never.
            "approximateInvokeCount": 1 if is_too_old else segment.attempts,
        }
    }
    if not is_too_old:
        body["responseContext"] = {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": segment.function_error,
        }
    body["version"] = "1.0"
    body["timestamp"] = iso(now)
    first, last = segment.records[0], segment.records[-1]
    body[kind.batch_information] = {
        "shardId": shard_id,
        "startSequenceNumber": first.sequence_number,
        "endSequenceNumber": last.sequence_number,
        "approximateArrivalOfFirstRecord": kind.arrival_text(kind.instant_of(first)),
        "approximateArrivalOfLastRecord": kind.arrival_text(kind.instant_of(last)),
        "batchSize": len(segment),
        "streamArn": stream_arn,
    }
    return body
