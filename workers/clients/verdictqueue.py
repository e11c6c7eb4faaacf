"""Messages to verdictReporterQueue."""

from typing import Any

import msgspec

from workers.clients.aws import AWS_ERRORS, error_code
from workers.domain.counts import ReportRequest
from workers.errors import RetryableError

_encode = msgspec.json.Encoder().encode


def send_request(
    sqs: Any,
    queue_url: str,
    request: ReportRequest,
    attributes: dict[str, str],
    *,
    delay_seconds: int = 0,
) -> None:
    """Send *request*; empty *attributes* are left out.

    Raises RetryableError when the queue did not take it.
    """
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
    except AWS_ERRORS as error:
        raise RetryableError(f"a message was not sent: {error_code(error)}") from None
