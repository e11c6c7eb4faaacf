"""The retries of the AWS SDK itself: how often a client tries again, and how long it waits.

The figures are botocore's own.  Standard mode, the default of the versions we build on, makes
three attempts (DynamoDB four) and waits ``rand(0, 1) * min(scale * 2 ** i, 20 s)``, where the
scale is a second for throttling and some milliseconds for anything else; legacy mode makes five
attempts (DynamoDB ten).
"""

from random import Random
from typing import Any

from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from harness.kernel.instant import Duration, milliseconds, seconds
from harness.services.base.errors import ServiceError

_LEGACY_ATTEMPTS = {"dynamodb": 10, "dynamodbstreams": 10}
_LEGACY_ATTEMPTS_ELSE = 5
_STANDARD_ATTEMPTS = {"dynamodb": 4, "dynamodbstreams": 4}
_STANDARD_ATTEMPTS_ELSE = 3
_WAIT_MAX = seconds(20)
_THROTTLING_SCALE = seconds(1)
_OTHER_SCALE = {"dynamodb": milliseconds(25), "dynamodbstreams": milliseconds(25)}
_OTHER_SCALE_ELSE = milliseconds(50)
_SERVER_ERROR = 500

THROTTLING_CODES = frozenset({
    "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException",
    "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
    "RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException",
    "Throttling", "ThrottlingException", "TooManyRequestsException",
    "TransactionInProgressException",
})  # fmt: skip

_TRANSIENT_CODES = frozenset({"RequestTimeout", "RequestTimeoutException"})


def attempts_allowed(service: str, config: Any) -> int:
    """Return how many attempts a client with *config* makes in all."""
    retries = getattr(config, "retries", None) or {}
    if "total_max_attempts" in retries:
        return int(retries["total_max_attempts"])
    if "max_attempts" in retries:
        return int(retries["max_attempts"]) + 1
    if retries.get("mode") == "legacy":
        return _LEGACY_ATTEMPTS.get(service, _LEGACY_ATTEMPTS_ELSE)
    return _STANDARD_ATTEMPTS.get(service, _STANDARD_ATTEMPTS_ELSE)


def is_retryable(error: Exception) -> bool:
    """Whether the SDK tries again after *error*."""
    if isinstance(error, ServiceError):
        is_known = error.code in THROTTLING_CODES or error.code in _TRANSIENT_CODES
        return is_known or error.status >= _SERVER_ERROR
    return isinstance(error, (ReadTimeoutError, ConnectTimeoutError, EndpointConnectionError))


def wait_before_retry(service: str, error: Exception, attempt: int, chance: Random) -> Duration:
    """Return how long the SDK waits after failed *attempt* (1, 2, ...)."""
    is_throttled = isinstance(error, ServiceError) and error.code in THROTTLING_CODES
    scale = _THROTTLING_SCALE if is_throttled else _OTHER_SCALE.get(service, _OTHER_SCALE_ELSE)
    return Duration(int(chance.random() * min(scale * 2 ** (attempt - 1), _WAIT_MAX)))
