"""Notification configurations, which events they want, and the event itself."""

from typing import Any

import pytest

from harness.errors import UnsupportedError
from harness.services.base.identity import Identity
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.notifications import Notification, event_record, matching
from harness.services.s3.service import S3
from harness.tests.services.calling import START, Caller

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:load"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:uploads"


def to_function(*events: str, identifier: str = "", **rules: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "LambdaFunctionArn": FUNCTION,
        "Events": [f"s3:{event}" for event in events],
    }
    if identifier:
        entry["Id"] = identifier
    if rules:
        listed = [{"Name": name, "Value": value} for name, value in rules.items()]
        entry["Filter"] = {"Key": {"FilterRules": listed}}
    return entry


def configured(*functions: dict[str, Any], **more: Any) -> tuple[str, Any, Caller[S3]]:
    call = Caller(S3)
    call("CreateBucket", Bucket="files")
    configuration = {"LambdaFunctionConfigurations": list(functions), **more}
    code, message = call.outcome(
        "PutBucketNotificationConfiguration",
        Bucket="files",
        NotificationConfiguration=configuration,
    )
    return code, message, call


def refusal(function: dict[str, Any], **more: Any) -> Any:
    call = Caller(S3)
    call("CreateBucket", Bucket="files")
    configuration = {"LambdaFunctionConfigurations": [function]}
    return call.refusal(
        "PutBucketNotificationConfiguration",
        Bucket="files",
        NotificationConfiguration=configuration,
        **more,
    )


@pytest.mark.aws(
    "Putting a configuration replaces the one before; an empty one turns notifications off.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html",
    service="s3",
)
def test_a_configuration_is_given_back_with_ids_and_capitalised_rule_names() -> None:
    """Rule names are taken in any case, and an empty configuration removes everything."""
    entry = to_function("ObjectCreated:*", PREFIX="scores/", suffix=".csv")
    queue = {"Id": "q", "QueueArn": QUEUE, "Events": ["s3:ObjectRemoved:*"]}
    _, _, call = configured(entry, QueueConfigurations=[queue])

    output = call("GetBucketNotificationConfiguration", Bucket="files")

    (function,) = output["LambdaFunctionConfigurations"]
    assert len(function["Id"]) == 36
    assert function["Filter"]["Key"]["FilterRules"] == [
        {"Name": "Prefix", "Value": "scores/"},
        {"Name": "Suffix", "Value": ".csv"},
    ]
    assert output["QueueConfigurations"] == [queue]
    other = {"QueueConfigurations": [queue]}
    call("PutBucketNotificationConfiguration", Bucket="files", NotificationConfiguration=other)
    assert call("GetBucketNotificationConfiguration", Bucket="files") == other
    call("PutBucketNotificationConfiguration", Bucket="files", NotificationConfiguration={})
    assert call("GetBucketNotificationConfiguration", Bucket="files") == {}


@pytest.mark.aws(
    "Two rules for one event type may not overlap in prefix and suffix.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("one", "other", "is_ambiguous"),
    [
        ({"prefix": "a"}, {"prefix": "b"}, False),
        ({"prefix": "a"}, {"prefix": "ab"}, True),
        ({"prefix": "a", "suffix": ".csv"}, {"prefix": "a", "suffix": ".gz"}, False),
        ({"prefix": "a", "suffix": ".gz"}, {"prefix": "a", "suffix": ".csv.gz"}, True),
        ({"suffix": ".csv"}, {"prefix": "a"}, True),
        ({}, {}, True),
    ],
)
def test_prefixes_may_overlap_only_where_suffixes_do_not(
    one: dict[str, str], other: dict[str, str], *, is_ambiguous: bool
) -> None:
    """Among configurations that share an event type."""
    shared = configured(
        to_function("ObjectCreated:*", **one), to_function("ObjectCreated:Put", **other)
    )
    apart = configured(
        to_function("ObjectCreated:Copy", **one), to_function("ObjectCreated:Put", **other)
    )

    assert apart[0] == "ok"
    if is_ambiguous:
        assert shared[:2] == (
            "InvalidArgument",
            (
                "Configuration is ambiguously defined. Cannot have overlapping suffixes in two "
                "rules if the prefixes are overlapping for the same event type."
            ),
        )
    else:
        assert shared[0] == "ok"


@pytest.mark.aws(
    "A filter rule's name is prefix or suffix.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3_notifications_sqs.snapshot.json",
    service="s3",
)
def test_a_rule_is_a_prefix_or_a_suffix() -> None:
    """Nothing else."""
    refused = refusal(to_function("ObjectCreated:*", INVALID="x"))
    assert (refused.code, refused.message, refused.error_fields) == (
        "InvalidArgument",
        "filter rule name must be either prefix or suffix",
        {"ArgumentName": "FilterRule.Name", "ArgumentValue": "INVALID"},
    )


