"""Parts of a bucket's configuration of which there are many, and replication."""

from typing import Any

import pytest

from harness.tests.services.s3.buckets import GUIDE, RECORDED, Bucket

ELSEWHERE = {"S3BucketDestination": {"Bucket": "arn:aws:s3:::reports", "Format": "CSV"}}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "Inventory": {
        "Destination": ELSEWHERE,
        "IsEnabled": True,
        "IncludedObjectVersions": "All",
        "Schedule": {"Frequency": "Daily"},
        "OptionalFields": ["Size", "ETag"],
    },
    "Analytics": {
        "StorageClassAnalysis": {
            "DataExport": {"OutputSchemaVersion": "V_1", "Destination": ELSEWHERE}
        }
    },
    "Metrics": {"Filter": {"Prefix": "a/"}},
    "IntelligentTiering": {
        "Status": "Enabled",
        "Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}],
    },
}


def put(bucket: Bucket, noun: str, name: str, **changes: Any) -> str:
    document = {"Id": name, **DOCUMENTS[noun], **changes}
    outcome = bucket.call.outcome(
        f"PutBucket{noun}Configuration",
        Bucket="files",
        Id=name,
        **{f"{noun}Configuration": document},
    )
    return outcome[0]


@pytest.mark.aws(
    "Inventories, analyses and tierings are kept by id and listed by it; one that is not there is a "
    "404.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
@pytest.mark.aws(
    "Request metrics are kept by id; those that are not there are a 404 for the getter and the "
    "deletion.",
    source=RECORDED + "test_s3_api.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize("noun", list(DOCUMENTS))
def test_a_configuration_has_an_id(noun: str) -> None:
    """Putting the same id again replaces it."""
    bucket = Bucket()
    name = f"{noun}Configuration"
    assert f"{name}List" not in bucket(f"ListBucket{name}s")
    assert put(bucket, noun, "b") == put(bucket, noun, "a") == put(bucket, noun, "a") == "ok"

    listed = bucket(f"ListBucket{name}s")
    assert [document["Id"] for document in listed[f"{name}List"]] == ["a", "b"]
    assert listed["IsTruncated"] is False
    assert bucket(f"GetBucket{name}", Id="a")[name] == {"Id": "a", **DOCUMENTS[noun]}

    bucket(f"DeleteBucket{name}", Id="a")
    for operation in ("Get", "Delete"):
        error = bucket.refusal(f"{operation}Bucket{name}", Id="a")
        assert (error.code, error.status) == ("NoSuchConfiguration", 404)
        assert error.message == "The specified configuration does not exist."


@pytest.mark.aws(
    "Document ID does not match the specified configuration ID.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
@pytest.mark.divergence(
    peer="moto",
    service="s3",
    theirs="An inventory is kept under the id in its document, whatever the request says.",
    ours="IdMismatch",
    aws="Document ID does not match the specified configuration ID.",
    source=RECORDED + "test_s3.snapshot.json",
    right="ours",
)
def test_a_document_has_the_id_of_its_request() -> None:
    """Nothing is kept otherwise."""
    bucket = Bucket()
    document = {"Id": "b", **DOCUMENTS["Inventory"]}
    refused = bucket.refusal(
        "PutBucketInventoryConfiguration", Id="a", InventoryConfiguration=document
    )
    assert (refused.code, refused.message) == (
        "IdMismatch",
        "Document ID does not match the specified configuration ID.",
    )
    assert "InventoryConfigurationList" not in bucket("ListBucketInventoryConfigurations")


@pytest.mark.parametrize(
    ("noun", "changes", "code"),
    [
        ("Inventory", {"Schedule": {"Frequency": "Hourly"}}, "MalformedXML"),
        ("Inventory", {"OptionalFields": ["Colour"]}, "MalformedXML"),
        (
            "Inventory",
            {"Destination": {"S3BucketDestination": {"Bucket": "reports", "Format": "CSV"}}},
            "InvalidS3DestinationBucket",
        ),
        (
            "Analytics",
            {
                "StorageClassAnalysis": {
                    "DataExport": {"OutputSchemaVersion": "V_2", "Destination": ELSEWHERE}
                }
            },
            "MalformedXML",
        ),
        (
            "Metrics",
            {"Filter": {"Prefix": "a", "Tag": {"Key": "k", "Value": "v"}}},
            "MalformedXML",
        ),
        ("IntelligentTiering", {"Status": "On"}, "MalformedXML"),
        (
            "IntelligentTiering",
            {"Tierings": [{"Days": 89, "AccessTier": "ARCHIVE_ACCESS"}]},
            "InvalidArgument",
        ),
    ],
)
def test_a_document_is_checked(noun: str, changes: dict[str, Any], code: str) -> None:
    """Before it is kept."""
    bucket = Bucket()
    assert put(bucket, noun, "a", **changes) == code
    assert f"{noun}ConfigurationList" not in bucket(f"ListBucket{noun}Configurations")


def test_a_list_has_pages_of_a_hundred() -> None:
    """The token goes on behind the last."""
    bucket = Bucket()
    for number in range(101):
        put(bucket, "Metrics", f"{number:03}")
    first = bucket("ListBucketMetricsConfigurations")
    token = first["NextContinuationToken"]
    second = bucket("ListBucketMetricsConfigurations", ContinuationToken=token)

    assert (len(first["MetricsConfigurationList"]), first["IsTruncated"]) == (100, True)
    assert [each["Id"] for each in second["MetricsConfigurationList"]] == ["100"]
    error = bucket.refusal("ListBucketMetricsConfigurations", ContinuationToken="nonsense")
    assert error.code == "InvalidArgument"


def replicate(bucket: Bucket, *rules: dict[str, Any]) -> Any:
    configuration = {"Role": "arn:aws:iam::123456789012:role/copies", "Rules": list(rules)}
    return bucket.call.outcome(
        "PutBucketReplication", Bucket="files", ReplicationConfiguration=configuration
    )


def a_rule(**changes: Any) -> dict[str, Any]:
    rule = {"Status": "Enabled", "Prefix": "", "Destination": {"Bucket": "arn:aws:s3:::copies"}}
    return {**rule, **changes}


def a_source_and_a_destination() -> Bucket:
    bucket = Bucket(versioned=True)
    bucket.call("CreateBucket", Bucket="copies")
    bucket.call(
        "PutBucketVersioning", Bucket="copies", VersioningConfiguration={"Status": "Enabled"}
    )
    return bucket


@pytest.mark.aws(
    "A replication configuration is given back with an id for every rule, until it is deleted.",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_a_replication_is_kept_and_given_back() -> None:
    """Nothing is copied here."""
    bucket = a_source_and_a_destination()
    assert replicate(bucket, a_rule(ID="mine"), a_rule(Prefix="b/"))[0] == "ok"

    shown = bucket("GetBucketReplication")["ReplicationConfiguration"]

    assert shown["Rules"][0] == a_rule(ID="mine")
    assert shown["Rules"][1]["ID"]
    bucket("DeleteBucketReplication")
    error = bucket.refusal("GetBucketReplication")
    assert (error.code, error.status) == ("ReplicationConfigurationNotFoundError", 404)
    assert error.message == "The replication configuration was not found"
    bucket("DeleteBucketReplication")


@pytest.mark.aws(
    "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    source=RECORDED + "test_s3.snapshot.json",
    service="s3",
)
def test_a_source_has_versions() -> None:
    """The error does not name the bucket."""
    error = Bucket().refusal(
        "PutBucketReplication", ReplicationConfiguration={"Role": "r", "Rules": [a_rule()]}
    )
    assert (error.code, error.message, error.error_fields) == (
        "InvalidRequest",
        "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
        {},
    )


@pytest.mark.aws(
    "Both source and destination buckets must have versioning enabled.",
    source=GUIDE + "replication-requirements.html",
    service="s3",
)
@pytest.mark.aws(
    "A rule's destination is the ARN of a bucket.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Destination.html",
    service="s3",
)
@pytest.mark.aws(
    "A rule's status is Enabled or Disabled.",
    source=GUIDE + "replication-add-config.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"Destination": {"Bucket": "copies"}}, "Invalid bucket ARN"),
        (
            {"Destination": {"Bucket": "arn:aws:s3:::none"}},
            "Destination bucket must have versioning enabled.",
        ),
        (
            {"Destination": {"Bucket": "arn:aws:s3:::plain"}},
            "Destination bucket must have versioning enabled.",
        ),
        ({"Status": "On"}, "The XML you provided was not well-formed"),
        ({"Filter": {"Prefix": "a"}}, "The XML you provided was not well-formed"),
    ],
)
@pytest.mark.divergence(
    peer="moto",
    service="s3",
    theirs="Destinations are not looked at.",
    ours="InvalidRequest, unless the destination has versions.",
    aws="Both source and destination buckets must have versioning enabled.",
    source=GUIDE + "replication-requirements.html",
    right="ours",
)
def test_a_rule_of_replication_is_checked(changes: dict[str, Any], message: str) -> None:
    """Nothing is kept of a configuration with a wrong rule."""
    bucket = a_source_and_a_destination()
    bucket.call("CreateBucket", Bucket="plain")

    assert replicate(bucket, a_rule(), a_rule(**changes))[1].startswith(message)

    assert bucket.refusal("GetBucketReplication").code.startswith("Replication")


@pytest.mark.aws(
    "A rule with a Filter must also have DeleteMarkerReplication, Status and Priority.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html",
    service="s3",
)
def test_a_filtered_rule_says_its_priority() -> None:
    """And what becomes of delete markers; a bucket of another account is not looked for."""
    bucket = a_source_and_a_destination()
    elsewhere = {"Bucket": "arn:aws:s3:::theirs", "Account": "210987654321"}
    rule = {"Status": "Enabled", "Filter": {"Prefix": "a"}, "Destination": elsewhere}

    assert "Priority must be specified" in replicate(bucket, rule)[1]
    assert "DeleteMarkerReplication must be" in replicate(bucket, {**rule, "Priority": 1})[1]
    complete = {**rule, "Priority": 1, "DeleteMarkerReplication": {"Status": "Disabled"}}
    assert replicate(bucket, complete)[0] == "ok"
    assert replicate(bucket)[0] == "MalformedXML"
