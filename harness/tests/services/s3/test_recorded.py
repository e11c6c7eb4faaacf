"""Answers that were recorded from S3, to the letter, where nothing else here says them."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hashlib import md5
from typing import Any

import pytest

from harness.kernel.instant import to_datetime
from harness.tests.services.calling import START
from harness.tests.services.s3.buckets import RECORDED, Bucket

OBJECTS = RECORDED + "test_s3.snapshot.json"
OPERATIONS = RECORDED + "test_s3_api.snapshot.json"
TOMORROW = to_datetime(START) + timedelta(days=1)
BYPASS = "x-amz-bypass-governance-retention"
MALFORMED = (
    "The XML you provided was not well-formed or did not validate against our published schema"
)
UNKNOWN_VERSION = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD"


def tags(key: str, value: str = "") -> dict[str, Any]:
    return {"Tagging": {"TagSet": [{"Key": key, "Value": value}]}}


def website(**more: Any) -> dict[str, Any]:
    return {"WebsiteConfiguration": {"IndexDocument": {"Suffix": "index.html"}, **more}}


def redirecting(redirect: dict[str, str], **more: Any) -> dict[str, Any]:
    return website(RoutingRules=[{"Redirect": redirect, **more}])


@pytest.mark.aws("What is wrong is said with its name and value.", source=OBJECTS, service="s3")
@pytest.mark.parametrize(
    ("operation", "parameters", "code", "message", "fields"),
    [
        (
            "PutBucketWebsite",
            website(RedirectAllRequestsTo={"HostName": "h"}),
            "InvalidArgument",
            "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
            {"ArgumentName": "RedirectAllRequestsTo", "ArgumentValue": "not null"},
        ),
        (
            "PutBucketWebsite",
            redirecting({"Protocol": "ftp"}),
            "InvalidRequest",
            (
                "Invalid protocol, protocol can be http or https. If not defined the protocol will "
                "be selected automatically."
            ),
            {},
        ),
        (
            "PutBucketWebsite",
            redirecting({"ReplaceKeyWith": "a", "ReplaceKeyPrefixWith": "b"}),
            "InvalidRequest",
            "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
            {},
        ),
        (
            "PutBucketWebsite",
            redirecting({"ReplaceKeyWith": "a"}, Condition={}),
            "InvalidRequest",
            (
                "Condition cannot be empty. To redirect all requests without a condition, the "
                "condition element shouldn't be present."
            ),
            {},
        ),
        (
            "PutBucketWebsite",
            website(RoutingRules=[]),
            "MalformedXML",
            MALFORMED,
            {},
        ),
        (
            "CopyObject",
            {"Key": "a", "CopySource": "nowhere"},
            "InvalidArgument",
            "Invalid copy source object key",
            {"ArgumentName": "x-amz-copy-source", "ArgumentValue": "x-amz-copy-source"},
        ),
        (
            "GetBucketPolicy",
            {"ExpectedBucketOwner": "0000"},
            "InvalidBucketOwnerAWSAccountID",
            "The value of the expected bucket owner parameter must be an AWS Account ID... [0000]",
            {},
        ),
        (
            "PutBucketLifecycleConfiguration",
            {
                "LifecycleConfiguration": {
                    "Rules": [
                        {"Status": "Enabled", "Filter": {}, "Expiration": {"Days": 7}},
                    ],
                },
                "TransitionDefaultMinimumObjectSize": "value",
            },
            "InvalidRequest",
            "Invalid TransitionDefaultMinimumObjectSize found: value",
            {},
        ),
        (
            "GetBucketMetricsConfiguration",
            {"Id": "none"},
            "NoSuchConfiguration",
            "The specified configuration does not exist.",
            {},
        ),
    ],
)
def test_a_refusal_has_the_words_of_s3(
    operation: str, parameters: dict[str, Any], code: str, message: str, fields: dict[str, str]
) -> None:
    """Nothing more and nothing less."""
    refused = Bucket().refusal(operation, **parameters)

    assert (refused.code, refused.message, refused.error_fields) == (code, message, fields)


@pytest.mark.aws("What is wrong is said with its name and value.", source=OPERATIONS, service="s3")
@pytest.mark.parametrize(
    ("operation", "parameters", "code", "message", "fields"),
    [
        (
            "PutBucketVersioning",
            {"VersioningConfiguration": {"Status": "enabled"}},
            "MalformedXML",
            MALFORMED,
            {},
        ),
        (
            "PutBucketTagging",
            tags("Key1,Key2"),
            "InvalidTag",
            "The TagKey you have provided is invalid",
            {"TagKey": "Key1,Key2"},
        ),
        (
            "PutBucketTagging",
            tags("Key1", "Val1,Val2"),
            "InvalidTag",
            "The TagValue you have provided is invalid",
            {"TagKey": "Key1", "TagValue": "Val1,Val2"},
        ),
        (
            "DeleteObject",
            {"Key": "a", "BypassGovernanceRetention": False},
            "InvalidArgument",
            f"{BYPASS} is only applicable to Object Lock enabled buckets.",
            {"ArgumentName": BYPASS},
        ),
        (
            "DeleteObjects",
            {"Delete": {"Objects": [{"Key": "a"}]}, "BypassGovernanceRetention": True},
            "InvalidArgument",
            f"{BYPASS} is only applicable to Object Lock enabled buckets.",
            {"ArgumentName": BYPASS},
        ),
        (
            "PutObject",
            {"Key": "a", "IfNoneMatch": "abc"},
            "NotImplemented",
            "A header you provided implies functionality that is not implemented",
            {
                "Header": "If-None-Match",
                "additionalMessage": "We don't accept the provided value of If-None-Match header "
                "for this API",
            },
        ),
        (
            "PutObject",
            {"Key": "a", "IfMatch": "*"},
            "NotImplemented",
            "A header you provided implies functionality that is not implemented",
            {
                "Header": "If-Match",
                "additionalMessage": "We don't accept the provided value of If-Match header for "
                "this API",
            },
        ),
        (
            "PutObject",
            {"Key": "a", "IfMatch": "abc", "IfNoneMatch": "*"},
            "NotImplemented",
            "A header you provided implies functionality that is not implemented",
            {
                "Header": "If-Match,If-None-Match",
                "additionalMessage": "Multiple conditional request headers present in the request",
            },
        ),
        (
            "GetObjectTagging",
            {"Key": "none"},
            "NoSuchKey",
            "The specified key does not exist.",
            {"Key": "files/none"},
        ),
    ],
)
def test_an_operation_refuses_with_the_words_of_s3(
    operation: str, parameters: dict[str, Any], code: str, message: str, fields: dict[str, str]
) -> None:
    """Nothing more and nothing less."""
    refused = Bucket().refusal(operation, **parameters)

    assert (refused.code, refused.message, refused.error_fields) == (code, message, fields)


@pytest.mark.aws(
    "Tags in a header are pairs with one sign of equality at most, whose names are distinct; one "
    "without a sign has an empty value.",
    source=OPERATIONS,
    service="s3",
)
@pytest.mark.parametrize("header", ["key1=val1&key1=val2", "key1=val1,key2=val2"])
def test_tags_in_a_header_are_pairs(header: str) -> None:
    """Of names and values."""
    bucket = Bucket()

    refused = bucket.refusal("PutObject", Key="a", Tagging=header)
    bucket.put("b", Tagging="one&two=2")

    assert refused.code == "InvalidArgument"
    assert refused.error_fields == {"ArgumentName": "x-amz-tagging", "ArgumentValue": header}
    assert bucket("GetObjectTagging", Key="b")["TagSet"] == [
        {"Key": "one", "Value": ""},
        {"Key": "two", "Value": "2"},
    ]


@pytest.mark.aws(
    "Tags of an object that a delete marker hides are refused with 405, whether they are put, got"
    " or deleted.",
    source=OPERATIONS,
    service="s3",
)
@pytest.mark.parametrize(
    ("operation", "method"),
    [
        ("GetObjectTagging", "GET"),
        ("PutObjectTagging", "PUT"),
        ("DeleteObjectTagging", "DELETE"),
        ("PutObjectAcl", "PUT"),
    ],
)
def test_a_delete_marker_is_not_looked_through(operation: str, method: str) -> None:
    """Where a list is put, too."""
    bucket = Bucket(versioned=True)
    bucket.put("a")
    bucket("DeleteObject", Key="a")
    more = {"PutObjectTagging": tags("n"), "PutObjectAcl": {"ACL": "private"}}

    refused = bucket.refusal(operation, Key="a", **more.get(operation, {}))

    assert (refused.code, refused.status) == ("MethodNotAllowed", 405)
    assert refused.error_fields == {"Method": method, "ResourceType": "DeleteMarker"}


@pytest.mark.aws(
    "An id that is none of a version's is an InvalidArgument, and in a batch a NoSuchVersion.",
    source=OPERATIONS,
    service="s3",
)
@pytest.mark.parametrize("versioned", [False, True])
def test_an_id_that_no_version_can_have(versioned: bool) -> None:  # noqa: FBT001 - what is tested
    """Whether the bucket has versions or not."""
    bucket = Bucket(versioned=versioned)
    entry = {"Key": "a", "VersionId": UNKNOWN_VERSION}

    refused = bucket.refusal("DeleteObject", **entry)
    (error,) = bucket("DeleteObjects", Delete={"Objects": [entry]})["Errors"]

    assert (refused.code, refused.error_fields) == (
        "InvalidArgument",
        {"ArgumentName": "versionId", "ArgumentValue": UNKNOWN_VERSION},
    )
    assert error == {
        **entry,
        "Code": "NoSuchVersion",
        "Message": "The specified version does not exist.",
    }


@pytest.mark.aws(
    "A copied range that begins past the end is an InvalidRequest.",
    source=OPERATIONS,
    service="s3",
)
def test_a_copied_range_begins_before_the_end() -> None:
    """One that only ends past it is an InvalidArgument."""
    bucket = Bucket()
    bucket.put("a", b"0123456789")
    names = {"Key": "b", "UploadId": bucket("CreateMultipartUpload", Key="b")["UploadId"]}
    copy = {"PartNumber": 1, "CopySource": "files/a", **names}

    past = bucket.refusal("UploadPartCopy", CopySourceRange="bytes=100-200", **copy)
    over = bucket.refusal("UploadPartCopy", CopySourceRange="bytes=0-100", **copy)

    assert (past.code, past.message, past.error_fields) == (
        "InvalidRequest",
        "The specified copy range is invalid for the source object size",
        {},
    )
    assert over.code == "InvalidArgument"


@pytest.mark.aws(
    "A key id for AES256 is refused with the name of the element.", source=OPERATIONS, service="s3"
)
def test_a_key_is_for_kms() -> None:
    """Also in a bucket's default."""
    default = {"SSEAlgorithm": "AES256", "KMSMasterKeyID": "k"}

    refused = Bucket().refusal(
        "PutBucketEncryption",
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": default}]
        },
    )

    assert refused.error_fields == {"ArgumentName": "ApplyServerSideEncryptionByDefault"}


