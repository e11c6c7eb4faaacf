"""What S3 finds wrong with lifecycle rules, and how it says so."""

from typing import Any

import pytest

from harness.tests.services.s3.buckets import API, GUIDE, Bucket

PUT = API + "PutBucketLifecycleConfiguration.html"
ELEMENTS = GUIDE + "intro-lifecycle-rules.html"
EXPIRING: dict[str, Any] = {"Expiration": {"Days": 40}}
SIZE: dict[str, Any] = {"Filter": {"ObjectSizeGreaterThan": 5}}
TAG: dict[str, Any] = {"Filter": {"Tag": {"Key": "k", "Value": "v"}}}


def put(*rules: dict[str, Any]) -> tuple[str, Any]:
    written = [
        {"Status": "Enabled", **({} if "Prefix" in rule else {"Filter": {}}), **rule}
        for rule in rules
    ]
    outcome: tuple[str, Any] = Bucket().call.outcome(
        "PutBucketLifecycleConfiguration",
        Bucket="files",
        LifecycleConfiguration={"Rules": written},
    )
    return outcome


def moving(*days_and_classes: tuple[int, str]) -> dict[str, Any]:
    return {
        "Transitions": [{"Days": days, "StorageClass": name} for days, name in days_and_classes]
    }


def noncurrent(days: int, **more: int) -> dict[str, Any]:
    return {"NoncurrentVersionExpiration": {"NoncurrentDays": days, **more}}


@pytest.mark.aws(
    "A single rule cannot move objects on before the minimum storage duration of their class: from "
    "GLACIER_IR, into which they came after 4 days, only after 94.",
    source=GUIDE + "lifecycle-transition-general-considerations.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            moving((4, "GLACIER_IR"), (93, "DEEP_ARCHIVE")),
            (
                "'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' for filter"
                " '(prefix=)' must be 90 days more than in the 'Transition' action for StorageClass"
                " 'GLACIER_IR'"
            ),
        ),
        (
            moving((40, "GLACIER"), (11, "STANDARD_IA")),
            (
                "'Days' in the 'Transition' action for StorageClass 'GLACIER' for filter '(prefix=)'"
                " must be 30 days more than in the 'Transition' action for StorageClass 'STANDARD_IA'"
            ),
        ),
        (
            moving((1, "GLACIER"), (2, "GLACIER")),
            (
                "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter"
                " '(prefix=)'"
            ),
        ),
        (
            EXPIRING | {"Transitions": [{"Date": "2027-01-01", "StorageClass": "GLACIER"}]},
            (
                "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle"
                " rule for filter '(prefix=)'"
            ),
        ),
        (
            EXPIRING | moving((40, "GLACIER")) | {"Filter": {"Prefix": "a/"}},
            (
                "'Days' in the Expiration action for filter '(prefix=a/)' must be greater than 'Days'"
                " in the Transition action"
            ),
        ),
        (
            noncurrent(5)
            | {"NoncurrentVersionTransitions": [{"NoncurrentDays": 5, "StorageClass": "GLACIER"}]},
            (
                "'NoncurrentDays' in the NoncurrentVersionExpiration action must be greater than"
                " 'NoncurrentDays' in the NoncurrentVersionTransition action"
            ),
        ),
    ],
)
def test_objects_move_in_time_and_before_they_go(rule: dict[str, Any], message: str) -> None:
    """InvalidArgument, with what the rule is about."""
    assert put(rule) == ("InvalidArgument", message)


@pytest.mark.aws(
    "The days of a transition may be 0 or any positive integer.",
    source=API + "Transition.html",
    service="s3",
)
@pytest.mark.parametrize(
    "rule",
    [
        moving((0, "STANDARD_IA")),
        moving((29, "ONEZONE_IA")),
        moving((4, "GLACIER_IR"), (94, "DEEP_ARCHIVE")),
        moving((0, "INTELLIGENT_TIERING"), (1, "GLACIER")),
    ],
)
def test_objects_may_move_at_once(rule: dict[str, Any]) -> None:
    """Into any class; who does not wait pays for it."""
    assert put(rule)[0] == "ok"


@pytest.mark.aws(
    "Days must be a non-zero positive integer.",
    source=API + "LifecycleExpiration.html",
    service="s3",
)
@pytest.mark.aws(
    "NoncurrentDays must be a non-zero positive integer.",
    source=API + "NoncurrentVersionExpiration.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            {"Expiration": {"Days": 0}},
            "'Days' for Expiration action must be a positive integer",
        ),
        (
            noncurrent(0),
            "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
        ),
        (
            noncurrent(1, NewerNoncurrentVersions=0),
            (
                "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be a positive"
                " integer"
            ),
        ),
        (
            {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 0}},
            (
                "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive"
                " integer"
            ),
        ),
    ],
)
def test_days_and_versions_are_positive(rule: dict[str, Any], message: str) -> None:
    """Each by its name."""
    assert put(rule) == ("InvalidArgument", message)


