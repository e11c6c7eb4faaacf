"""The context object that a handler receives."""

from collections.abc import Callable
from typing import Any

from harness.kernel.instant import Instant


class _Identity:
    """The caller's Cognito identity: always empty outside mobile applications."""

    cognito_identity_id: None = None
    cognito_identity_pool_id: None = None


class LambdaContext:
    """What the handler may know of its invocation.

    Source: AWS Lambda developer guide, "Using the Lambda context object to retrieve Python
    function information".
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
        self._deadline = deadline
        self._now = now

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds left until the function is stopped."""
        return max(0, (self._deadline - self._now()) // 1_000)
