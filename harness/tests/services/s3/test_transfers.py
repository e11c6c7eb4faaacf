"""boto3's own ways to move files, in front of the engine: threads, parts, streams."""

import io
from pathlib import Path
from typing import Any

import boto3
import pytest
from boto3.s3.transfer import TransferConfig

from harness import mock_aws

BOTO3 = "https://docs.aws.amazon.com/boto3/latest/guide/s3-uploading-files.html"
SMALL_PARTS = TransferConfig(multipart_threshold=5 * 1_048_576, multipart_chunksize=5 * 1_048_576)


def a_client() -> Any:
    client = boto3.client("s3", region_name="us-east-1")
    client.create_bucket(Bucket="files")
    return client


@pytest.mark.aws(
    "upload_file handles large files by splitting them into smaller chunks.",
    source=BOTO3,
    service="s3",
)
@mock_aws
def test_a_large_file_goes_up_in_parts_and_comes_down_in_ranges(tmp_path: Path) -> None:
    """Threads take turns."""
    client = a_client()
    data = bytes(range(256)) * 45_000
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(data)

    extra = {"Metadata": {"n": "1"}}
    client.upload_file(str(source), "files", "big", ExtraArgs=extra, Config=SMALL_PARTS)
    client.download_file("files", "big", str(target), Config=SMALL_PARTS)

    head = client.head_object(Bucket="files", Key="big", ChecksumMode="ENABLED")
    assert target.read_bytes() == data
    assert (head["Metadata"], head["ETag"][-3:]) == ({"n": "1"}, '-3"')
    assert head["ChecksumType"] == "COMPOSITE"


@mock_aws
def test_a_small_file_goes_up_in_one_piece() -> None:
    """From an open file into another, and as a copy."""
    client = a_client()
    client.upload_fileobj(io.BytesIO(b"hello"), "files", "small")
    target = io.BytesIO()
    client.download_fileobj("files", "small", target)
    boto3.resource("s3", region_name="us-east-1").Object("files", "copy").copy(
        {"Bucket": "files", "Key": "small"}
    )

    assert target.getvalue() == b"hello"
    assert client.get_object(Bucket="files", Key="copy")["Body"].read() == b"hello"


@mock_aws
def test_a_body_is_read_as_one_likes() -> None:
    """In lines, in chunks, into a buffer, as a file."""
    client = a_client()
    client.put_object(Bucket="files", Key="a", Body=b"one\ntwo\r\nthree")

    def body() -> Any:
        return client.get_object(Bucket="files", Key="a")["Body"]

    stream = body()
    buffer = bytearray(4)
    assert (stream.readinto(buffer), bytes(buffer), stream.tell()) == (4, b"one\n", 4)
    assert list(body().iter_lines()) == [b"one", b"two", b"three"]
    assert b"".join(body().iter_chunks(3)) == b"one\ntwo\r\nthree"
    assert body().readlines() == [b"one\n", b"two\r\n", b"three"]
    with body() as raw:
        assert list(raw) == [b"one\n", b"two\r\n", b"three"]
    assert io.TextIOWrapper(io.BytesIO(body().read())).readline() == "one\n"


@mock_aws
def test_the_status_and_the_headers_of_an_answer_can_be_seen() -> None:
    """Of what was refused, too."""
    client = a_client()
    put = client.put_object(Bucket="files", Key="a", Body=b"0123")["ResponseMetadata"]
    got = client.get_object(Bucket="files", Key="a", Range="bytes=0-1")["ResponseMetadata"]
    deleted = client.delete_object(Bucket="files", Key="a")["ResponseMetadata"]

    assert put["HTTPHeaders"]["x-amz-checksum-crc32"] == "pmadfQ=="
    assert (got["HTTPStatusCode"], got["HTTPHeaders"]["content-range"]) == (206, "bytes 0-1/4")
    assert deleted["HTTPStatusCode"] == 204
