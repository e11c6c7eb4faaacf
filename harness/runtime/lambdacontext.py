"""The context object that a handler receives."""

import sys
from collections.abc import Callable
from typing import Any

from harness.kernel.instant import Instant


class _Identity:
    """The caller's Cognito identity: always empty outside mobile applications."""

    cognito_identity_id: None = None
    cognito_identity_pool_id: None = None

    def __repr__(self) -> str:
        """Return what the runtime's own says; an address would be another one in every run."""
        return "CognitoIdentity([cognito_identity_id=None,cognito_identity_pool_id=None])"


class LambdaContext:
    """What the handler may know of its invocation.

    Sources: AWS Lambda developer guide, "Using the Lambda context object to retrieve Python
    function information"; ``lambda_context.py`` of the AWS Lambda runtime interface client for Python.
    """

    def __init__(  # noqa: PLR0913 - each is an attribute that AWS gives
        self,
        *,
        function_name: str,
        invoked_function_arn: str,
        memory_limit_in_mb: int,
        aws_request_id: str,
        log_stream_name: str,
        deadline: Instant,
        now: Callable[[], Instant],
    ) -> None:
        self.function_name = function_name
        self.function_version = "$LATEST"
        self.invoked_function_arn = invoked_function_arn
        self.memory_limit_in_mb = str(memory_limit_in_mb)
        self.aws_request_id = aws_request_id
        self.log_group_name = f"/aws/lambda/{function_name}"
        self.log_stream_name = log_stream_name
        self.identity = _Identity()
        self.client_context: Any = None
        self.tenant_id: None = None
        self._deadline = deadline
        self._now = now

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds left until the function is stopped."""
        return max(0, (self._deadline - self._now()) // 1_000)

    def log(self, message: object) -> None:
        """Write *message* into the log, as it is: without a line's end."""
        sys.stdout.write(str(message))

    def __repr__(self) -> str:
        """Return what the runtime's own says."""
        names = (
            *("aws_request_id", "log_group_name", "log_stream_name", "function_name"),
            *("memory_limit_in_mb", "function_version", "invoked_function_arn", "client_context"),
            *("identity", "tenant_id"),
        )
        return f"LambdaContext([{','.join(f'{name}={getattr(self, name)}' for name in names)}])"
