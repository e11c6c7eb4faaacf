"""What a template says of a bucket, as code that asks S3 sees it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.errors import ScenarioError
from harness.kernel.instant import hours
from harness.tests.world.opening import a_world
from harness.world.world import World

HANDLER = "def handler(event, context): ...\n"
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: {{Type: AWS::SQS::Queue, Properties: {{QueueName: jobs}}}}
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: files-of-ours
{properties}
  Handle:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.11
      CodeUri: src/
      Handler: wicked.handler
"""


def opened(folder: Path, properties: str) -> World:
    """Return a world, not yet open, whose bucket has *properties*."""
    return a_world(folder, HANDLER, TEMPLATE.format(properties=properties))


SETTINGS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "tags": (
        "      Tags: [{Key: team, Value: fans}, {Key: empty}]",
        "get_bucket_tagging",
        {"TagSet": [{"Key": "team", "Value": "fans"}, {"Key": "empty", "Value": ""}]},
    ),
    "versioning": (
        "      VersioningConfiguration: {Status: Suspended}",
        "get_bucket_versioning",
        {"Status": "Suspended"},
    ),
    "CORS": (
        (
            "      CorsConfiguration: {CorsRules: [{AllowedMethods: [GET], AllowedOrigins: ['*'],"
            " ExposedHeaders: [ETag], Id: all, MaxAge: 60}]}"
        ),
        "get_bucket_cors",
        {
            "CORSRules": [
                {
                    "AllowedMethods": ["GET"],
                    "AllowedOrigins": ["*"],
                    "ExposeHeaders": ["ETag"],
                    "ID": "all",
                    "MaxAgeSeconds": 60,
                }
            ]
        },
    ),
    "encryption": (
        (
            "      BucketEncryption: {ServerSideEncryptionConfiguration:"
            " [{ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}, BucketKeyEnabled: true}]}"
        ),
        "get_bucket_encryption",
        {
            "ServerSideEncryptionConfiguration": {
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"},
                        "BucketKeyEnabled": True,
                    }
                ]
            }
        },
    ),
    "ownership": (
        "      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}",
        "get_bucket_ownership_controls",
        {"OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}},
    ),
    "public access": (
        "      PublicAccessBlockConfiguration: {BlockPublicAcls: true}",
        "get_public_access_block",
        {
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": False,
                "IgnorePublicAcls": False,
                "RestrictPublicBuckets": False,
            }
        },
    ),
    "lifecycle": (
        """\
      LifecycleConfiguration:
        Rules:
          - {Id: a, Status: Enabled, Prefix: tmp/, ExpirationInDays: 3}
          - Id: b
            Status: Disabled
            TagFilters: [{Key: k, Value: v}]
            ObjectSizeGreaterThan: 10
            Transitions: [{StorageClass: GLACIER, TransitionInDays: 30}]
            NoncurrentVersionExpiration: {NoncurrentDays: 5, NewerNoncurrentVersions: 2}
          - {Id: c, Status: Enabled, AbortIncompleteMultipartUpload: {DaysAfterInitiation: 1}}
          - {Id: d, Status: Enabled, TagFilters: [{Key: k, Value: v}], ExpirationDate: 2026-02-01T00:00:00Z}
          - {Id: e, Status: Enabled, NoncurrentVersionTransition: {StorageClass: GLACIER, TransitionInDays: 1}}""",
        "get_bucket_lifecycle_configuration",
        {
            "Rules": [
                {
                    "ID": "a",
                    "Status": "Enabled",
                    "Filter": {"Prefix": "tmp/"},
                    "Expiration": {"Days": 3},
                },
                {
                    "ID": "b",
                    "Status": "Disabled",
                    "Filter": {
                        "And": {
                            "ObjectSizeGreaterThan": 10,
                            "Tags": [{"Key": "k", "Value": "v"}],
                        }
                    },
                    "Transitions": [{"StorageClass": "GLACIER", "Days": 30}],
                    "NoncurrentVersionExpiration": {
                        "NoncurrentDays": 5,
                        "NewerNoncurrentVersions": 2,
                    },
                },
                {
                    "ID": "c",
                    "Status": "Enabled",
                    "Filter": {},
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
                },
                {
                    "ID": "d",
                    "Status": "Enabled",
                    "Filter": {"Tag": {"Key": "k", "Value": "v"}},
                    "Expiration": {"Date": datetime(2026, 2, 1, tzinfo=UTC)},
                },
                {
                    "ID": "e",
                    "Status": "Enabled",
                    "Filter": {},
                    "NoncurrentVersionTransitions": [
                        {"StorageClass": "GLACIER", "NoncurrentDays": 1}
                    ],
                },
            ],
            "TransitionDefaultMinimumObjectSize": "all_storage_classes_128K",
        },
    ),
    "notifications": (
        """\
      NotificationConfiguration:
        LambdaConfigurations:
          - Event: s3:ObjectCreated:*
            Function: !GetAtt Handle.Arn
            Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}, {Name: suffix, Value: .csv}]}}
        QueueConfigurations:
          - {Event: 's3:ObjectRemoved:*', Queue: !GetAtt Jobs.Arn}""",
        "get_bucket_notification_configuration",
        {
            "LambdaFunctionConfigurations": [
                {
                    "Id": "FilesFunction0",
                    "LambdaFunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:Handle",
                    "Events": ["s3:ObjectCreated:*"],
                    "Filter": {
                        "Key": {
                            "FilterRules": [
                                {"Name": "Prefix", "Value": "in/"},
                                {"Name": "Suffix", "Value": ".csv"},
                            ]
                        }
                    },
                }
            ],
            "QueueConfigurations": [
                {
                    "Id": "FilesQueue0",
                    "QueueArn": "arn:aws:sqs:us-east-1:123456789012:jobs",
                    "Events": ["s3:ObjectRemoved:*"],
                }
            ],
        },
    ),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_what_the_template_says_of_a_bucket_is_what_s3_answers(
    tmp_path: Path, setting: str
) -> None:
    """In the words of the API."""
    properties, operation, expected = SETTINGS[setting]
    with opened(tmp_path, properties) as world:
        answer = getattr(world.client("s3"), operation)(Bucket="files-of-ours")

    del answer["ResponseMetadata"]
    assert answer == expected


