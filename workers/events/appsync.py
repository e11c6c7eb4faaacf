"""The event of an AppSync direct Lambda resolver."""

from collections.abc import Mapping
from typing import Any

CORRELATION_HEADER = "x-correlation-id"


def is_appsync(event: Any) -> bool:
    """Tell whether *event* is the context of a resolver."""
    return isinstance(event, Mapping) and "arguments" in event and "info" in event


def headers_of(event: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers of the request, names in lower case."""
    request = event.get("request") or {}
    return {name.lower(): value for name, value in (request.get("headers") or {}).items()}
