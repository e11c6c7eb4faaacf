"""Messages to verdictReporterQueue."""

from typing import Any

import msgspec

from workers.clients.aws import AWS_ERRORS
from workers.domain.counts import ReportRequest

_encode = msgspec.json.Encoder().encode


def send_request(
    sqs: Any,
    queue_url: str,
    request: ReportRequest,
    attributes: dict[str, str],
    *,
    delay_seconds: int = 0,
) -> bool:
    """Send *request*; False when the queue did not take it.  Empty *attributes* are left out."""
    try:
        sqs.send_message(
            QueueUrl=queue_url,
            MessageBody=_encode(request).decode(),
            DelaySeconds=delay_seconds,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value}
                for name, value in attributes.items()
                if value
            },
        )
    except AWS_ERRORS:
        return False
    return True