def an_upload(bucket: Bucket, **parameters: Any) -> dict[str, Any]:
    """Return what completes an upload of one part."""
    names = {"Key": "a"}
    names["UploadId"] = bucket("CreateMultipartUpload", **names, **parameters)["UploadId"]
    etag = bucket("UploadPart", PartNumber=1, Body=b"abc", **names)["ETag"]
    return {**names, "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": etag}]}}


@pytest.mark.aws(
    "An upload that is completed on a condition is refused with 409 when the condition holds of "
    "what was written, or deleted, since the upload began.",
    source=OPERATIONS,
    service="s3",
)
def test_a_condition_holds_of_what_was_there_when_the_upload_began() -> None:
    """Be it the same as before; without a condition nothing is in the way."""
    bucket = Bucket()
    etag = bucket.put("a")["ETag"]
    upload = an_upload(bucket)
    assert bucket.refusal("CompleteMultipartUpload", IfNoneMatch="*", **upload).status == 412
    bucket("DeleteObject", Key="a")

    freed = bucket.refusal("CompleteMultipartUpload", IfNoneMatch="*", **upload)
    bucket.put("a")
    written = bucket.refusal("CompleteMultipartUpload", IfMatch=etag, **upload)

    assert (freed.code, freed.status, freed.error_fields) == (
        "ConditionalRequestConflict",
        409,
        {"Condition": "If-None-Match", "Key": "a"},
    )
    assert written.error_fields == {"Condition": "If-Match", "Key": "a"}
    bucket("CompleteMultipartUpload", IfMatch=etag, **an_upload(bucket))
    bucket("CompleteMultipartUpload", **upload)


