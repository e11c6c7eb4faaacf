"""Access control lists, policies and encryption: what is said, and what little it does."""

import json
from typing import Any

import pytest

from harness.tests.services.s3.buckets import API, GUIDE, RECORDED, VERIFIED, Bucket

PUBLIC = GUIDE + "access-control-block-public-access.html"
OWNERSHIP = GUIDE + "about-object-ownership.html"
OBJECTS = RECORDED + "test_s3.snapshot.json"
ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"


def policy(effect: str, action: str, resource: str, **more: Any) -> str:
    statement = {
        "Effect": effect,
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        **more,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.mark.aws(
    "A bucket with ACLs disabled accepts uploads with bucket owner full control ACLs or none; others "
    "are an AccessControlListNotSupported.",
    source=OWNERSHIP,
    service="s3",
)
@pytest.mark.parametrize(
    ("canned", "code"),
    [
        ("bucket-owner-full-control", "ok"),
        ("private", "ok"),
        ("public-read", "AccessControlListNotSupported"),
        ("nonsense", "InvalidArgument"),
    ],
)
def test_a_bucket_of_today_takes_no_lists(canned: str, code: str) -> None:
    """With an object, and later."""
    bucket = Bucket()
    bucket.put("a")
    put = bucket.call.outcome("PutObject", Bucket="files", Key="b", ACL=canned)
    later = bucket.call.outcome("PutObjectAcl", Bucket="files", Key="a", ACL=canned)
    assert (put[0], later[0]) == (code, code)


@pytest.mark.aws(
    "ACLs that give the bucket's owner full control are accepted in XML, too.",
    source=OWNERSHIP,
    service="s3",
)
def test_the_owners_own_list_may_be_written_out() -> None:
    """As an old program does that sends back what it has read."""
    bucket = Bucket()
    bucket.put("a")
    own = bucket("GetObjectAcl", Key="a")

    bucket("PutObjectAcl", Key="a", AccessControlPolicy=own)
    bucket("PutBucketAcl", AccessControlPolicy=own)

    assert bucket("GetObjectAcl", Key="a") == own


@pytest.mark.aws(
    "Where ACLs are disabled, a read of one shows full control for the bucket owner alone; when they "
    "are enabled again, those from before are restored.",
    source=OWNERSHIP,
    service="s3",
)
def test_lists_that_are_disabled_are_neither_shown_nor_forgotten() -> None:
    """Of an object: a bucket's own list would have to go before."""
    bucket = open_bucket()
    bucket.put("a", ACL="public-read")
    before = bucket("GetObjectAcl", Key="a")

    own_everything(bucket, "BucketOwnerEnforced")
    assert [grant["Permission"] for grant in bucket("GetObjectAcl", Key="a")["Grants"]] == [
        "FULL_CONTROL"
    ]
    own_everything(bucket, "ObjectWriter")

    assert len(before["Grants"]) == 2
    assert bucket("GetObjectAcl", Key="a") == before


@pytest.mark.aws(
    "A bucket whose ACL grants permissions to others cannot be bucket owner enforced: "
    "InvalidBucketAclWithObjectOwnership.",
    source=GUIDE + "object-ownership-error-responses.html",
    service="s3",
)
def test_a_bucket_with_a_list_for_others_cannot_be_enforced() -> None:
    """When it is made, and later."""
    code = "InvalidBucketAclWithObjectOwnership"
    bucket = open_bucket()
    bucket("PutBucketAcl", ACL="public-read")
    controls = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}

    later = bucket.refusal("PutBucketOwnershipControls", OwnershipControls=controls)
    made = bucket.call.refusal("CreateBucket", Bucket="other", ACL="public-read")

    assert (made.code, later.code) == (code, code)
    bucket("PutBucketAcl", ACL="private")
    bucket("PutBucketOwnershipControls", OwnershipControls=controls)


