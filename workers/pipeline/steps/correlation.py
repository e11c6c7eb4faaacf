"""correlation: every invocation has an id that its logs, records and messages carry."""

from uuid import uuid4

from workers.domain.correlationids import is_correlation_id
from workers.events.appsync import CORRELATION_HEADER, headers_of, is_appsync
from workers.pipeline.invocation import Invocation, Proceed, Response


def correlation(invocation: Invocation, proceed: Proceed) -> Response:
    """Keep the id that a request brings, else take Lambda's own.

    Lambda's request id is the same at each retry of an asynchronous event.  The records of a batch
    bring ids of their own: see `record_correlations`.
    """
    given = ""
    if is_appsync(invocation.event):
        given = headers_of(invocation.event).get(CORRELATION_HEADER, "")
    invocation.correlation_id = given if is_correlation_id(given) else _own_id(invocation)
    return proceed(invocation)


def _own_id(invocation: Invocation) -> str:
    return getattr(invocation.context, "aws_request_id", "") or str(uuid4())
