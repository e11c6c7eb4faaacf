"""Tags of streams."""

import pytest

from harness.tests.services.kinesis.astream import API, ARN, a_stream, tags


@pytest.mark.aws(
    "AddTagsToStream adds or updates tags; RemoveTagsFromStream ignores a key that is not there.",
    source=f"{API}AddTagsToStream.html",
    service="kinesis",
)
def test_tags_are_added_changed_and_removed() -> None:
    """Under the stream's name or ARN, and by the newer calls for any resource."""
    call = a_stream(Tags={"a": "1"})
    call("AddTagsToStream", StreamName="s", Tags={"a": "2", "b": ""})
    call("RemoveTagsFromStream", StreamARN=ARN, TagKeys=["b", "none"])
    call("TagResource", ResourceARN=ARN, Tags={"c": "3", "d": "4"})
    call("UntagResource", ResourceARN=ARN, TagKeys=["d"])

    assert tags(call) == {"a": "2", "c": "3"}
    assert call("ListTagsForResource", ResourceARN=ARN)["Tags"] == [
        {"Key": "a", "Value": "2"}, {"Key": "c", "Value": "3"},
    ]  # fmt: skip


@pytest.mark.aws(
    "A stream can have 50 tags.",
    source=f"{API}AddTagsToStream.html",
    service="kinesis",
)
def test_a_stream_has_at_most_fifty_tags() -> None:
    """One more adds none of a call's."""
    call = a_stream()
    call("AddTagsToStream", StreamName="s", Tags={str(number): "" for number in range(49)})

    error = call.refusal("AddTagsToStream", StreamName="s", Tags={"x": "", "y": ""})

    assert error.code == "InvalidArgumentException"
    assert "Failed to add tags to stream s under account 123456789012" in error.message
    call("AddTagsToStream", StreamName="s", Tags={"x": "", "0": "again"})
    assert len(tags(call)) == 50


@pytest.mark.aws(
    "Keys have up to 128 and values up to 256 characters of letters, digits, spaces and _"
    " . / = + - % @",
    source=f"{API}AddTagsToStream.html",
    service="kinesis",
)
@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ({"": "x"}, "ValidationException"),
        ({"k" * 129: "x"}, "ValidationException"),
        ({"k": "v" * 257}, "ValidationException"),
        ({"k!": "x"}, "InvalidArgumentException"),
        ({"k": "x;"}, "InvalidArgumentException"),
    ],
)
def test_a_tag_that_aws_does_not_take_is_refused(tag: dict[str, str], code: str) -> None:
    """By its length or its characters, wherever it is given."""
    call = a_stream()

    assert call.refusal("AddTagsToStream", StreamName="s", Tags=tag).code == code
    assert call.refusal("TagResource", ResourceARN=ARN, Tags=tag).code == code
    assert call.refusal("CreateStream", StreamName="t", ShardCount=1, Tags=tag).code == code
    assert call("ListStreams")["StreamNames"] == ["s"]