def open_bucket() -> Bucket:
    """Return a bucket that takes every list."""
    bucket = Bucket(ObjectOwnership="ObjectWriter")
    bucket("DeletePublicAccessBlock")
    return bucket


def own_everything(bucket: Bucket, ownership: str) -> None:
    rules = [{"ObjectOwnership": ownership}]
    bucket("PutBucketOwnershipControls", OwnershipControls={"Rules": rules})


@pytest.mark.aws(
    "A new bucket or object has a default ACL, with an owner and one grant, of full control for the "
    "owner.",
    source=GUIDE + "acl-overview.html",
    service="s3",
)
def test_a_new_list_gives_the_owner_full_control() -> None:
    """Of a bucket and of an object."""
    bucket = Bucket(ObjectOwnership="ObjectWriter")
    bucket.put("a")

    for control in (bucket("GetObjectAcl", Key="a"), bucket("GetBucketAcl")):
        (grant,) = control["Grants"]
        assert grant["Permission"] == "FULL_CONTROL"
        assert grant["Grantee"]["ID"] == control["Owner"]["ID"]


@pytest.mark.aws(
    "With BlockPublicAcls, PutBucketAcl and PutObjectAcl fail if the ACL is public, and PutObject if "
    "the request includes a public ACL.",
    source=PUBLIC,
    service="s3",
)
@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("PutBucketAcl", {}),
        ("PutObjectAcl", {"Key": "a"}),
        ("PutObject", {"Key": "a"}),
        ("CopyObject", {"Key": "b", "CopySource": "files/a"}),
        ("CreateMultipartUpload", {"Key": "a"}),
    ],
)
@pytest.mark.parametrize("canned", ["public-read", "authenticated-read"])
def test_a_public_list_is_blocked(operation: str, parameters: dict[str, Any], canned: str) -> None:
    """However an object is written."""
    bucket = Bucket(ObjectOwnership="ObjectWriter")
    bucket.put("a")

    assert bucket.refusal(operation, ACL=canned, **parameters).code == "AccessDenied"

    bucket("DeletePublicAccessBlock")
    bucket(operation, ACL=canned, **parameters)


@pytest.mark.aws(
    "GetBucketAcl and GetObjectAcl return the permissions in force: with IgnorePublicAcls, without "
    "those for the public.",
    source=PUBLIC,
    service="s3",
)
def test_a_public_list_may_be_ignored() -> None:
    """Until it no longer is."""
    bucket = open_bucket()
    bucket.put("a", ACL="public-read")
    bucket("PutBucketAcl", ACL="public-read")

    def permissions() -> list[list[str]]:
        lists = (bucket("GetObjectAcl", Key="a"), bucket("GetBucketAcl"))
        return [[grant["Permission"] for grant in control["Grants"]] for control in lists]

    bucket("PutPublicAccessBlock", PublicAccessBlockConfiguration={"IgnorePublicAcls": True})
    assert permissions() == [["FULL_CONTROL"]] * 2
    bucket("DeletePublicAccessBlock")
    assert permissions() == [["FULL_CONTROL", "READ"]] * 2


def test_where_lists_are_taken_they_are_given_back() -> None:
    """Of buckets and of objects."""
    bucket = open_bucket()
    bucket.put("a")
    bucket("PutObjectAcl", Key="a", ACL="public-read")
    bucket("PutBucketAcl", GrantRead=f'uri="{ALL_USERS}"')

    grant = {"Grantee": {"Type": "Group", "URI": ALL_USERS}, "Permission": "READ"}
    assert bucket("GetObjectAcl", Key="a")["Grants"][1] == grant
    assert bucket("GetBucketAcl")["Grants"] == [grant]
    both = bucket.refusal("PutBucketAcl", ACL="private", GrantRead=f"uri={ALL_USERS}")
    assert both.message == "Specifying both Canned ACLs and Header Grants is not allowed"


