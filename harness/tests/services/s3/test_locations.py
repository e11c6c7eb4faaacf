"""Where a bucket may be made, and what it may be called."""

from datetime import timedelta

import pytest

from harness.kernel.chooser import CalmChooser
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, to_datetime
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.identity import Identity
from harness.services.base.service import Surroundings
from harness.services.s3.service import S3
from harness.tests.services.calling import START, Caller
from harness.tests.services.s3.buckets import API, GUIDE, RECORDED, VERIFIED

VERIFIED_BUCKETS = VERIFIED + "test_s3.py"


def at_the_endpoint_of(region: str) -> Caller[S3]:
    call = Caller(S3)
    identifiers = Identifiers(Entropy(0))
    identity = Identity(region=region)
    call.service = S3(Surroundings(identifiers, ChangeFeed(), identity, CalmChooser()))
    return call


def constrained(region: str | None) -> dict[str, object]:
    return {"CreateBucketConfiguration": {"LocationConstraint": region}} if region else {}


@pytest.mark.aws(
    "The endpoint of us-east-1 makes buckets everywhere, and its own only without a constraint; "
    "any other endpoint makes only its own, and only with one.",
    source=VERIFIED_BUCKETS,
    service="s3",
)
@pytest.mark.parametrize(
    ("endpoint", "wanted", "code"),
    [
        ("us-east-1", None, "ok"),
        ("us-east-1", "us-east-1", "InvalidLocationConstraint"),
        ("us-east-1", "eu-central-1", "ok"),
        ("us-west-2", "us-west-2", "ok"),
        ("us-west-2", "us-east-1", "IllegalLocationConstraintException"),
        ("us-west-2", None, "IllegalLocationConstraintException"),
    ],
)
def test_a_bucket_is_made_where_its_endpoint_lets_it(
    endpoint: str, wanted: str | None, code: str
) -> None:
    """What is left out has a name of its own in the error."""
    call = at_the_endpoint_of(endpoint)
    got, answer = call.outcome("CreateBucket", Bucket="files", **constrained(wanted))

    assert got == code
    if code == "IllegalLocationConstraintException":
        assert answer == (
            f"The {wanted or 'unspecified'} location constraint is incompatible for the region "
            "specific endpoint this request was sent to."
        )


