"""One HTTP call that a partner saw, as assertions and reports may see it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from harness.fakehttp.masking import mask_text, mask_value
from harness.kernel.instant import Instant

CORRELATION_HEADER = "x-correlation-id"


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked and how it ended; nothing private can be read from it.

    The body is kept as it came and masked when it is looked at, because most are never looked at.
    """

    instant: Instant
    function: str | None
    """The logical id of the calling function, or None for a caller outside."""
    method: str
    path: str
    """With secrets and phone numbers masked."""
    status: int | None
    """None when no answer came."""
    problem: str | None
    """Why no answer came: ``hung up``, ``no answer``, ``no connection`` or ``crashed``."""
    headers: Mapping[str, str]
    query: Mapping[str, str]
    _body: bytes = field(repr=False)

    @property
    def correlation_id(self) -> str | None:
        """The correlation id that the call carried."""
        return self.headers.get(CORRELATION_HEADER)

    @property
    def request(self) -> Any:
        """The body: parsed JSON, a form as a mapping, or text; None when it is empty."""
        if not self._body:
            return None
        content_type = self.headers.get("content-type", "")
        text = self._body.decode("utf-8", "replace")
        if content_type.startswith("application/x-www-form-urlencoded"):
            return mask_value(dict(parse_qsl(text, keep_blank_values=True)))
        try:
            return mask_value(json.loads(text))
        except ValueError:
            return mask_text(text)

    def view(self) -> dict[str, Any]:
        """Return the call as JSON."""
        return {
            "at": self.instant,
            "function": self.function,
            "method": self.method,
            "path": self.path,
            "query": dict(self.query),
            "status": self.status,
            "problem": self.problem,
            "request": self.request,
            "correlationId": self.correlation_id,
        }
