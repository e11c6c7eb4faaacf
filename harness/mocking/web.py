"""What `requests` sends to AWS while a mock is in force: presigned URLs are answered, the rest refused.

Requests to anybody else go where they went before.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from io import BytesIO
from typing import Any, Protocol
from xml.sax.saxutils import escape

import boto3
from botocore.exceptions import ClientError
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.mocking.formanswer import Answer, posted
from harness.mocking.formupload import parameters, read_form, require_permitted
from harness.mocking.signatures import require_signed
from harness.mocking.signedrequest import (
    Place,
    SignedRequest,
    is_of_aws,
    place_of,
    signed_request,
)
from harness.services.base.errors import ServiceError

_adapter_class: Any = HTTPAdapter
_DEFAULT_REGION = "us-east-1"


class Answering(Protocol):
    """The cloud, as far as a web request needs it."""

    def now(self) -> Instant:
        """Return the present instant."""
        ...

    def call(self, client: Any, operation_name: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Carry out a call of a boto3 client."""
        ...


class Web:
    """The patch of `requests`, for one cloud."""

    def __init__(self, cloud: Answering) -> None:
        self._cloud = cloud
        self._clients: dict[str, Any] = {}
        self._send: Any = None

    def install(self) -> None:
        """Claim what is sent to AWS."""
        self._send = send = _adapter_class.send

        def send_or_answer(
            adapter: HTTPAdapter, request: PreparedRequest, *args: Any, **kwargs: Any
        ) -> Any:
            if is_of_aws(str(request.url)):
                return self._answered(adapter, request)
            return send(adapter, request, *args, **kwargs)

        _adapter_class.send = send_or_answer

    def remove(self) -> None:
        """Give the claim up."""
        _adapter_class.send = self._send

    def _answered(self, adapter: HTTPAdapter, request: PreparedRequest) -> Response:
        place = place_of(str(request.url))
        if request.method == "POST" and place is not None and not place.object_key:
            status, headers, body = self._answer_form(place, request)
        else:
            asked = signed_request(
                self._client(_DEFAULT_REGION).meta.service_model,
                str(request.method),
                str(request.url),
                {name: str(value) for name, value in request.headers.items()},
                _body(request.body),
            )
            status, headers, body = self._answer(asked, request)
        raw = HTTPResponse(
            body=BytesIO(body),
            headers={"Content-Length": str(len(body)), **headers},
            status=status,
            preload_content=False,
            request_method=request.method,
        )
        return adapter.build_response(request, raw)

    def _answer(self, asked: SignedRequest, request: PreparedRequest) -> Answer:
        if self._cloud.now() > asked.end:
            return 403, _XML, _error("AccessDenied", "Request has expired")
        given = {name.lower(): str(value) for name, value in request.headers.items()}
        try:
            require_signed(str(request.method), str(request.url), given, asked.place)
        except ServiceError as error:
            return error.status, _XML, _error(error.code, error.message)
        client = self._client(asked.place.region or _DEFAULT_REGION)
        try:
            output = self._cloud.call(client, asked.operation.name, dict(asked.parameters))
        except ClientError as error:
            return _refused(error)
        body = output["Body"].read() if "Body" in output else b""
        status = 204 if asked.operation.name == "DeleteObject" else 200
        return 206 if "ContentRange" in output else status, _headers(asked, output), body

    def _answer_form(self, place: Place, request: PreparedRequest) -> Answer:
        client = self._client(place.region or _DEFAULT_REGION)
        bucket = {"Bucket": place.bucket}
        try:
            form = read_form(request.headers.get("Content-Type", ""), _body(request.body))
            require_permitted(form, place.bucket, self._cloud.now())
            put = parameters(form, client.meta.service_model)
            told = self._cloud.call(client, "GetBucketNotificationConfiguration", dict(bucket))
            if told.keys() - {"ResponseMetadata"}:
                raise UnsupportedError(
                    f"a form posted to {place.bucket!r}, whose notifications would be told of "
                    "ObjectCreated:Post, is not modelled"
                )
            output = self._cloud.call(client, "PutObject", bucket | put)
        except ServiceError as error:
            return error.status, _XML, _error(error.code, error.message)
        except ClientError as error:
            return _refused(error)
        return posted(form, place, output)

    def _client(self, region: str) -> Any:
        if region not in self._clients:
            self._clients[region] = boto3.client("s3", region_name=region)
        return self._clients[region]


_XML = {"Content-Type": "application/xml"}


def _refused(error: ClientError) -> Answer:
    told = error.response["Error"]
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return status, _XML, _error(told["Code"], told["Message"])


def _headers(asked: SignedRequest, output: Mapping[str, Any]) -> dict[str, str]:
    shape: Any = asked.operation.output_shape
    headers: dict[str, str] = {}
    for name, value in output.items():
        member = shape.members.get(name)
        location = None if member is None else member.serialization.get("location")
        if location == "header":
            headers[member.serialization["name"]] = _text(value)
        elif location == "headers":
            prefix = member.serialization["name"]
            headers.update({prefix + key: text for key, text in value.items()})
    return headers


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return format_datetime(value, usegmt=True)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _error(code: str, message: str) -> bytes:
    text = f"<Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()


def _body(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    if hasattr(body, "read"):
        content: bytes = body.read()
        return content
    return b"".join(body)
