"""Checksums of objects and of uploads in parts."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.tests.services.s3.buckets import GUIDE, RECORDED, Bucket

UPLOADS = GUIDE + "checking-object-integrity-upload.html"
OF_THE_DIGITS = {
    "CRC32": "y/Q5Jg==",
    "CRC32C": "4waSgw==",
    "CRC64NVME": "rosUhgp5mIg=",
    "SHA1": "98O8HYCOBHMq32eZZczDTKeuNEE=",
    "SHA256": "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
}
"""Algorithm -> the checksum of ``123456789``."""


def upload(bucket: Bucket, *parts: bytes, **parameters: Any) -> tuple[dict[str, Any], list[Any]]:
    """Begin an upload and send its parts; return its names and the list to complete it with."""
    created = bucket("CreateMultipartUpload", Key="big", **parameters)
    names = {"Key": "big", "UploadId": created["UploadId"]}
    sent = []
    for number, data in enumerate(parts, start=1):
        part = bucket("UploadPart", PartNumber=number, Body=data, **names)
        sums = {name: value for name, value in part.items() if name.startswith("Checksum")}
        sent.append({"PartNumber": number, "ETag": part["ETag"], **sums})
    return names, sent


@pytest.mark.aws(
    "S3 stores the checksum of the algorithm that was chosen with the object, and shows it to who "
    "requests it.",
    source=UPLOADS,
    service="s3",
)
@pytest.mark.parametrize("algorithm", OF_THE_DIGITS)
def test_an_object_has_the_checksum_that_is_asked_for(algorithm: str) -> None:
    """In the answers of put, get and, when asked, head; and among the attributes."""
    bucket = Bucket()
    member, value = f"Checksum{algorithm}", OF_THE_DIGITS[algorithm]

    put = bucket.put("a", b"123456789", ChecksumAlgorithm=algorithm)
    got = bucket("GetObject", Key="a")
    head = bucket("HeadObject", Key="a", ChecksumMode="ENABLED")
    silent = bucket("HeadObject", Key="a")
    attributes = bucket("GetObjectAttributes", Key="a", ObjectAttributes=["Checksum"])

    for output in (put, got, head, attributes["Checksum"]):
        assert (output[member], output["ChecksumType"]) == (value, "FULL_OBJECT")
    assert member not in silent


@pytest.mark.aws(
    "Boto3 sends a checksum with each upload, by default a CRC32.",
    source="https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html",
    service="s3",
)
def test_an_object_has_a_crc32_when_nothing_is_asked_for() -> None:
    """As boto3 sends it."""
    assert Bucket().put("a", b"123456789")["ChecksumCRC32"] == OF_THE_DIGITS["CRC32"]


@pytest.mark.aws(
    "S3 calculates a checksum of its own, and rejects the request if it is not the one that came "
    "with it: BadDigest.",
    source=UPLOADS,
    service="s3",
)
def test_a_body_that_is_not_as_claimed_is_refused() -> None:
    """Nothing is written."""
    bucket = Bucket()
    other = b64encode(sha256(b"other").digest()).decode()

    wrong = bucket.refusal("PutObject", Key="a", Body=b"x", ChecksumSHA256=other)
    no_checksum = bucket.refusal("PutObject", Key="a", Body=b"x", ChecksumSHA256="abc")
    two = bucket.refusal("PutObject", Key="a", Body=b"x", ChecksumSHA256=other, ChecksumCRC32="a")

    assert (wrong.code, wrong.message) == (
        "BadDigest",
        "The SHA256 you specified did not match the calculated checksum.",
    )
    assert no_checksum.message == "Value for x-amz-checksum-sha256 header is invalid."
    assert two.message.startswith("Expecting a single x-amz-checksum- header.")
    assert bucket.call.service.buckets["files"].objects == {}


def test_an_algorithm_that_is_not_modelled_is_refused_by_name() -> None:
    """AWS knows more of them."""
    with pytest.raises(UnsupportedError, match="XXHASH64"):
        Bucket().put("a", b"", ChecksumAlgorithm="XXHASH64")


def test_a_piece_has_no_checksum() -> None:
    """Unless it is all."""
    bucket = Bucket()
    bucket.put("a", b"0123")

    assert "ChecksumCRC32" not in bucket("GetObject", Key="a", Range="bytes=0-1")
    assert "ChecksumCRC32" in bucket("GetObject", Key="a", Range="bytes=0-")


@pytest.mark.aws(
    "A composite checksum is calculated from the checksums of an upload's parts, which "
    "GetObjectAttributes shows.",
    source=UPLOADS,
    service="s3",
)
def test_an_upload_with_sha256_has_a_checksum_of_checksums() -> None:
    """It is followed by their number, but not among the attributes."""
    bucket = Bucket()
    first = bytes(5 * 1_048_576)
    names, parts = upload(bucket, first, b"end", ChecksumAlgorithm="SHA256")

    done = bucket("CompleteMultipartUpload", MultipartUpload={"Parts": parts}, **names)
    attributes = bucket(
        "GetObjectAttributes", Key="big", ObjectAttributes=["Checksum", "ObjectParts"]
    )

    digests = sha256(first).digest() + sha256(b"end").digest()
    value = b64encode(sha256(digests).digest()).decode()
    assert (done["ChecksumSHA256"], done["ChecksumType"]) == (f"{value}-2", "COMPOSITE")
    assert attributes["Checksum"] == {"ChecksumSHA256": value, "ChecksumType": "COMPOSITE"}
    assert attributes["ObjectParts"]["TotalPartsCount"] == 2
    assert [part["ChecksumSHA256"] for part in attributes["ObjectParts"]["Parts"]] == [
        part["ChecksumSHA256"] for part in parts
    ]


@pytest.mark.aws(
    "The parts among the attributes come a page at a time; behind the last there are none.",
    source=RECORDED + "test_s3_list_operations.snapshot.json",
    service="s3",
)
def test_the_parts_among_the_attributes_come_in_pages() -> None:
    """The list of none is left out."""
    bucket = Bucket()
    first = bytes(5 * 1_048_576)
    names, parts = upload(bucket, first, b"end", ChecksumAlgorithm="SHA256")
    bucket("CompleteMultipartUpload", MultipartUpload={"Parts": parts}, **names)
    wanted: dict[str, Any] = {"Key": "big", "ObjectAttributes": ["ObjectParts"], "MaxParts": 1}

    last = bucket("GetObjectAttributes", PartNumberMarker=1, **wanted)["ObjectParts"]
    behind = bucket("GetObjectAttributes", PartNumberMarker=10, **wanted)["ObjectParts"]

    assert [part["PartNumber"] for part in last["Parts"]] == [2]
    assert (last["NextPartNumberMarker"], last["IsTruncated"]) == (2, False)
    assert behind == {
        "TotalPartsCount": 2,
        "PartNumberMarker": 10,
        "NextPartNumberMarker": 0,
        "MaxParts": 1,
        "IsTruncated": False,
    }


@pytest.mark.aws(
    "A full object checksum of an upload is that of its whole content; an upload that names no "
    "algorithm gets a CRC64NVME.",
    source=UPLOADS,
    service="s3",
)
@pytest.mark.parametrize(
    ("parameters", "algorithm"),
    [
        ({"ChecksumAlgorithm": "CRC32", "ChecksumType": "FULL_OBJECT"}, "CRC32"),
        ({"ChecksumAlgorithm": "CRC64NVME"}, "CRC64NVME"),
        ({}, "CRC64NVME"),
    ],
)
def test_a_full_object_checksum_is_that_of_the_whole(
    parameters: dict[str, str], algorithm: str
) -> None:
    """However many parts there are: an object in one piece has the same."""
    bucket = Bucket()
    first, last = bytes(5 * 1_048_576), b"123456789"
    whole = bucket.put("whole", first + last, ChecksumAlgorithm=algorithm)
    names, parts = upload(bucket, first, last, **parameters)
    bare = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in parts]

    done = bucket("CompleteMultipartUpload", MultipartUpload={"Parts": bare}, **names)

    assert done[f"Checksum{algorithm}"] == whole[f"Checksum{algorithm}"]
    assert done["ChecksumType"] == "FULL_OBJECT"


@pytest.mark.aws(
    "In uploads in parts, SHA algorithms make composite checksums only, CRC64NVME full object ones "
    "only.",
    source=UPLOADS,
    service="s3",
)
@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        ({"ChecksumType": "COMPOSITE"}, "can only be used with the x-amz-checksum-algorithm"),
        ({"ChecksumAlgorithm": "SHA1", "ChecksumType": "FULL_OBJECT"}, "with the sha1 checksum"),
        ({"ChecksumAlgorithm": "SHA256", "ChecksumType": "FULL_OBJECT"}, "with the sha256"),
        ({"ChecksumAlgorithm": "CRC64NVME", "ChecksumType": "COMPOSITE"}, "with the crc64nvme"),
        ({"ChecksumAlgorithm": "NONE"}, "Checksum algorithm provided is unsupported."),
    ],
)
def test_an_upload_whose_checksum_cannot_be_is_refused(
    parameters: dict[str, str], text: str
) -> None:
    """Before it begins; nor is there a type without an algorithm."""
    error = Bucket().refusal("CreateMultipartUpload", Key="big", **parameters)
    assert (error.code, text in error.message) == ("InvalidRequest", True)


@pytest.mark.aws(
    "The list of an upload with checksums names each part's; the size of the whole may be given and is "
    "compared.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_the_checksums_of_a_completion_are_compared() -> None:
    """And so may the checksum of the whole."""
    bucket = Bucket()
    names, parts = upload(bucket, b"123456789", ChecksumAlgorithm="SHA1")
    bare = [{"PartNumber": 1, "ETag": parts[0]["ETag"]}]
    listed = {"MultipartUpload": {"Parts": parts}, **names}

    missing = bucket.refusal("CompleteMultipartUpload", MultipartUpload={"Parts": bare}, **names)
    wrong = bucket.refusal("CompleteMultipartUpload", ChecksumSHA1=OF_THE_DIGITS["SHA1"], **listed)
    too_long = bucket.refusal("CompleteMultipartUpload", MpuObjectSize=10, **listed)

    assert missing.code == "InvalidRequest"
    assert missing.message == (
        "The upload was created using a sha1 checksum. The complete request must include the "
        "checksum for each part. It was missing for part 1 in the request."
    )
    assert wrong.code == "BadDigest"
    assert (too_long.code, too_long.message) == (
        "InvalidRequest",
        "The provided 'x-amz-mp-object-size' header value 10 does not match what was computed: 9",
    )
    assert bucket("CompleteMultipartUpload", **listed)["ChecksumSHA1"].endswith("-1")
