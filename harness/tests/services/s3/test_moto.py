"""S3 against moto in process: the same calls, the same answers where moto is right."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.services.s3.service import S3
from harness.tests.services.calling import Caller, moto_client, moto_outcome

KEYS = st.lists(
    st.text(st.sampled_from("ab/"), min_size=1, max_size=5).filter(
        lambda key: not key.startswith("/")
    ),
    unique=True,
    max_size=8,
)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(KEYS, st.sampled_from(["", "a", "a/", "b/"]), st.sampled_from(["", "/"]))
def test_listings_are_those_of_moto(keys: list[str], prefix: str, delimiter: str) -> None:
    """Keys and common prefixes, with their sizes and ETags."""
    call = Caller(S3)
    parameters = {"Bucket": "files", "Prefix": prefix, "Delimiter": delimiter}
    with moto_client("s3") as client:
        call("CreateBucket", Bucket="files")
        client.create_bucket(Bucket="files")
        for object_key in keys:
            call("PutObject", Bucket="files", Key=object_key, Body=object_key.encode())
            client.put_object(Bucket="files", Key=object_key, Body=object_key.encode())

        ours = call("ListObjectsV2", **parameters)
        theirs = client.list_objects_v2(**parameters)

        for output in (ours, theirs):
            for entry in output.get("Contents", []):
                entry.pop("LastModified")
        for name in ("KeyCount", "CommonPrefixes", "IsTruncated"):
            assert ours.get(name) == theirs.get(name)
        assert _seen(ours) == _seen(theirs)


def test_pieces_and_refusals_are_those_of_moto() -> None:
    """What boto3 makes of the answers is compared: code, message, content."""
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("GetObject", "get_object", {"Key": "gone"}),
        ("HeadObject", "head_object", {"Key": "gone"}),
        ("GetObject", "get_object", {"Key": "a", "Range": "bytes=10-"}),
        ("GetObject", "get_object", {"Key": "a", "IfMatch": '"x"'}),
        ("HeadObject", "head_object", {"Key": "a", "IfMatch": '"x"'}),
        ("DeleteBucket", "delete_bucket", {}),
        ("ListParts", "list_parts", {"Key": "a", "UploadId": "gone"}),
    ]
    pieces = ["bytes=0-3", "bytes=8-", "bytes=-3", "bytes=3-99"]
    call = Caller(S3)
    with moto_client("s3") as client:
        call("CreateBucket", Bucket="files")
        client.create_bucket(Bucket="files")
        call("PutObject", Bucket="files", Key="a", Body=b"0123456789")
        client.put_object(Bucket="files", Key="a", Body=b"0123456789")

        for operation, method, more in calls:
            parameters = {"Bucket": "files", **more}
            ours = call.outcome(operation, **parameters)
            assert ours == moto_outcome(client, method, parameters), (operation, parameters)
        for piece in pieces:
            ours_read = call("GetObject", Bucket="files", Key="a", Range=piece)
            theirs_read = client.get_object(Bucket="files", Key="a", Range=piece)
            assert ours_read["ContentRange"] == theirs_read["ContentRange"]
            assert ours_read["Body"].read() == theirs_read["Body"].read()


def _seen(output: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(one["Key"], one["Size"], one["ETag"]) for one in output.get("Contents", [])]