@pytest.mark.aws(
    "An explicit deny in an identity-based or a resource-based policy overrides the allow.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("action", "operation", "parameters"),
    [
        ("s3:GetObject", "GetObject", {"Key": "a"}),
        ("s3:PutObject", "PutObject", {"Key": "a", "Body": b""}),
        ("s3:PutObject", "CopyObject", {"Key": "a", "CopySource": "files/b"}),
        ("s3:DeleteObject", "DeleteObject", {"Key": "a"}),
        ("s3:Delete*", "DeleteObject", {"Key": "a"}),
    ],
)
def test_what_is_denied_to_everybody_is_denied(
    action: str, operation: str, parameters: dict[str, Any]
) -> None:
    """Of this object; other keys are not concerned, nor is anything under a condition."""
    bucket = Bucket()
    bucket.put("a")
    bucket.put("b")
    bucket("PutBucketPolicy", Policy=policy("Deny", action, "arn:aws:s3:::files/a"))

    error = bucket.refusal(operation, **parameters)
    bucket(operation, **parameters | {"Key": "b"} | _moved(parameters))
    condition = {"Bool": {"aws:SecureTransport": "false"}}
    bucket("PutBucketPolicy", Policy=policy("Deny", action, "*", Condition=condition))
    bucket(operation, **parameters)

    assert error.code == "AccessDenied"
    assert error.message.endswith("with an explicit deny in a resource-based policy")


def _moved(parameters: dict[str, Any]) -> dict[str, Any]:
    return {"CopySource": "files/a"} if "CopySource" in parameters else {}


@pytest.mark.aws(
    "A batch of deletes tells of each one that the policy denies.",
    source=VERIFIED + "test_s3_bucket_policy.py",
    service="s3",
)
def test_a_batch_tells_of_what_is_denied() -> None:
    """The others are deleted."""
    bucket = Bucket()
    bucket("PutBucketPolicy", Policy=policy("Deny", "s3:DeleteObject", "arn:aws:s3:::files/a"))
    output = bucket(
        "DeleteObjects", Delete={"Objects": [{"Key": "a"}, {"Key": "b"}], "Quiet": True}
    )
    assert [(one["Key"], one["Code"]) for one in output.pop("Errors")] == [("a", "AccessDenied")]
    assert output == {}


@pytest.mark.aws(
    "With BlockPublicPolicy, a call of PutBucketPolicy is rejected if the policy allows public access.",
    source=PUBLIC,
    service="s3",
)
def test_a_public_policy_is_blocked_until_that_is_taken_away() -> None:
    """Its status says that it is one."""
    bucket = Bucket()
    everybody = policy("Allow", "s3:GetObject", "arn:aws:s3:::files/*")
    assert bucket.refusal("PutBucketPolicy", Policy=everybody).code == "AccessDenied"

    bucket("DeletePublicAccessBlock")
    bucket("PutBucketPolicy", Policy=everybody)

    assert bucket("GetBucketPolicyStatus") == {"PolicyStatus": {"IsPublic": True}}


ACCESS_POINTS = "arn:aws:s3:us-west-2:{}:accesspoint/*"


