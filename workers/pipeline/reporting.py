"""Asking verdictReporter to look at a campaign."""

from workers.clients.aws import CALL_SECONDS
from workers.clients.verdictqueue import send_request
from workers.domain.counts import ReportRequest
from workers.errors import RetryableError
from workers.pipeline.invocation import Invocation

_MESSAGE_SECONDS = 0.05
"""Several times what SQS takes for a message on an ordinary day."""


def reports_seconds(messages: int) -> float:
    """Return how long it may take to send so many *messages*, one of which is never answered."""
    return CALL_SECONDS + messages * _MESSAGE_SECONDS


def request_report(
    invocation: Invocation,
    request: ReportRequest,
    *,
    correlation_id: str = "",
    delay_seconds: int = 0,
) -> bool:
    """Send *request* on with its correlation and trace; False when the queue did not take it."""
    if not invocation.has_time(CALL_SECONDS):
        return False
    try:
        send_request(
            invocation.services.aws.sqs,
            invocation.settings.verdict_reporter_queue_url,
            request,
            {
                "correlationId": correlation_id or invocation.correlation_id,
                "traceparent": invocation.traceparent,
            },
            delay_seconds=delay_seconds,
        )
    except RetryableError as error:
        invocation.problems.append(str(error))
        return False
    return True
