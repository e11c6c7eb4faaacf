"""Listings as boto3 gives them, which asks for URL-encoded keys and decodes them itself."""

import boto3
import pytest

from harness import mock_aws


@pytest.mark.aws(
    "boto3 asks for EncodingType url of listings of objects and versions, and leaves it in the answer.",
    source=(
        "https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
        "test_s3_list_operations.snapshot.json"
    ),
    service="s3",
)
@mock_aws
def test_a_listing_says_that_its_keys_were_encoded() -> None:
    """The keys are plain again; who asks himself gets them as he asked."""
    client = boto3.client("s3", region_name="us-east-1")
    client.create_bucket(Bucket="files")
    client.put_object(Bucket="files", Key="a b", Body=b"")

    listings = (
        client.list_objects(Bucket="files")["Contents"],
        client.list_objects_v2(Bucket="files")["Contents"],
        client.list_object_versions(Bucket="files")["Versions"],
    )
    assert [[entry["Key"] for entry in listing] for listing in listings] == [["a b"]] * 3
    assert client.list_objects(Bucket="files")["EncodingType"] == "url"
    assert client.list_objects_v2(Bucket="files")["EncodingType"] == "url"
    assert client.list_object_versions(Bucket="files")["EncodingType"] == "url"
    assert "EncodingType" not in client.list_multipart_uploads(Bucket="files")
    asked = client.list_objects_v2(Bucket="files", EncodingType="url")
    assert [entry["Key"] for entry in asked["Contents"]] == ["a+b"]
