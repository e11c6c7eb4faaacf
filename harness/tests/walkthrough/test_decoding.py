"""Decoding events, and finding a name in them."""

import json
from base64 import b64encode
from typing import Any

import pytest

from harness.walkthrough.decoding import Mention, parts_of


@pytest.mark.parametrize(
    ("value", "is_there"),
    [
        ("fan:1", True),
        ("member:fan:1", True),
        ("fan:12", False),
        ("x-fan:1", False),
        ({"deep": [{"id": "fan:1"}]}, True),
        ({"fan:1": 0}, True),
        (7, False),
        (None, False),
    ],
)
def test_a_name_is_mentioned_only_as_a_whole(value: Any, is_there: bool) -> None:  # noqa: FBT001 - a case
    """Wherever it is nested."""
    assert Mention("fan:1").is_in(value) is is_there


def test_records_of_streams_are_decoded() -> None:
    """Base64 and typed values are for machines."""
    kinesis = {
        "eventSource": "aws:kinesis",
        "kinesis": {
            "partitionKey": "p",
            "sequenceNumber": "1",
            "data": b64encode(json.dumps({"a": 1}).encode()).decode(),
        },
    }
    dynamodb = {
        "eventSource": "aws:dynamodb",
        "eventName": "REMOVE",
        "dynamodb": {
            "SequenceNumber": "2",
            "Keys": {"id": {"S": "x"}},
            "OldImage": {"id": {"S": "x"}, "n": {"N": "3"}},
        },
    }

    contents = [part.content for part in parts_of({"Records": [kinesis, dynamodb]})]

    assert contents == [
        {"partitionKey": "p", "data": {"a": 1}},
        {"eventName": "REMOVE", "OldImage": {"id": "x", "n": 3}},
    ]


def test_a_stream_of_keys_only_shows_its_keys() -> None:
    """There is no image then."""
    record = {
        "eventSource": "aws:dynamodb",
        "eventName": "MODIFY",
        "dynamodb": {"SequenceNumber": "2", "Keys": {"id": {"S": "x"}}},
    }

    (part,) = parts_of({"Records": [record]})

    assert part.content == {"eventName": "MODIFY", "Keys": {"id": "x"}}


def test_an_event_without_records_is_one_part() -> None:
    """That of a resolver, for example."""
    (part,) = parts_of({"arguments": {"id": "x"}})

    assert part.content == {"arguments": {"id": "x"}}