@pytest.mark.aws(
    "An upload that named no algorithm is completed without checksums of its parts and without a "
    "checksum type.",
    source=OBJECTS,
    service="s3",
)
def test_an_upload_without_an_algorithm_takes_no_checksums() -> None:
    """Though each part has one."""
    bucket = Bucket()
    upload = an_upload(bucket)
    (part,) = upload["MultipartUpload"]["Parts"]
    summed = upload | {"MultipartUpload": {"Parts": [part | {"ChecksumCRC32": "NSRBwg=="}]}}

    part_refused = bucket.refusal("CompleteMultipartUpload", **summed)
    kind_refused = bucket.refusal("CompleteMultipartUpload", ChecksumType="FULL_OBJECT", **upload)

    assert part_refused.code == "InvalidPart"
    assert kind_refused.message == (
        "The upload was created using the null checksum mode. The complete request must use the "
        "same checksum mode."
    )
    assert bucket("CompleteMultipartUpload", **upload)["ChecksumType"] == "FULL_OBJECT"


@pytest.mark.aws(
    "A part's checksum of another algorithm than the upload's is a BadDigest.",
    source=OBJECTS,
    service="s3",
)
def test_the_checksum_of_a_part_is_of_the_algorithm_of_the_upload() -> None:
    """Right or wrong."""
    bucket = Bucket()
    upload = an_upload(bucket, ChecksumAlgorithm="CRC32")
    upload["MultipartUpload"]["Parts"][0]["ChecksumSHA256"] = b64encode(bytes(32)).decode()

    refused = bucket.refusal("CompleteMultipartUpload", **upload)

    assert (refused.code, refused.message) == (
        "BadDigest",
        "The sha256 you specified for part 1 did not match what we received.",
    )