@pytest.mark.aws(
    "A policy is taken for public unless it grants access only to fixed principals, or under a "
    "condition with fixed values of where the request comes from or for whom.",
    source=PUBLIC,
    service="s3",
)
@pytest.mark.parametrize(
    ("more", "is_public"),
    [
        ({}, True),
        ({"Principal": {"AWS": ["arn:aws:iam::123456789012:root", "*"]}}, True),
        ({"Principal": {"AWS": "arn:aws:iam::123456789012:root"}}, False),
        ({"Principal": {"Service": "cloudtrail.amazonaws.com"}}, False),
        ({"Condition": {"StringLike": {"aws:SourceVpc": "vpc-*"}}}, True),
        ({"Condition": {"StringEquals": {"aws:SourceVpc": "vpc-91237329"}}}, False),
        ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, True),
        ({"Condition": {"StringEquals": {"s3:x-amz-acl": "private"}}}, True),
        ({"Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-91237329"}}}, True),
        ({"Condition": {"StringEquals": {"aws:userid": "${aws:userid}"}}}, True),
        ({"Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "2001:db8::/32"]}}}, False),
        ({"Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}}, True),
        ({"Condition": {"IpAddress": {"aws:SourceIp": "2001::/16"}}}, True),
        ({"Condition": {"ArnLike": {"s3:DataAccessPointArn": ACCESS_POINTS.format("1")}}}, False),
        ({"Condition": {"ArnLike": {"s3:DataAccessPointArn": ACCESS_POINTS.format("*")}}}, True),
    ],
)
def test_a_policy_is_public_unless_it_says_for_whom_it_is(
    more: dict[str, Any], *, is_public: bool
) -> None:
    """Its status says so."""
    bucket = open_bucket()
    bucket("PutBucketPolicy", Policy=policy("Allow", "s3:PutObject", "*", **more))
    assert bucket("GetBucketPolicyStatus") == {"PolicyStatus": {"IsPublic": is_public}}


@pytest.mark.aws(
    "S3 encrypts with keys of its own by default, and can be told to use other key options.",
    source=API + "PutObject.html",
    service="s3",
)
@pytest.mark.aws(
    "Objects that SSE-KMS encrypts have ETags that are not an MD5 digest of their object data.",
    source=API + "Object.html",
    service="s3",
)
def test_an_object_says_how_it_is_encrypted() -> None:
    """With the key's ARN."""
    bucket = Bucket()
    plain = bucket.put("a", b"x")
    asked = bucket.put("b", b"x", ServerSideEncryption="aws:kms", SSEKMSKeyId="k")
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "k"}
    rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
    bucket("PutBucketEncryption", ServerSideEncryptionConfiguration={"Rules": [rule]})
    by_default = bucket.put("c", b"x")

    key = "arn:aws:kms:us-east-1:123456789012:key/k"
    assert plain["ServerSideEncryption"] == "AES256"
    assert (asked["ServerSideEncryption"], asked["SSEKMSKeyId"]) == ("aws:kms", key)
    assert bucket("HeadObject", Key="c")["BucketKeyEnabled"] is True
    assert by_default["SSEKMSKeyId"] == key
    assert asked["ETag"] != plain["ETag"]
    assert bucket("GetBucketEncryption") == {
        "ServerSideEncryptionConfiguration": {"Rules": [rule]}
    }


@pytest.mark.parametrize(
    "parameters",
    [{"ServerSideEncryption": "rot13"}, {"SSEKMSKeyId": "k"},
     {"ServerSideEncryption": "AES256", "SSEKMSKeyId": "k"}],
)  # fmt: skip
def test_an_encryption_that_cannot_be_is_refused(parameters: dict[str, str]) -> None:
    """A key needs KMS."""
    assert Bucket().refusal("PutObject", Key="a", **parameters).code == "InvalidArgument"


OWNER = {"ID": "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"}
NOBODY = {"ID": "wrong-id"}
NO_GROUP = "http://acs.amazonaws.com/groups/s3/FakeGroup"
LOG_DELIVERY = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}
MALFORMED_ACL: tuple[str, str, dict[str, str]] = (
    "MalformedACLError",
    "The XML you provided was not well-formed or did not validate against our published schema",
    {},
)


def acl_of(grantee: dict[str, str], permission: str = "FULL_CONTROL", **more: Any) -> Any:
    """Return a list with one grant."""
    return {"Owner": OWNER, "Grants": [{"Grantee": grantee, "Permission": permission}], **more}


def refused(code: str, message: str, name: str, value: str) -> tuple[str, str, dict[str, str]]:
    return code, message, {"ArgumentName": name, "ArgumentValue": value}


