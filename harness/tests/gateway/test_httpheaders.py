"""The headers of an answer over REST, and the dictionary that writes them when somebody looks."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from botocore.session import get_session

from harness.gateway.httpheaders import HeaderPlan, header_plan
from harness.gateway.lazyheaders import LazyHeaders

REST = "https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html"


@cache
def plan(operation: str) -> HeaderPlan:
    return HeaderPlan("s3", get_session().get_service_model("s3").operation_model(operation))


@pytest.mark.aws(
    "Headers say the body's length and type, the object's ETag and version, whether it is a delete "
    "marker, and the request's id.",
    source=REST,
    service="s3",
)
def test_what_botocore_took_out_of_headers_is_found_there() -> None:
    """As text, by the names that HTTP gives them."""
    output = {
        "ContentLength": 3,
        "ContentType": "text/plain",
        "ContentRange": "bytes 0-2/9",
        "ETag": '"abc"',
        "VersionId": "v1",
        "LastModified": datetime(2026, 1, 5, 9, tzinfo=UTC),
        "Metadata": {"fan": "y"},
        "DeleteMarker": True,
        "Body": object(),
    }
    assert plan("GetObject").headers(output, "r") == {
        "x-amzn-requestid": "r",
        "x-amz-request-id": "r",
        "content-length": "3",
        "content-type": "text/plain",
        "content-range": "bytes 0-2/9",
        "etag": '"abc"',
        "x-amz-version-id": "v1",
        "last-modified": "Mon, 05 Jan 2026 09:00:00 GMT",
        "x-amz-meta-fan": "y",
        "x-amz-delete-marker": "true",
    }


def test_what_becomes_of_the_output_later_is_not_in_its_headers() -> None:
    """They were sent before."""
    output: dict[str, Any] = {"ContentLength": 3}
    headers = plan("GetObject").headers(output, "r")
    output.clear()
    assert headers["content-length"] == "3"


@pytest.mark.parametrize(
    ("operation", "status", "content_type"),
    [
        ("ListObjectVersions", 200, "application/xml"),
        ("HeadBucket", 200, "application/xml"),
        ("PutObject", 200, None),
        ("DeleteObject", 204, None),
        ("PutBucketTagging", 204, None),
    ],
)
def test_an_operation_has_a_status_and_perhaps_a_document(
    operation: str, status: int, content_type: str | None
) -> None:
    """AWS's own, where it does not keep to its model."""
    assert plan(operation).status == status
    assert plan(operation).headers({}, "r").get("content-type") == content_type


def test_an_answer_may_say_its_status_itself() -> None:
    """Botocore gives it where the model has it, as that of Invoke does."""
    restored: dict[str, Any] = {"StatusCode": 200}
    invoked: dict[str, Any] = {"StatusCode": 202}
    model = get_session().get_service_model("lambda").operation_model("Invoke")

    assert plan("RestoreObject").status_of({}) == 202
    assert plan("RestoreObject").status_of(restored) == 200
    assert restored == {}
    assert HeaderPlan("lambda", model).status_of(invoked) == 202
    assert invoked == {"StatusCode": 202}


def test_other_services_have_no_plan() -> None:
    """Their answers are documents."""
    model = get_session().get_service_model("sqs").operation_model("SendMessage")
    assert header_plan("sqs", model) is None


LOOKS: dict[str, Callable[[dict[str, str]], Any]] = {
    "item": lambda headers: headers["a"],
    "get": lambda headers: headers.get("a"),
    "in": lambda headers: "a" in headers,
    "iteration": list,
    "length": len,
    "keys": lambda headers: list(headers.keys()),
    "values": lambda headers: list(headers.values()),
    "items": lambda headers: list(headers.items()),
    "equality": lambda headers: headers == {"x-amzn-requestid": "r", "a": "1"},
    "inequality": lambda headers: headers != {"x-amzn-requestid": "r", "a": "1"},
    "text": repr,
    "copy": copy.deepcopy,
    "json": json.dumps,
    "dict": dict,
    "unpacking": lambda headers: {**headers},
    "bool": bool,
}


@pytest.mark.parametrize("look", LOOKS)
def test_whoever_looks_sees_what_a_plain_dictionary_would_show(look: str) -> None:
    """It is written once."""
    written: list[str] = []

    def write(output: Any, request_id: str) -> dict[str, str]:
        written.append(request_id)
        return dict(output)

    plain = {"x-amzn-requestid": "r", "a": "1"}
    headers = LazyHeaders(write, {"a": "1"}, "r")
    assert written == []

    assert LOOKS[look](headers) == LOOKS[look](plain)
    LOOKS[look](headers)
    assert written == ["r"]
