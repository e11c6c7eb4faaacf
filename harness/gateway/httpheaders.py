"""The headers of an answer over REST: what botocore took out of them, put back.

Only S3 speaks a protocol whose answers say most of what they say in headers; code that looks at
``ResponseMetadata.HTTPHeaders`` finds them there.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from harness.gateway.lazyheaders import REQUEST_ID, LazyHeaders

_DOCUMENT = "application/xml"
_NO_CONTENT = {"PutBucketTagging": 204, "PutBucketPolicy": 204}
"""Operations that AWS answers with another status than its model says."""


class HeaderPlan:
    """Which members of one operation's output are headers, and its status."""

    __slots__ = ("_document", "_headers", "_prefixes", "status")

    def __init__(self, model: Any) -> None:
        shape = model.output_shape
        members = {} if shape is None else shape.members
        self._headers: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        for name, member in members.items():
            location = member.serialization.get("location")
            header = member.serialization.get("name", name).lower()
            if location == "header":
                self._headers[name] = header
            elif location == "headers":
                self._prefixes[name] = header
        is_bodiless = all("location" in member.serialization for member in members.values())
        is_stream = shape is not None and "payload" in shape.serialization
        has_document = not is_bodiless and not is_stream
        self._document = has_document or model.name == "HeadBucket"
        self.status: int = _NO_CONTENT.get(model.name, model.http.get("responseCode", 200))

    def headers(self, output: dict[str, Any], request_id: str) -> dict[str, str]:
        """Return the headers that came with *output*, whatever becomes of it later."""
        return LazyHeaders(self.write, output.copy(), request_id)

    def write(self, output: Mapping[str, Any], request_id: str) -> dict[str, str]:
        """Write the headers out."""
        headers = {REQUEST_ID: request_id, "x-amz-request-id": request_id}
        if self._document:
            headers["content-type"] = _DOCUMENT
        find = self._headers.get
        for name, value in output.items():
            header = find(name)
            if header is not None:
                headers[header] = _text(value)
            elif name in self._prefixes:
                prefix = self._prefixes[name]
                headers.update((prefix + key, text) for key, text in value.items())
        return headers


def _text(value: Any) -> str:
    if type(value) is str:
        return value
    if isinstance(value, datetime):
        return format_datetime(value, usegmt=True)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def header_plan(service_name: str, model: Any) -> HeaderPlan | None:
    """Return the plan of an operation, None for a service whose answers are documents alone."""
    return HeaderPlan(model) if service_name == "s3" else None