@pytest.mark.aws(
    "A constraint that is no region is refused: InvalidLocationConstraint names it.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize("wanted", ["us-east-1", "foo", "aws-global"])
def test_a_location_that_is_none_is_refused(wanted: str) -> None:
    """By the endpoint that makes buckets everywhere."""
    refused = Caller(S3).refusal("CreateBucket", Bucket="files", **constrained(wanted))

    assert refused.code == "InvalidLocationConstraint"
    assert refused.message == "The specified location-constraint is not valid"
    assert refused.error_fields == {"LocationConstraint": wanted}


@pytest.mark.aws(
    "A bucket made for EU keeps that as its location; ListBuckets says ARN and region of each.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
@pytest.mark.aws(
    "ListBuckets says the regions of buckets only if the request has a parameter.",
    source=API + "ListBuckets.html",
    service="s3",
)
def test_the_eu_is_a_location() -> None:
    """It lies in eu-west-1."""
    call = Caller(S3)
    call("CreateBucket", Bucket="files", **constrained("EU"))
    (listed,) = call("ListBuckets", Prefix="f")["Buckets"]

    assert "BucketRegion" not in call("ListBuckets")["Buckets"][0]
    assert call("GetBucketLocation", Bucket="files") == {"LocationConstraint": "EU"}
    assert (listed["BucketRegion"], listed["BucketArn"]) == ("eu-west-1", "arn:aws:s3:::files")


def test_a_bucket_was_made_at_a_whole_second() -> None:
    """Whenever within it that was."""
    call = Caller(S3)
    call.wait(Duration(1_234_567))
    call("CreateBucket", Bucket="files")
    (listed,) = call("ListBuckets")["Buckets"]

    assert listed["CreationDate"] == to_datetime(START) + timedelta(seconds=1)


@pytest.mark.aws(
    "Where a bucket is made by another region's constraint, its Location is a whole address.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_a_bucket_elsewhere_is_told_with_its_address() -> None:
    """Also by the endpoint that makes buckets everywhere."""
    call = Caller(S3)

    made = call("CreateBucket", Bucket="files", **constrained("us-west-1"))

    assert made["Location"] == "http://files.s3.amazonaws.com/"


@pytest.mark.aws(
    "GetBucketLocation says nothing for us-east-1.",
    source=API + "GetBucketLocation.html",
    service="s3",
)
def test_the_first_region_has_no_name() -> None:
    """All others do."""
    call = Caller(S3)
    call("CreateBucket", Bucket="here")
    call("CreateBucket", Bucket="there", **constrained("eu-west-1"))

    here = call.service.operations["GetBucketLocation"](call.service, {"Bucket": "here"}, call.now)

    assert here == {"LocationConstraint": None}
    assert call("GetBucketLocation", Bucket="there") == {"LocationConstraint": "eu-west-1"}
    assert call("HeadBucket", Bucket="there")["BucketRegion"] == "eu-west-1"
    names = [one["Name"] for one in call("ListBuckets", BucketRegion="eu-west-1")["Buckets"]]
    assert names == ["there"]


@pytest.mark.aws(
    "Making a bucket again that one has is an error everywhere but in us-east-1.",
    source=API + "CreateBucket.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("endpoint", "code"), [("us-east-1", "ok"), ("us-west-2", "BucketAlreadyOwnedByYou")]
)
def test_a_bucket_is_made_once(endpoint: str, code: str) -> None:
    """What is in it stays."""
    call = at_the_endpoint_of(endpoint)
    parameters = constrained(None if endpoint == "us-east-1" else endpoint)
    call("CreateBucket", Bucket="files", **parameters)
    call("PutObject", Bucket="files", Key="a", Body=b"x")

    assert call.outcome("CreateBucket", Bucket="files", **parameters)[0] == code
    assert call("ListObjectsV2", Bucket="files")["KeyCount"] == 1


@pytest.mark.aws(
    "Making a bucket again in us-east-1 resets its access control list.",
    source=API + "CreateBucket.html",
    service="s3",
)
def test_a_bucket_that_is_made_again_has_its_first_list() -> None:
    """Whoever was let in is not any more."""
    call = Caller(S3)
    call("CreateBucket", Bucket="files", ObjectOwnership="ObjectWriter")
    call("PutBucketAcl", Bucket="files", ACL="log-delivery-write")
    assert len(call("GetBucketAcl", Bucket="files")["Grants"]) == 3

    call("CreateBucket", Bucket="files", ObjectOwnership="ObjectWriter")

    assert len(call("GetBucketAcl", Bucket="files")["Grants"]) == 1


@pytest.mark.aws(
    "A bucket cannot be made with a public ACL: the request fails.",
    source=API + "CreateBucket.html",
    service="s3",
)
def test_a_bucket_is_not_made_with_a_public_list() -> None:
    """Whoever owns its objects."""
    refused = Caller(S3).refusal(
        "CreateBucket", Bucket="files", ObjectOwnership="ObjectWriter", ACL="public-read"
    )
    assert refused.code == "InvalidBucketAclWithBlockPublicAccessError"


@pytest.mark.aws(
    "A name has 3 to 63 lower-case letters, digits, dots and hyphens, is no address, and has none "
    "of the reserved beginnings and ends.",
    source=GUIDE + "bucketnamingrules.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("abc", "ok"),
        ("a.b-1", "ok"),
        ("a" * 63, "ok"),
        ("ab", "InvalidBucketName"),
        ("a" * 64, "InvalidBucketName"),
        ("Files", "InvalidBucketName"),
        ("my_files", "InvalidBucketName"),
        ("-files", "InvalidBucketName"),
        ("a..b", "InvalidBucketName"),
        ("192.168.5.4", "InvalidBucketName"),
        ("xn--files", "InvalidBucketName"),
        ("sthree-files", "InvalidBucketName"),
        ("amzn-s3-demo-files", "InvalidBucketName"),
        ("files-s3alias", "InvalidBucketName"),
        ("files--ol-s3", "InvalidBucketName"),
        ("files.mrap", "InvalidBucketName"),
        ("files--x-s3", "InvalidBucketName"),
        ("files--table-s3", "InvalidBucketName"),
    ],
)
def test_a_bucket_has_a_name_of_dns(name: str, code: str) -> None:
    """At the limits and beyond."""
    assert Caller(S3).outcome("CreateBucket", Bucket=name)[0] == code


@pytest.mark.aws("A bucket may be made with tags.", source=API + "CreateBucket.html", service="s3")
def test_a_bucket_may_be_made_with_tags() -> None:
    """They are as if they had been put."""
    call = Caller(S3)
    tags = [{"Key": "a", "Value": "1"}]
    call("CreateBucket", Bucket="files", CreateBucketConfiguration={"Tags": tags})
    assert call("GetBucketTagging", Bucket="files") == {"TagSet": tags}
