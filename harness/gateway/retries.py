"""The retries of the AWS SDK itself: how often a client tries again, and how long it waits.

Sources: botocore's user guide, "Retries": legacy mode makes five attempts (DynamoDB ten),
standard and adaptive three; the wait doubles, with jitter, up to twenty seconds.
"""

from random import Random
from typing import Any

from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from harness.kernel.instant import Duration, milliseconds, seconds
from harness.services.base.errors import ServiceError

_LEGACY_ATTEMPTS = 5
_LEGACY_ATTEMPTS_DYNAMODB = 10
_STANDARD_ATTEMPTS = 3
_WAIT_MAX = seconds(20)
_SERVER_ERROR = 500

RETRYABLE_CODES = frozenset({
    "BandwidthLimitExceeded", "EC2ThrottledException", "InternalFailure", "InternalServerError",
    "LimitExceededException", "PriorRequestNotComplete", "ProvisionedThroughputExceededException",
    "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "RequestTimeout",
    "ServiceUnavailable", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
    "TooManyRequestsException", "TransactionInProgressException",
})  # fmt: skip


def attempts_allowed(service: str, config: Any) -> int:
    """Return how many attempts a client with *config* makes in all."""
    retries = getattr(config, "retries", None) or {}
    if "total_max_attempts" in retries:
        return int(retries["total_max_attempts"])
    if "max_attempts" in retries:
        return int(retries["max_attempts"]) + 1
    if retries.get("mode", "legacy") != "legacy":
        return _STANDARD_ATTEMPTS
    return _LEGACY_ATTEMPTS_DYNAMODB if service == "dynamodb" else _LEGACY_ATTEMPTS


def is_retryable(error: Exception) -> bool:
    """Whether the SDK tries again after *error*."""
    if isinstance(error, ServiceError):
        return error.code in RETRYABLE_CODES or error.status >= _SERVER_ERROR
    return isinstance(error, (ReadTimeoutError, ConnectTimeoutError, EndpointConnectionError))


def wait_before_retry(service: str, attempt: int, chance: Random) -> Duration:
    """Return how long the SDK waits after failed *attempt* (1, 2, ...)."""
    base = milliseconds(50) if service == "dynamodb" else seconds(1)
    return Duration(min(int(_WAIT_MAX), int(chance.random() * base * 2 ** (attempt - 1))))
