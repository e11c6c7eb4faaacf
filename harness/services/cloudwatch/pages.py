"""Pages of what is listed: a token is how many came before."""

from typing import Any

from harness.services.base.errors import ServiceError
from harness.services.base.service import Output, Parameters


def page(found: list[Any], params: Parameters, limit: int) -> tuple[list[Any], Output]:
    """Return the page that *params* ask for, and ``NextToken`` if another follows."""
    token = params.get("NextToken", "0")
    if not (token.isascii() and token.isdecimal()):
        raise ServiceError(
            "InvalidNextToken",
            "Request parameter NextToken is invalid",
            error_fields={"QueryErrorCode": "InvalidNextToken", "Type": "Sender"},
        )
    start = int(token)
    end = start + limit
    return found[start:end], {"NextToken": str(end)} if len(found) > end else {}
