"""The catalogue: what AWS's services answer when they have a bad day, code, message and status.

Sources: botocore's service models; AWS's error references of each service.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownError:
    """One error answer, letter for letter."""

    code: str
    message: str
    status: int = 400


_INTERNAL = KnownError("InternalServerError", "Internal server error", 500)
_KMS_MESSAGE = (
    "The ciphertext refers to a customer master key that does not exist, or is disabled."
)

_DYNAMODB = (
    KnownError(
        "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded. Consider "
        "increasing your provisioning level with the UpdateTable API.",
    ),
    KnownError(
        "ThrottlingException",
        "Throughput exceeds the current capacity of your table or index. DynamoDB is "
        "automatically scaling your table or index so please try again shortly. If exceptions "
        "persist, check if you have a hot key: "
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html",
    ),
    KnownError(
        "RequestLimitExceeded",
        "Throughput exceeds the current throughput limit for your account. Please contact AWS "
        "Support at https://aws.amazon.com/support request a limit increase",
    ),
    KnownError("TransactionConflictException", "Transaction is ongoing for the item"),
    KnownError(
        "TransactionInProgressException",
        "The transaction with the given request token is already in progress.",
    ),
    KnownError("LimitExceededException", "Subscriber limit exceeded."),
    KnownError("ItemCollectionSizeLimitExceededException", "Collection size exceeded."),
    _INTERNAL,
    KnownError("ServiceUnavailable", "The service is temporarily unavailable.", 503),
)

_KINESIS = (
    KnownError(
        "ProvisionedThroughputExceededException",
        "Rate exceeded for shard in stream under account.",
    ),
    KnownError("LimitExceededException", "Rate exceeded for stream under account."),
    KnownError("KMSThrottlingException", "Rate exceeded"),
    KnownError("KMSAccessDeniedException", _KMS_MESSAGE),
    KnownError("KMSDisabledException", _KMS_MESSAGE),
    KnownError("KMSInvalidStateException", _KMS_MESSAGE),
    KnownError("KMSNotFoundException", _KMS_MESSAGE),
    KnownError("ExpiredIteratorException", "Iterator expired."),
    KnownError("InternalFailure", "Internal service failure.", 500),
    KnownError("ServiceUnavailable", "Service unavailable.", 503),
)

_SQS = (
    KnownError("RequestThrottled", "Request is throttled."),
    KnownError("OverLimit", "Too many messages in flight."),
    KnownError("KmsThrottled", "Rate exceeded"),
    KnownError("KmsDisabled", _KMS_MESSAGE),
    KnownError("InternalError", "We encountered an internal error. Please try again.", 500),
    KnownError("ServiceUnavailable", "Service Unavailable", 503),
)

_S3 = (
    KnownError("SlowDown", "Please reduce your request rate.", 503),
    KnownError("InternalError", "We encountered an internal error. Please try again.", 500),
    KnownError("ServiceUnavailable", "Service is unable to handle request.", 503),
    KnownError(
        "RequestTimeout",
        "Your socket connection to the server was not read from or written to within the timeout "
        "period. Idle connections will be closed.",
    ),
    KnownError(
        "OperationAborted",
        "A conflicting conditional operation is currently in progress against this resource. "
        "Please try again.",
        409,
    ),
    KnownError("AccessDenied", "Access Denied", 403),
)

_CLOUDWATCH = (
    KnownError("Throttling", "Rate exceeded"),
    KnownError(
        "InternalServiceFault",
        "Request processing has failed due to some unknown error, exception, or failure.",
        500,
    ),
)

_LAMBDA = (
    KnownError("TooManyRequestsException", "Rate Exceeded.", 429),
    KnownError("ServiceException", "The Lambda service encountered an internal error.", 500),
)

_EVERYWHERE = (
    KnownError("ThrottlingException", "Rate exceeded"),
    KnownError("AccessDeniedException", "User is not authorized to perform this action"),
    KnownError("ExpiredTokenException", "The security token included in the request is expired"),
    _INTERNAL,
    KnownError("ServiceUnavailable", "Service Unavailable", 503),
)

CATALOGUE: Mapping[str, tuple[KnownError, ...]] = {
    "dynamodb": _DYNAMODB,
    "kinesis": _KINESIS,
    "sqs": _SQS,
    "s3": _S3,
    "cloudwatch": _CLOUDWATCH,
    "lambda": _LAMBDA,
}
"""The errors of each service; the first is the one it is known for."""


def usual_error(service: str) -> KnownError:
    """Return what *service* answers when it is merely too busy."""
    return CATALOGUE.get(service, _EVERYWHERE)[0]


def find_error(service: str, code: str) -> KnownError | None:
    """Return the error with *code*, the service's own before the general one, or None."""
    for error in (*CATALOGUE.get(service, ()), *_EVERYWHERE):
        if error.code == code:
            return error
    return None