@pytest.mark.aws(
    "The checksum of a whole object is named with the type FULL_OBJECT and is of the upload's "
    "algorithm, else it does not match.",
    source=OBJECTS,
    service="s3",
)
@pytest.mark.parametrize(
    "claim",
    [
        {"ChecksumCRC32C": "Nks/tw=="},
        {"ChecksumCRC32C": "AAAAAA==", "ChecksumType": "FULL_OBJECT"},
        {"ChecksumCRC32": "NSRBwg==", "ChecksumType": "FULL_OBJECT"},
    ],
)
def test_the_checksum_of_the_whole_is_named_with_its_type(claim: dict[str, str]) -> None:
    """The refusal names the upload's algorithm."""
    bucket = Bucket()
    upload = an_upload(bucket, ChecksumAlgorithm="CRC32C", ChecksumType="FULL_OBJECT")

    refused = bucket.refusal("CompleteMultipartUpload", **upload, **claim)

    assert (refused.code, refused.message) == (
        "BadDigest",
        "The crc32c you specified did not match the calculated checksum.",
    )
    right = {"ChecksumCRC32C": "Nks/tw==", "ChecksumType": "FULL_OBJECT"}
    assert bucket("CompleteMultipartUpload", **upload, **right)["ChecksumCRC32C"] == "Nks/tw=="


@pytest.mark.aws(
    "A part of an upload with a composite checksum is read with its own.",
    source=OBJECTS,
    service="s3",
)
def test_a_part_is_read_with_its_own_checksum() -> None:
    """Of the kind of the whole."""
    bucket = Bucket()
    upload = an_upload(bucket, ChecksumAlgorithm="CRC32")
    upload["MultipartUpload"]["Parts"][0]["ChecksumCRC32"] = "NSRBwg=="
    bucket("CompleteMultipartUpload", **upload)

    part = bucket("GetObject", Key="a", PartNumber=1)
    head = bucket("HeadObject", Key="a", PartNumber=1, ChecksumMode="ENABLED")

    for answer in (part, head):
        assert (answer["ChecksumCRC32"], answer["ChecksumType"]) == ("NSRBwg==", "COMPOSITE")


@pytest.mark.aws(
    "The completion of an upload that KMS encrypts, and that named no algorithm, tells no checksum.",
    source=OBJECTS,
    service="s3",
)
def test_a_completion_under_kms_tells_no_checksum() -> None:
    """The object has one."""
    bucket = Bucket()

    done = bucket("CompleteMultipartUpload", **an_upload(bucket, ServerSideEncryption="aws:kms"))

    assert [name for name in done if "Checksum" in name] == []
    assert bucket("GetObject", Key="a")["ChecksumType"] == "FULL_OBJECT"


