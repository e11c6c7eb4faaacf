"""What S3 says when it refuses: the words, the names and the values, as they were recorded."""

from base64 import b64encode
from hashlib import md5
from typing import Any

import pytest

from harness.tests.services.s3.buckets import RECORDED, Bucket

OBJECTS = RECORDED + "test_s3.snapshot.json"
OPERATIONS = RECORDED + "test_s3_api.snapshot.json"
BYPASS = "x-amz-bypass-governance-retention"
MALFORMED = (
    "The XML you provided was not well-formed or did not validate against our published schema"
)


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
        (
            "GetBucketMetricsConfiguration",
            {"Id": "none"},
            "NoSuchConfiguration",
            "The specified configuration does not exist.",
            {},
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

    assert refused.code == "InvalidArgument"
    assert refused.message == (
        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or "
        "aws:kms:dsse"
    )
    assert refused.error_fields == {"ArgumentName": "ApplyServerSideEncryptionByDefault"}


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

    assert {(refused.code, refused.message) for refused in (whole, part)} == {
        ("BadDigest", "The Content-MD5 you specified did not match what we received.")
    }
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
