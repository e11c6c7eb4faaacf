"""Lambda functions, invoked without waiting for them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from workers.clients.aws import AWS_ERRORS, error_code
from workers.errors import RetryableError

_encode = msgspec.json.Encoder().encode


def invoke_later(functions: Any, function_arn: str, event: Mapping[str, Any]) -> None:
    """Have Lambda invoke the function with *event* once it has room; it repeats what fails.

    Raises RetryableError when Lambda did not say that it took the event; it may have taken it.
    """
    try:
        functions.invoke(FunctionName=function_arn, InvocationType="Event", Payload=_encode(event))
    except AWS_ERRORS as error:
        raise RetryableError(f"Lambda did not confirm the event: {error_code(error)}") from None