@pytest.mark.aws(
    "A body that is not as its MD5 says: of an object the expected digest is told in hexadecimal,"
    " of a part in base64.",
    source=OBJECTS,
    service="s3",
)
def test_an_expected_digest_is_told() -> None:
    """The calculated one always in base64."""
    bucket = Bucket()
    expected, calculated = md5(b"other").digest(), md5(b"body").digest()
    names = {"Key": "a", "UploadId": bucket("CreateMultipartUpload", Key="a")["UploadId"]}
    sent = {"Body": b"body", "ContentMD5": b64encode(expected).decode()}

    whole = bucket.refusal("PutObject", Key="a", **sent)
    part = bucket.refusal("UploadPart", PartNumber=1, **names, **sent)

    assert [refused.error_fields for refused in (whole, part)] == [
        {"ExpectedDigest": text, "CalculatedDigest": b64encode(calculated).decode()}
        for text in (expected.hex(), b64encode(expected).decode())
    ]


@pytest.mark.aws(
    "The source's location is not told where that is us-east-1.", source=OBJECTS, service="s3"
)
@pytest.mark.parametrize(
    ("region", "source"),
    [(None, {}), ("us-east-2", {"SourceBucketLocation": "us-east-2"})],
)
def test_logs_go_to_the_same_region(region: str | None, source: dict[str, str]) -> None:
    """The target's always is."""
    configuration = {"LocationConstraint": region} if region else {}
    bucket = Bucket(CreateBucketConfiguration=configuration)
    elsewhere = {"LocationConstraint": "us-west-1"}
    bucket.call("CreateBucket", Bucket="logs", CreateBucketConfiguration=elsewhere)

    refused = bucket.refusal(
        "PutBucketLogging",
        BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": ""}},
    )

    assert refused.code == "CrossLocationLoggingProhibitted"
    assert refused.error_fields == source | {"TargetBucketLocation": "us-west-1"}


@pytest.mark.aws(
    "A retention in the past is told on the clocks of the west coast.",
    source=OBJECTS,
    service="s3",
)
@pytest.mark.parametrize(
    ("until", "text"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), "Mon Jan 01 00:00:00 PST 1"),  # there is no date before it
        (datetime(2020, 1, 1, tzinfo=UTC), "Tue Dec 31 16:00:00 PST 2019"),
        (datetime(2025, 3, 9, 9, 59, 59, tzinfo=UTC), "Sun Mar 09 01:59:59 PST 2025"),
        (datetime(2025, 3, 9, 10, tzinfo=UTC), "Sun Mar 09 03:00:00 PDT 2025"),
        (datetime(2025, 11, 2, 8, 59, 59, tzinfo=UTC), "Sun Nov 02 01:59:59 PDT 2025"),
        (datetime(2025, 11, 2, 9, tzinfo=UTC), "Sun Nov 02 01:00:00 PST 2025"),
    ],
)
def test_a_retention_in_the_past(until: datetime, text: str) -> None:
    """In winter and in summer."""
    bucket = Bucket(ObjectLockEnabledForBucket=True)
    bucket.put("a")

    refused = bucket.refusal(
        "PutObjectRetention", Key="a", Retention={"Mode": "GOVERNANCE", "RetainUntilDate": until}
    )

    assert refused.message == "The retain until date must be in the future!"
    assert refused.error_fields == {"ArgumentName": "RetainUntilDate", "ArgumentValue": text}


@pytest.mark.aws(
    "A document with an unknown mode is malformed, and what has no lock is told without its key.",
    source=OBJECTS,
    service="s3",
)
def test_a_document_with_an_unknown_mode() -> None:
    """A header with one is an InvalidArgument."""
    bucket = Bucket(ObjectLockEnabledForBucket=True)
    bucket.put("a")
    document = {"Mode": "NONE", "RetainUntilDate": TOMORROW}

    refused = bucket.refusal("PutObjectRetention", Key="a", Retention=document)
    never = [bucket.refusal(f"GetObject{what}", Key="a") for what in ("Retention", "LegalHold")]

    assert refused.code == "MalformedXML"
    assert [(error.code, error.error_fields) for error in never] == [
        ("NoSuchObjectLockConfiguration", {})
    ] * 2
