"""Tags of streams."""

import pytest

from harness.tests.services.kinesis.astream import API, ARN, a_stream, tags


@pytest.mark.aws(
    "AddTagsToStream overwrites any existing tags that correspond to the specified tag keys.",
    source=f"{API}AddTagsToStream.html",
    service="kinesis",
)
@pytest.mark.aws(
    "If you specify a tag that does not exist, RemoveTagsFromStream ignores it.",
    source=f"{API}RemoveTagsFromStream.html",
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
    "You can assign up to 50 tags to a data stream.",
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
    "A tag's key has up to 128 and its value up to 256 characters.",
    source=f"{API}Tag.html",
    service="kinesis",
)
@pytest.mark.aws(
    "Tags may only contain Unicode letters, digits, white space, or these symbols: _ . : / = + - @.",
    source=f"{API}TagResource.html",
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
        ({"k": "x\ty"}, "InvalidArgumentException"),
        ({"k%": "x"}, "InvalidArgumentException"),
    ],
)
def test_a_tag_that_aws_does_not_take_is_refused(tag: dict[str, str], code: str) -> None:
    """By its length or its characters, wherever it is given."""
    call = a_stream()

    assert call.refusal("AddTagsToStream", StreamName="s", Tags=tag).code == code
    assert call.refusal("TagResource", ResourceARN=ARN, Tags=tag).code == code
    assert call.refusal("CreateStream", StreamName="t", ShardCount=1, Tags=tag).code == code
    assert call("ListStreams")["StreamNames"] == ["s"]


@pytest.mark.aws(
    "A tag whose length is none that it may have is told with all tags of the call.",
    source="https://github.com/mhart/kinesalite/blob/master/test/addTagsToStream.js",
    service="kinesis",
)
def test_a_refusal_of_a_length_shows_all_tags() -> None:
    """It is the map that breaks the rule, by its keys or its values."""
    call = a_stream()
    key, value = "k" * 129, "v" * 257

    long_key = call.refusal("AddTagsToStream", StreamName="s", Tags={"a": "1", key: "2"})
    long_value = call.refusal("AddTagsToStream", StreamName="s", Tags={"a": "1", "b": value})

    assert long_key.message == (
        f"1 validation error detected: Value '{{a=1, {key}=2}}' at 'tags' failed to satisfy "
        "constraint: Map keys must satisfy constraint: [Member must have length less than or "
        "equal to 128, Member must have length greater than or equal to 1]"
    )
    assert long_value.message == (
        f"1 validation error detected: Value '{{a=1, b={value}}}' at 'tags' failed to satisfy "
        "constraint: Map value must satisfy constraint: [Member must have length less than or "
        "equal to 256, Member must have length greater than or equal to 0]"
    )
