"""A request with a presigned URL of S3, read back into an operation and its parameters.

Source: Amazon S3 user guide, "Download and upload objects with presigned URLs"; API reference,
"Authenticating Requests: Using Query Parameters".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from botocore.model import OperationModel, ServiceModel

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant, from_datetime, seconds

_HOST = re.compile(
    r"(?:(?P<bucket>.+)\.)?s3(?:[.-](?P<region>[a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?"
)
_OPERATIONS = {
    "GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject",
}  # fmt: skip
_SIGNING = frozenset({
    "awsaccesskeyid", "expires", "signature", "x-amz-algorithm", "x-amz-credential", "x-amz-date",
    "x-amz-expires", "x-amz-security-token", "x-amz-signature", "x-amz-signedheaders", "x-id",
})  # fmt: skip
_METADATA = "x-amz-meta-"


@dataclass(frozen=True, slots=True)
class Place:
    """What a URL of S3 leads to; the key is empty for a bucket."""

    region: str | None
    bucket: str
    object_key: str


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What a request asks for."""

    place: Place
    operation: OperationModel
    parameters: Mapping[str, Any]
    end: Instant
    """Until when its signature is good."""


def place_of(url: str) -> Place | None:
    """Return the bucket or object that *url* leads to, None if it is none of S3."""
    parts = urlsplit(url)
    found = _HOST.fullmatch(parts.hostname or "")
    if found is None:
        return None
    bucket, path = found["bucket"], unquote(parts.path).removeprefix("/")
    if bucket is None:
        bucket, _, path = path.partition("/")
    return Place(found["region"], bucket, path)


def is_of_aws(url: str) -> bool:
    """Whether *url* leads to AWS."""
    host = urlsplit(url).hostname or ""
    return host.endswith((".amazonaws.com", ".amazonaws.com.cn"))


def signed_request(
    model: ServiceModel, method: str, url: str, headers: Mapping[str, str], body: bytes
) -> SignedRequest:
    """Return what the request asks for; UnsupportedError for one that is not modelled."""
    parts = urlsplit(url)
    place = place_of(url)
    query = {name.lower(): value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
    end = _end(query)
    name = _OPERATIONS.get(method)
    if name == "PutObject" and "uploadid" in query:
        name = "UploadPart"
    if place is None or end is None or name is None or not place.object_key:
        raise _refusal(method, parts.hostname)
    operation = model.operation_model(name)
    given = {**query, **{name.lower(): value for name, value in headers.items()}}
    parameters = {"Bucket": place.bucket, "Key": place.object_key, **read(operation, given)}
    unread = query.keys() - _SIGNING - taken(operation)
    unread = {name for name in unread if not name.startswith(_METADATA)}
    if unread:
        raise _refusal(f"{method} ?{min(unread)}", parts.hostname)
    if name in {"PutObject", "UploadPart"}:
        parameters["Body"] = body
    return SignedRequest(place, operation, parameters, end)


def _refusal(what: str, host: str | None) -> UnsupportedError:
    return UnsupportedError(
        f"{what} at {host} by HTTP is not modelled: a mock answers presigned URLs of S3 objects "
        "(GET, HEAD, PUT, DELETE) and forms with a policy (POST) alone; call boto3 instead"
    )


def _end(query: Mapping[str, str]) -> Instant | None:
    """Return until when the signature is good; None for a request without one."""
    if "signature" in query and "expires" in query:
        return Instant(seconds(int(query["expires"])))
    if "x-amz-signature" in query:
        signed = datetime.strptime(query["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return Instant(from_datetime(signed) + seconds(int(query["x-amz-expires"])))
    return None


def taken(operation: OperationModel) -> set[str]:
    """Return the names, in lower case, of what *operation* takes in headers or in the query."""
    return {name for _, _, name in _places(operation)}


def _places(operation: OperationModel) -> list[tuple[str, Any, str]]:
    """Return the members that stand in the query or in a header, with their names there."""
    shape: Any = operation.input_shape
    return [
        (member, described, described.serialization["name"].lower())
        for member, described in shape.members.items()
        if described.serialization.get("location") in ("querystring", "header")
    ]


def read(operation: OperationModel, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameters that stand in headers or in the query, whose names are in lower case."""
    parameters: dict[str, Any] = {}
    for member, described, name in _places(operation):
        # The query's own Expires is the signature's.
        if name in given and name not in ("expires", "content-length"):
            parameters[member] = _value(described.type_name, given[name])
    metadata = {
        name.removeprefix(_METADATA): value
        for name, value in given.items()
        if name.startswith(_METADATA)
    }
    if metadata and operation.name == "PutObject":
        parameters["Metadata"] = metadata
    return parameters


def _value(kind: str, text: str) -> Any:
    if kind in {"integer", "long"}:
        return int(text)
    if kind == "boolean":
        return text == "true"
    return text
