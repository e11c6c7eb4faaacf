"""Parts of a bucket's configuration that change nothing about its objects."""

import json
from typing import Any

import pytest

from harness.tests.services.s3.buckets import API, GUIDE, RECORDED, Bucket

EVERYTHING = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}
POLICY = json.dumps(
    {"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:Put*", "Resource": "x"}}
)
RULES = [{"ID": "r", "Status": "Enabled", "Filter": {"Prefix": "a"}, "Expiration": {"Days": 1}}]


@pytest.mark.aws(
    "CORS rules are given back; without any there is a 404, and deleting what is not there is no "
    "error.",
    source=RECORDED + "test_s3_cors.snapshot.json",
    service="s3",
)
@pytest.mark.aws(
    "A policy, ownership controls and a public access block are given back; without one there is a "
    "404, and deleting what is not there is no error.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
@pytest.mark.aws(
    "A website and the rules of a lifecycle are given back; without any there is a 404, and "
    "deleting what is not there is no error.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize(
    ("put", "parameter", "document", "get", "shown", "delete", "code"),
    [
        (
            "PutBucketCors",
            "CORSConfiguration",
            {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]},
            "GetBucketCors",
            {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]},
            "DeleteBucketCors",
            "NoSuchCORSConfiguration",
        ),
        (
            "PutBucketPolicy",
            "Policy",
            POLICY,
            "GetBucketPolicy",
            {"Policy": POLICY},
            "DeleteBucketPolicy",
            "NoSuchBucketPolicy",
        ),
        (
            "PutBucketLifecycleConfiguration",
            "LifecycleConfiguration",
            {"Rules": RULES},
            "GetBucketLifecycleConfiguration",
            {
                "Rules": RULES,
                "TransitionDefaultMinimumObjectSize": "all_storage_classes_128K",
            },
            "DeleteBucketLifecycle",
            "NoSuchLifecycleConfiguration",
        ),
        (
            "PutBucketWebsite",
            "WebsiteConfiguration",
            {"IndexDocument": {"Suffix": "index.html"}},
            "GetBucketWebsite",
            {"IndexDocument": {"Suffix": "index.html"}},
            "DeleteBucketWebsite",
            "NoSuchWebsiteConfiguration",
        ),
        (
            "PutPublicAccessBlock",
            "PublicAccessBlockConfiguration",
            {"BlockPublicAcls": True},
            "GetPublicAccessBlock",
            {"PublicAccessBlockConfiguration": dict.fromkeys(EVERYTHING, False)
             | {"BlockPublicAcls": True}},
            "DeletePublicAccessBlock",
            "NoSuchPublicAccessBlockConfiguration",
        ),
        (
            "PutBucketOwnershipControls",
            "OwnershipControls",
            {"Rules": [{"ObjectOwnership": "ObjectWriter"}]},
            "GetBucketOwnershipControls",
            {"OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}},
            "DeleteBucketOwnershipControls",
            "OwnershipControlsNotFoundError",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("Put") else "",
)  # fmt: skip
def test_a_configuration_is_put_given_back_and_deleted(  # noqa: PLR0913, PLR0917 - three operations and what they say
    put: str, parameter: str, document: Any, get: str, shown: Any, delete: str, code: str
) -> None:
    """Each in the words of AWS."""
    bucket = Bucket()
    bucket(put, **{parameter: document})
    assert bucket(get) == shown

    bucket(delete)
    bucket(delete)

    error = bucket.refusal(get)
    assert (error.code, error.status) == (code, 404)
    assert error.error_fields == {"BucketName": "files"}


@pytest.mark.aws(
    "All new buckets have Block Public Access enabled and ACLs disabled.",
    source=GUIDE + "create-bucket-faq.html",
    service="s3",
)
@pytest.mark.aws(
    "All buckets have encryption configured by default, with keys that S3 manages (SSE-S3).",
    source=GUIDE + "bucket-encryption.html",
    service="s3",
)
def test_a_new_bucket_is_private_and_encrypted() -> None:
    """Nobody had to ask for it."""
    bucket = Bucket()
    assert bucket("GetPublicAccessBlock") == {"PublicAccessBlockConfiguration": EVERYTHING}
    assert bucket("GetBucketOwnershipControls")["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "BucketOwnerEnforced"}
    ]
    (rule,) = bucket("GetBucketEncryption")["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert bucket("GetBucketLogging") == {}
    assert bucket("GetBucketRequestPayment") == {"Payer": "BucketOwner"}
    assert bucket("GetBucketAccelerateConfiguration") == {}


@pytest.mark.aws(
    "MalformedXML: the XML was not well formed or did not validate against the published schema.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("operation", "parameters", "code"),
    [
        ("PutBucketCors", {"CORSConfiguration": {"CORSRules": []}}, "MalformedXML"),
        (
            "PutBucketCors",
            {"CORSConfiguration": {"CORSRules": [{"AllowedMethods": ["PATCH"]}]}},
            "InvalidRequest",
        ),
        ("PutBucketPolicy", {"Policy": "no json"}, "MalformedPolicy"),
        ("PutBucketPolicy", {"Policy": "{}"}, "MalformedPolicy"),
        ("PutBucketPolicy", {"Policy": '{"Statement": [{"Effect": "Deny"}]}'}, "MalformedPolicy"),
        ("PutPublicAccessBlock", {"PublicAccessBlockConfiguration": {}}, "MalformedXML"),
        ("PutBucketWebsite", {"WebsiteConfiguration": {}}, "InvalidArgument"),
        (
            "PutBucketWebsite",
            {"WebsiteConfiguration": {"IndexDocument": {"Suffix": "a/b"}}},
            "InvalidArgument",
        ),
        ("PutBucketOwnershipControls", {"OwnershipControls": {"Rules": []}}, "MalformedXML"),
        (
            "PutBucketEncryption",
            {"ServerSideEncryptionConfiguration": {"Rules": []}},
            "MalformedXML",
        ),
        (
            "PutBucketRequestPayment",
            {"RequestPaymentConfiguration": {"Payer": "Somebody"}},
            "MalformedXML",
        ),
        (
            "PutBucketAccelerateConfiguration",
            {"AccelerateConfiguration": {"Status": "Fast"}},
            "MalformedXML",
        ),
        (
            "PutBucketLogging",
            {"BucketLoggingStatus": {"LoggingEnabled": {"TargetBucket": "gone"}}},
            "InvalidTargetBucketForLogging",
        ),
    ],
)
def test_a_document_that_makes_no_sense_is_refused(
    operation: str, parameters: dict[str, Any], code: str
) -> None:
    """And nothing is kept."""
    bucket = Bucket()
    before = dict(bucket.call.service.buckets["files"].settings)
    assert bucket.refusal(operation, **parameters).code == code
    assert bucket.call.service.buckets["files"].settings == before


@pytest.mark.aws(
    "A lifecycle rule consists of a filter, a status, and one or more transition and expiration "
    "actions.",
    source=API + "PutBucketLifecycleConfiguration.html",
    service="s3",
)
@pytest.mark.aws(
    "Filter is required if the rule has no Prefix; prefix, tag and sizes are combined by And.",
    source=API + "LifecycleRule.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"Prefix": "", "Expiration": {"Days": 1}}, "ok"),
        ({"Filter": {}, "Expiration": {"Days": 1}}, "ok"),
        ({"Expiration": {"Days": 1}}, "MalformedXML"),
        ({"Prefix": "", "Filter": {}, "Expiration": {"Days": 1}}, "MalformedXML"),
        ({"Prefix": ""}, "InvalidRequest"),
        ({"Prefix": "", "Expiration": {"Days": 0}}, "InvalidArgument"),
        ({"Prefix": "", "Expiration": {"Days": 1, "Date": "2027-01-01"}}, "MalformedXML"),
        (
            {
                "Filter": {"Prefix": "a", "Tag": {"Key": "k", "Value": ""}},
                "Expiration": {"Days": 1},
            },
            "MalformedXML",
        ),
        (
            {
                "Filter": {"Tag": {"Key": "k", "Value": ""}},
                "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
            },
            "InvalidRequest",
        ),
        ({"Prefix": "", "Status": "On", "Expiration": {"Days": 1}}, "MalformedXML"),
    ],
)
def test_a_lifecycle_rule_is_checked(rule: dict[str, Any], code: str) -> None:
    """When it is put."""
    bucket = Bucket()
    rules = {"Rules": [{"Status": "Enabled", **rule}]}
    outcome = bucket.call.outcome(
        "PutBucketLifecycleConfiguration", Bucket="files", LifecycleConfiguration=rules
    )
    assert outcome[0] == code


@pytest.mark.aws(
    "Logs go to a bucket that is there, whether or not it lets S3 put them.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_logs_go_to_a_bucket_that_is_there() -> None:
    """Taking the configuration away is putting an empty one."""
    bucket = Bucket()
    bucket.call("CreateBucket", Bucket="logs")
    enabled = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "log"}}
    nowhere = {"LoggingEnabled": {"TargetBucket": "gone", "TargetPrefix": "log"}}

    refused = bucket.refusal("PutBucketLogging", BucketLoggingStatus=nowhere)
    bucket("PutBucketLogging", BucketLoggingStatus=enabled)
    kept = bucket("GetBucketLogging")
    bucket("PutBucketLogging", BucketLoggingStatus={})

    assert (refused.code, refused.message, refused.error_fields) == (
        "InvalidTargetBucketForLogging",
        "The target bucket for logging does not exist",
        {"TargetBucket": "gone"},
    )
    assert kept == enabled
    assert bucket("GetBucketLogging") == {}


@pytest.mark.aws(
    "A bucket on which no state of acceleration has ever been set has none.",
    source=API + "GetBucketAccelerateConfiguration.html",
    service="s3",
)
def test_a_state_of_acceleration_is_one_that_was_set() -> None:
    """There is no way back to none."""
    bucket = Bucket()
    before = bucket("GetBucketAccelerateConfiguration")
    after = []
    for status in ("Suspended", "Enabled", "Suspended"):
        bucket("PutBucketAccelerateConfiguration", AccelerateConfiguration={"Status": status})
        after.append(bucket("GetBucketAccelerateConfiguration"))

    assert before == {}
    assert [state["Status"] for state in after] == ["Suspended", "Enabled", "Suspended"]