@pytest.mark.aws(
    "A destination's ARN that cannot be parsed is an InvalidArgument, though it is not looked for.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3_notifications_lambda.snapshot.json",
    service="s3",
)
@pytest.mark.parametrize("arn", ["load", "arn:aws:sqs:us-east-1:123456789012:q"])
@pytest.mark.parametrize("more", [{}, {"SkipDestinationValidation": True}])
def test_an_arn_must_be_one_of_its_service(arn: str, more: dict[str, bool]) -> None:
    """A queue's is no function's."""
    refused = refusal(to_function("ObjectCreated:*") | {"LambdaFunctionArn": arn}, **more)
    assert (refused.code, refused.message, refused.error_fields) == (
        "InvalidArgument",
        "The ARN could not be parsed",
        {"ArgumentName": "CloudFunction", "ArgumentValue": arn},
    )


@pytest.mark.aws(
    "FIFO queues are not supported as destinations of event notifications.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html",
    service="s3",
)
def test_a_fifo_queue_is_refused_and_a_topic_is_not_modelled() -> None:
    """S3 knows no FIFO destinations, and we no topics."""
    entry = {"QueueArn": QUEUE + ".fifo", "Events": ["s3:ObjectCreated:*"]}
    assert configured(QueueConfigurations=[entry])[0] == "InvalidArgument"

    topic = {"TopicArn": "arn:aws:sns:us-east-1:123456789012:t", "Events": ["s3:ObjectCreated:*"]}
    with pytest.raises(UnsupportedError, match="'TopicConfigurations' is not modelled"):
        configured(TopicConfigurations=[topic])


@pytest.mark.aws(
    "In a filter's prefix and suffix a space is a plus sign, and other special characters are "
    "URL-encoded.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("event_name", "object_key", "is_wanted"),
    [
        ("ObjectCreated:Put", "my files/a.csv", True),
        ("ObjectCreated:Copy", "my files/a.csv", True),
        ("ObjectRemoved:Delete", "my files/a.csv", False),
        ("ObjectCreated:Put", "my+files/a.csv", False),
        ("ObjectCreated:Put", "my files/a.csv.gz", False),
    ],
)
def test_a_notification_wants_events_of_its_kind_about_keys_it_names(
    event_name: str, object_key: str, *, is_wanted: bool
) -> None:
    """A filter is form-url-encoded: its ``+`` is a space."""
    wanted = Notification("id", "lambda", FUNCTION, ("s3:ObjectCreated:*",), "my+files/", ".csv")

    assert matching([wanted], event_name, object_key) == ([wanted] if is_wanted else [])

    encoded = Notification("id", "lambda", FUNCTION, ("s3:ObjectCreated:*",), "a%26b%2B/", "")
    assert matching([encoded], "ObjectCreated:Put", "a&b+/c") == [encoded]


@pytest.mark.aws(
    "The key in an event is URL-encoded, a space as a plus sign.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html",
    service="s3",
)
def test_the_event_says_what_aws_s_event_says() -> None:
    """The key is form-url-encoded with its slashes kept; the ETag has no quotes."""
    change = ObjectCreated("files", "a b/ü+@.csv", 7, "abc", "00AA", None, "ObjectCreated:Put")

    record = event_record(
        change,
        configuration_id="load",
        identity=Identity(),
        now=START,
        request_id="R",
        host_id="H",
    )

    assert record == {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "us-east-1",
        "eventTime": "2026-01-05T09:00:00.000Z",
        "eventName": "ObjectCreated:Put",
        "userIdentity": {"principalId": "AWS:AIDAIENQZJOLO23YVJ4VO"},
        "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "responseElements": {"x-amz-request-id": "R", "x-amz-id-2": "H"},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "load",
            "bucket": {
                "name": "files",
                "ownerIdentity": {"principalId": "A3NL1KOZZKExample"},
                "arn": "arn:aws:s3:::files",
            },
            "object": {
                "key": "a+b/%C3%BC%2B%40.csv",
                "size": 7,
                "eTag": "abc",
                "sequencer": "00AA",
            },
        },
    }


@pytest.mark.aws(
    "The event of an object that is deleted has a sequencer, and no size and no eTag.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/s3/test_s3_notifications_sqs.snapshot.json",
    service="s3",
)
def test_the_event_of_a_removal_has_no_size_and_no_etag() -> None:
    """But a version, where versions are kept."""
    assert object_of_removal("Delete") == {"key": "a", "versionId": "v1", "sequencer": "00AA"}


@pytest.mark.aws(
    "The event of a delete marker has no size, and the eTag of no content.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html",
    service="s3",
)
def test_the_event_of_a_delete_marker_has_the_etag_of_no_content() -> None:
    """As an object without content would have."""
    assert object_of_removal("DeleteMarkerCreated") == {
        "key": "a",
        "eTag": "d41d8cd98f00b204e9800998ecf8427e",
        "versionId": "v1",
        "sequencer": "00AA",
    }


def object_of_removal(kind: str) -> Any:
    change = ObjectRemoved("files", "a", "00AA", "v1", f"ObjectRemoved:{kind}")
    record = event_record(
        change, configuration_id="x", identity=Identity(), now=START, request_id="R", host_id="H"
    )
    return record["s3"]["object"]