@pytest.mark.aws(
    "A list without an owner, or with a permission or a type of grantee that there is not, is "
    "malformed; ids of users and URIs of groups that there are not are refused.",
    source=OBJECTS,
    service="s3",
)
@pytest.mark.parametrize(
    ("policy", "refusal"),
    [
        ({}, MALFORMED_ACL),
        ({"Grants": []}, MALFORMED_ACL),
        ({"Owner": OWNER}, MALFORMED_ACL),
        ({"Owner": OWNER, "Grants": [{"Permission": "READ"}]}, MALFORMED_ACL),
        (acl_of(LOG_DELIVERY, "WRONG-PERMISSION"), MALFORMED_ACL),
        (acl_of({"Type": "BadType", **NOBODY}), MALFORMED_ACL),
        (
            acl_of(LOG_DELIVERY, Owner=NOBODY),
            refused("InvalidArgument", "Invalid id", "CanonicalUser/ID", "wrong-id"),
        ),
        (
            acl_of({"Type": "Group", "URI": NO_GROUP}),
            refused("InvalidArgument", "Invalid group uri", "Group/URI", NO_GROUP),
        ),
        (
            acl_of({"Type": "CanonicalUser", **NOBODY}),
            refused("InvalidArgument", "Invalid id", "CanonicalUser/ID", "wrong-id"),
        ),
    ],
)
def test_a_whole_list_is_checked(policy: Any, refusal: Any) -> None:
    """Before anything changes."""
    bucket = Bucket(ObjectOwnership="ObjectWriter")
    before = bucket("GetBucketAcl")

    error = bucket.refusal("PutBucketAcl", AccessControlPolicy=policy)

    assert (error.code, error.message, error.error_fields) == refusal
    assert bucket("GetBucketAcl") == before


@pytest.mark.aws(
    "A request that asks for no list misses the header x-amz-acl; one with a whole list takes no "
    "header.",
    source=OBJECTS,
    service="s3",
)
@pytest.mark.parametrize("operation", ["PutBucketAcl", "PutObjectAcl"])
def test_a_list_is_asked_for_in_one_way(operation: str) -> None:
    """Of a bucket and of an object alike."""
    bucket = Bucket(ObjectOwnership="ObjectWriter")
    bucket.put("a")
    names = {"Key": "a"} if operation == "PutObjectAcl" else {}
    grantee = {"Type": "CanonicalUser", **OWNER}

    none = bucket.refusal(operation, **names)
    both = bucket.refusal(operation, ACL="private", AccessControlPolicy=acl_of(grantee), **names)

    assert (none.code, none.message, none.error_fields) == (
        "MissingSecurityHeader",
        "Your request was missing a required header",
        {"MissingHeaderName": "x-amz-acl"},
    )
    assert (both.code, both.message, both.status) == (
        "UnexpectedContent",
        "This request does not support content",
        400,
    )


@pytest.mark.aws(
    "A grant in a header that names nobody is refused with the header's part that is wrong.",
    source=OBJECTS,
    service="s3",
)
@pytest.mark.parametrize(
    ("grant", "refusal"),
    [
        (
            f'uri="{NO_GROUP}"',
            refused("InvalidArgument", "Invalid group uri", "uri", NO_GROUP),
        ),
        ('id="wrong-id"', refused("InvalidArgument", "Invalid id", "id", "wrong-id")),
        (
            'fakekey="1234"',
            refused(
                "InvalidArgument",
                "Argument format not recognized",
                "x-amz-grant-write",
                'fakekey="1234"',
            ),
        ),
    ],
)
def test_a_header_names_a_grantee_that_there_can_be(grant: str, refusal: Any) -> None:
    """And in a form that is known."""
    bucket = Bucket(ObjectOwnership="ObjectWriter")
    error = bucket.refusal("PutBucketAcl", GrantWrite=grant)
    assert (error.code, error.message, error.error_fields) == refusal
