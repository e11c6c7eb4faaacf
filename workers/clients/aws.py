"""The boto3 clients of an execution environment, each made at its first use."""

import logging
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from workers.settings import Settings

AWS_ERRORS = (ClientError, BotoCoreError)
"""Everything a call can fail with: refused by AWS, or never answered."""

_CONNECT_SECONDS = 2
_READ_SECONDS = 10
CALL_SECONDS = _CONNECT_SECONDS + _READ_SECONDS
"""How long a call may take that is never answered: nobody begins one with less time left."""


def error_code(error: Exception) -> str:
    """Return AWS's code for *error*, or the error's class when AWS gave no answer.

    The code is all that anybody is told: a text may hold the item, a key or an address.
    """
    if isinstance(error, ClientError):
        return str(error.response["Error"]["Code"])
    return type(error).__name__


def is_refused_condition(error: Exception) -> bool:
    """Tell whether a write failed because its condition did not hold."""
    return error_code(error) == "ConditionalCheckFailedException"


def item_that_refused(error: Exception) -> dict[str, Any] | None:
    """Return the item that a refused write asked for; None when there is none.

    The write has to ask with ``ReturnValuesOnConditionCheckFailure``.
    """
    response: dict[str, Any] = getattr(error, "response", {})
    return response.get("Item")


class AwsClients:
    """One client a service.  boto3 clients are safe to share between the threads of a batch."""

    def __init__(self, settings: Settings) -> None:
        # On a lower level it writes down whole requests, items and all.
        logging.getLogger("botocore").setLevel(logging.WARNING)
        self._config = Config(
            # By default nothing is repeated in here: what failed goes back to its event source.
            retries={"mode": "standard", "total_max_attempts": settings.max_retry_count + 1},
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            max_pool_connections=settings.write_concurrency,
        )

    @cached_property
    def s3(self) -> Any:
        """The S3 client."""
        return boto3.client("s3", config=self._config)

    @cached_property
    def kinesis(self) -> Any:
        """The Kinesis client."""
        return boto3.client("kinesis", config=self._config)

    @cached_property
    def dynamodb(self) -> Any:
        """The DynamoDB client."""
        return boto3.client("dynamodb", config=self._config)

    @cached_property
    def functions(self) -> Any:
        """The Lambda client."""
        return boto3.client("lambda", config=self._config)

    @cached_property
    def sqs(self) -> Any:
        """The SQS client."""
        return boto3.client("sqs", config=self._config)
