"""Where moto's buckets differ."""

import re

from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers
from harness.tests.differential.s3known.asking import (
    GUIDE,
    REFERENCE,
    alike_but,
    asked,
    bucket,
    is_refused,
)

_NOT_EMPTY = "The bucket you tried to delete is not empty"
_NAMED = re.compile(r"[a-z0-9.-]{3,63}")


def _tells_no_arn(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours.output, exchange.theirs.output
    names = {"CreateBucket": ("BucketArn",), "HeadBucket": ("BucketArn", "AccessPointAlias")}
    return (
        alike_but(exchange, *names.get(exchange.operation, ()))
        and ours.get("BucketArn") == f"arn:aws:s3:::{exchange.parameters['Bucket']}"
        and "BucketArn" not in theirs
    )


def _tells_no_alias(exchange: Exchange) -> bool:
    return (
        exchange.operation == "HeadBucket"
        and alike_but(exchange, "BucketArn", "AccessPointAlias")
        and exchange.ours.output.get("AccessPointAlias") is False
        and "AccessPointAlias" not in exchange.theirs.output
    )


def _takes_a_name(exchange: Exchange) -> bool:
    return (
        exchange.operation == "CreateBucket"
        and is_refused(exchange.ours, "InvalidBucketName")
        and exchange.theirs.is_ok
        and _NAMED.fullmatch(exchange.parameters["Bucket"]) is None
    )


def _does_not_speak_of_versions(exchange: Exchange) -> bool:
    text = f"{_NOT_EMPTY}. You must delete all versions in the bucket."
    return (
        exchange.operation == "DeleteBucket"
        and is_refused(exchange.ours, "BucketNotEmpty", text)
        and is_refused(exchange.theirs, "BucketNotEmpty", _NOT_EMPTY)
    )


def _deleted_with_versions(peers: Peers) -> Exchange:
    asked(peers, "PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"})
    asked(peers, "PutObject", Key="a", Body=b"")
    return asked(peers, "DeleteBucket")


KNOWN: tuple[Known, ...] = (
    Known(
        "a bucket's ARN",
        _tells_no_arn,
        bucket("HeadBucket"),
        divergence(
            service="s3",
            theirs="Making a bucket and looking for it do not tell its ARN.",
            ours="They do.",
            aws="The response has the header x-amz-bucket-arn, of which the text says that it is only"
            " supported for directory buckets.",
            source=f"{REFERENCE}API_HeadBucket.html",
            right="either",
        ),
        keeps_state=True,
    ),
    Known(
        "whether a bucket is an access point's alias",
        _tells_no_alias,
        bucket("HeadBucket"),
        divergence(
            service="s3",
            theirs="HeadBucket does not say whether the name is an access point's alias.",
            ours="It says so.",
            aws="AccessPointAlias indicates whether the bucket name used in the request is an access"
            " point alias.",
            source=f"{REFERENCE}API_HeadBucket.html",
            right="ours",
        ),
        keeps_state=True,
    ),
    Known(
        "what a bucket may be called",
        _takes_a_name,
        lambda peers: peers.call("s3", "CreateBucket", Bucket="A_b"),
        divergence(
            service="s3",
            theirs="A bucket may be called A_b.",
            ours="InvalidBucketName.",
            aws="Bucket names can consist only of lowercase letters, numbers, periods and hyphens.",
            source=f"{GUIDE}bucketnamingrules.html",
            right="ours",
        ),
    ),
    Known(
        "a versioned bucket that is not empty",
        _does_not_speak_of_versions,
        _deleted_with_versions,
        divergence(
            service="s3",
            theirs="The text does not speak of versions.",
            ours="You must delete all versions in the bucket.",
            aws="The bucket you tried to delete is not empty. You must delete all versions in the"
            " bucket.",
            source="https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/"
            "test_s3_api.snapshot.json",
            right="ours",
        ),
    ),
)