@pytest.mark.aws(
    "Neither AbortIncompleteMultipartUpload nor ExpiredObjectDeleteMarker can be specified with tags; "
    "ObjectSizeGreaterThan is less than ObjectSizeLessThan.",
    source=ELEMENTS,
    service="s3",
)
@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            TAG | {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}},
            "AbortIncompleteMultipartUpload cannot be specified with Tags.",
        ),
        (
            SIZE | {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}},
            "AbortIncompleteMultipartUpload cannot be specified with Object Size.",
        ),
        (
            TAG | {"Expiration": {"ExpiredObjectDeleteMarker": True}},
            "ExpiredObjectDeleteMarker cannot be specified with Tags.",
        ),
        (
            SIZE | {"Expiration": {"ExpiredObjectDeleteMarker": False}},
            "ExpiredObjectDeleteMarker cannot be specified with Object Size.",
        ),
        (
            EXPIRING | {"Filter": {"ObjectSizeLessThan": 0}},
            "'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
        ),
        (
            EXPIRING | {"Filter": {"And": {"ObjectSizeLessThan": 5, "ObjectSizeGreaterThan": 5}}},
            "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
        ),
    ],
)
def test_a_filter_suits_its_actions(rule: dict[str, Any], message: str) -> None:
    """InvalidRequest, also for sizes that choose what has none."""
    assert put(rule) == ("InvalidRequest", message)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            [EXPIRING | {"Prefix": "a"}, EXPIRING | {"Filter": {"Prefix": "b"}}],
            "Filter element can only be used in Lifecycle V2.",
        ),
        (
            [EXPIRING | {"Filter": {"Prefix": "b"}}, EXPIRING | {"Prefix": "a"}],
            (
                "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the"
                " Filter."
            ),
        ),
        (
            [noncurrent(1, NewerNoncurrentVersions=2) | {"Prefix": "a"}],
            "NewerNoncurrentVersions element can only be used in Lifecycle V2.",
        ),
        (
            [EXPIRING | {"Prefix": ""}, EXPIRING | {"Prefix": "a"}],
            "Found overlapping prefixes '' and 'a' for same action type 'Expiration'",
        ),
    ],
)
def test_rules_suit_each_other(rules: list[dict[str, Any]], message: str) -> None:
    """InvalidRequest; filters may overlap."""
    assert put(*rules) == ("InvalidRequest", message)
    assert put(EXPIRING, EXPIRING | {"Filter": {"Prefix": "a"}})[0] == "ok"


@pytest.mark.aws(
    "The time of a date is always midnight UTC.",
    source=API + "LifecycleExpiration.html",
    service="s3",
)
@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("2027-01-01", "ok"),
        ("2027-01-01T02:00:00+02:00", "ok"),
        ("2027-01-01T00:00:01Z", "InvalidArgument"),
    ],
)
def test_a_date_is_a_midnight(date: str, code: str) -> None:
    """Of Greenwich."""
    outcome = put({"Expiration": {"Date": date}})

    assert outcome[0] == code
    assert code == "ok" or outcome[1] == "'Date' must be at midnight GMT"


@pytest.mark.parametrize(
    "rule",
    [
        {"NoncurrentVersionExpiration": {}},
        {"NoncurrentVersionExpiration": {"NewerNoncurrentVersions": 1}},
        {"Expiration": {}},
        {"Transitions": [{"Days": 1}]},
        {"Transitions": [{"StorageClass": "GLACIER"}]},
    ],
)
def test_an_action_says_when(rule: dict[str, Any]) -> None:
    """And where to."""
    assert put(rule)[0] == "MalformedXML"


def test_a_rule_without_an_id_gets_one() -> None:
    """It is 48 characters long, as those that S3 makes, and its own."""
    bucket = Bucket()
    rule = {"Status": "Enabled", "Filter": {}, **EXPIRING}
    bucket("PutBucketLifecycleConfiguration", LifecycleConfiguration={"Rules": [rule, rule]})

    first, second = bucket("GetBucketLifecycleConfiguration")["Rules"]

    assert len(first["ID"]) == len(second["ID"]) == 48
    assert first["ID"] != second["ID"]
