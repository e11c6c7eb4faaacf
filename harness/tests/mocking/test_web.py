"""What `requests` sends to AWS while a mock is in force."""

from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config

from harness import mock_aws
from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.mocking.clock import VirtualClock

BUCKET = "shop"
SIGNATURES = ("s3", "s3v4")


def s3(signature: str = "s3v4", region: str = "us-east-1") -> Any:
    config = Config(signature_version=signature)
    client: Any = boto3.client("s3", region_name=region, config=config)
    return client


def url_of(operation: str, client: Any, **more: Any) -> str:
    parameters = {"Bucket": BUCKET, "Key": "a/b c.txt", **more}
    url: str = client.generate_presigned_url(operation, Params=parameters, ExpiresIn=60)
    return url


@pytest.mark.parametrize("signature", SIGNATURES)
@mock_aws
def test_presigned_urls_put_get_head_and_delete_an_object(signature: str) -> None:
    """With both signatures that botocore knows."""
    client = s3(signature)
    client.create_bucket(Bucket=BUCKET)

    put = requests.put(url_of("put_object", client), data=b"content", timeout=1)
    got = requests.get(url_of("get_object", client), timeout=1)
    head = requests.head(url_of("head_object", client), timeout=1)
    deleted = requests.delete(url_of("delete_object", client), timeout=1)

    assert (put.status_code, got.status_code, head.status_code) == (200, 200, 200)
    assert got.content == b"content"
    assert head.headers["Content-Length"] == "7"
    assert head.headers["ETag"] == put.headers["ETag"]
    assert deleted.status_code == 204
    assert requests.get(url_of("get_object", client), timeout=1).status_code == 404


@mock_aws
def test_headers_reach_the_object_and_come_back() -> None:
    """Those that the URL was signed for."""
    client = s3()
    client.create_bucket(Bucket=BUCKET)
    signed = {"ContentType": "text/plain", "Metadata": {"colour": "red"}}
    requests.put(
        url_of("put_object", client, **signed),
        data="text",
        headers={"Content-Type": "text/plain", "x-amz-meta-colour": "red"},
        timeout=1,
    )

    got = requests.get(url_of("get_object", client), headers={"Range": "bytes=1-2"}, timeout=1)

    assert (got.status_code, got.text) == (206, "ex")
    assert got.headers["Content-Type"] == "text/plain"
    assert got.headers["x-amz-meta-colour"] == "red"


@mock_aws
def test_an_error_is_told_in_xml() -> None:
    """As S3 does."""
    client = s3()
    client.create_bucket(Bucket=BUCKET)

    answer = requests.get(url_of("get_object", client), timeout=1)

    assert answer.status_code == 404
    assert "<Code>NoSuchKey</Code>" in answer.text


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_url_that_has_expired_is_refused(signature: str) -> None:
    """Its age is told by the account's clock."""
    clock = VirtualClock(Instant(4_000_000_000_000_000))
    with mock_aws(clock=clock):
        client = s3(signature)
        client.create_bucket(Bucket=BUCKET)

        answer = requests.get(url_of("get_object", client), timeout=1)

    assert answer.status_code == 403
    assert "Request has expired" in answer.text


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", "https://shop.s3.amazonaws.com/key"),
        ("GET", "https://shop.s3.amazonaws.com/key?acl&Signature=a&Expires=1"),
        ("POST", "https://shop.s3.amazonaws.com/key?uploads"),
        ("GET", "https://sqs.us-east-1.amazonaws.com/123456789012/q?Action=ReceiveMessage"),
        ("GET", "https://ec2.us-east-1.amazonaws.com/"),
    ],
)
@mock_aws
def test_anything_else_that_is_sent_to_aws_is_refused(method: str, url: str) -> None:
    """No socket is opened."""
    with pytest.raises(UnsupportedError, match="by HTTP is not modelled"):
        requests.request(method, url, timeout=1)


@pytest.mark.aws(
    "The signature of a presigned URL, which is of its signed headers, too, must match the one that S3 "
    "calculates; otherwise the request is denied.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html",
    service="s3",
)
@pytest.mark.parametrize("signature", SIGNATURES)
@mock_aws
def test_a_url_is_signed_for_its_headers(signature: str) -> None:
    """A content type that was signed has to be sent as it was signed."""
    client = s3(signature)
    client.create_bucket(Bucket=BUCKET)
    url = url_of("put_object", client, ContentType="text/plain")

    for headers in ({}, {"Content-Type": "text/html"}):
        answer = requests.put(url, data=b"x", headers=headers, timeout=1)
        assert answer.status_code == 403
        assert "<Code>SignatureDoesNotMatch</Code>" in answer.text
    assert "Contents" not in client.list_objects_v2(Bucket=BUCKET)

    answer = requests.put(url, data=b"x", headers={"Content-Type": "text/plain"}, timeout=1)
    assert answer.status_code == 200


@pytest.mark.parametrize("signature", SIGNATURES)
@mock_aws
def test_a_url_is_signed_for_its_method_and_place(signature: str) -> None:
    """And for what it asks to be answered."""
    client = s3(signature)
    client.create_bucket(Bucket=BUCKET)
    client.put_object(Bucket=BUCKET, Key="a/b c.txt", Body=b"x")
    url = url_of("get_object", client, ResponseContentType="text/plain")

    got = requests.get(url, timeout=1)
    assert (got.status_code, got.headers["Content-Type"]) == (200, "text/plain")
    assert requests.delete(url_of("get_object", client), timeout=1).status_code == 403
    assert requests.get(url.replace("b%20c", "d"), timeout=1).status_code == 403
    assert requests.get(url.replace("text%2Fplain", "text%2Fhtml"), timeout=1).status_code == 403


@mock_aws
def test_a_header_of_amazons_that_was_not_signed_is_refused() -> None:
    """With the fourth version, by its name."""
    client = s3()
    client.create_bucket(Bucket=BUCKET)
    headers = {"x-amz-meta-colour": "red"}
    answer = requests.put(url_of("put_object", client), data=b"x", headers=headers, timeout=1)
    assert answer.status_code == 403
    assert "headers present in the request which were not signed" in answer.text


@pytest.mark.parametrize("signature", SIGNATURES)
@mock_aws
def test_a_secret_that_nobody_knows_is_not_asked_for(signature: str) -> None:
    """Credentials of a client's own are not checked."""
    config = Config(signature_version=signature)
    own: Any = boto3.client(
        "s3",
        region_name="us-east-1",
        config=config,
        aws_access_key_id="own",
        aws_secret_access_key="own",
    )
    own.create_bucket(Bucket=BUCKET)
    put = requests.put(url_of("put_object", own, ContentType="a/b"), data=b"x", timeout=1)
    assert put.status_code == 200


@mock_aws
def test_a_url_of_the_second_version_carries_its_metadata() -> None:
    """Nothing else has to be sent then."""
    client = s3("s3")
    client.create_bucket(Bucket=BUCKET)
    url = url_of("put_object", client, Metadata={"venue": "123"})

    assert requests.put(url, data=b"x", timeout=1).status_code == 200

    assert client.head_object(Bucket=BUCKET, Key="a/b c.txt")["Metadata"] == {"venue": "123"}
