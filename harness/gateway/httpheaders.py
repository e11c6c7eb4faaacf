"""The headers of an answer over REST: what botocore took out of them, put back.

S3 speaks a protocol whose answers say most of what they say in headers, and Lambda one that says
some of it in the status; code that looks at ``ResponseMetadata`` finds them there.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from harness.gateway.lazyheaders import REQUEST_ID, LazyHeaders

_DOCUMENTS = {"s3": "application/xml", "lambda": "application/json"}
_ID_HEADERS = {"s3": (REQUEST_ID, "x-amz-request-id"), "lambda": (REQUEST_ID,)}
"""The services that speak such a protocol, with their documents' type and their id's headers."""
_OTHERS = {"PutBucketTagging": 204, "PutBucketPolicy": 204, "RestoreObject": 202}
"""Operations that AWS answers with another status than its model says."""


class HeaderPlan:
    """Which members of one operation's output are headers, and its status."""

    __slots__ = ("_document", "_gives_status", "_headers", "_ids", "_prefixes", "status")

    def __init__(self, service_name: str, model: Any) -> None:
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
        has_type = has_document or model.name == "HeadBucket"
        self._document = _DOCUMENTS[service_name] if has_type else None
        self._ids = _ID_HEADERS[service_name]
        self._gives_status = "StatusCode" in members
        self.status: int = _OTHERS.get(model.name, model.http.get("responseCode", 200))

    def status_of(self, output: dict[str, Any]) -> int:
        """Return the status of an answer, and take it out of *output* if botocore would."""
        if "StatusCode" not in output:
            return self.status
        status: int = output["StatusCode"] if self._gives_status else output.pop("StatusCode")
        return status

    def headers(self, output: dict[str, Any], request_id: str) -> dict[str, str]:
        """Return the headers that came with *output*, whatever becomes of it later."""
        return LazyHeaders(self.write, output.copy(), request_id)

    def write(self, output: Mapping[str, Any], request_id: str) -> dict[str, str]:
        """Write the headers out."""
        headers = dict.fromkeys(self._ids, request_id)
        if self._document is not None:
            headers["content-type"] = self._document
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
    return HeaderPlan(service_name, model) if service_name in _DOCUMENTS else None