def test_a_lifecycle_rule_of_the_template_takes_objects_away(tmp_path: Path) -> None:
    """After its days, at a midnight; the others stay."""
    rule = "{Status: Enabled, Prefix: tmp/, ExpirationInDays: 1}"
    with opened(tmp_path, f"      LifecycleConfiguration: {{Rules: [{rule}]}}") as world:
        for key in ("tmp/a", "kept/a"):
            world.client("s3").put_object(Bucket="files-of-ours", Key=key, Body=b"x")
        world.advance(hours(30))
        early = set(world.s3.buckets["files-of-ours"].objects)
        world.advance(hours(20))
        late = set(world.s3.buckets["files-of-ours"].objects)

    assert early == {"tmp/a", "kept/a"}
    assert late == {"kept/a"}


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        (
            "      LifecycleConfiguration: {Rules: [{Status: On, ExpirationInDays: 1}]}",
            ("template.yaml:8:49: AWS::S3::Bucket Files: 'LifecycleConfiguration.Rules[0].Status' "
            "must be 'Enabled' or 'Disabled'"),
        ),
        (
            "      LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDay: 1}]}",
            ("template.yaml:8:58: AWS::S3::Bucket Files: unknown property "
            "'LifecycleConfiguration.Rules[0].ExpirationInDay'; did you mean 'ExpirationInDays'?"),
        ),
        (
            "      LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationDate: soon}]}",
            "'LifecycleConfiguration.Rules[0].ExpirationDate' must be an instant such as 2026-01-05T",
        ),
        (
            "      LifecycleConfiguration: {Rules: [{Status: Enabled}]}",
            ("template.yaml:1:1: PutBucketLifecycleConfiguration is refused: InvalidRequest: "
            "At least one action needs to be specified in a rule"),
        ),
    ],
)  # fmt: skip
def test_a_setting_that_s3_would_refuse_is_an_error(
    tmp_path: Path, properties: str, message: str
) -> None:
    """Before anything runs."""
    with pytest.raises(ScenarioError) as caught, opened(tmp_path, properties):
        pass

    assert message in str(caught.value)
