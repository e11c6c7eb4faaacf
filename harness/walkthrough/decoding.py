"""Decoding: the parts of an event as a person can read them.

Which service an event comes from, it says itself (``eventSource``).
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.world.plainitem import plain_item

S3, KINESIS, DYNAMODB, SQS, OTHER = "s3", "kinesis", "dynamodb", "sqs", "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One member of an event, or an event that has none."""

    source: str
    label: str
    """What it is called: a sequence number, a message id, an object's key."""
    content: Any
    """What it says, decoded."""


def parts_of(event: Any) -> Iterator[Part]:
    """Yield the members of *event*."""
    records = event.get("Records") if isinstance(event, Mapping) else None
    if not isinstance(records, list):
        yield Part(OTHER, "event", event)
        return
    for record in records:
        yield _part(record)


def _part(record: Mapping[str, Any]) -> Part:
    source = str(record.get("eventSource", "")).removeprefix("aws:")
    if source == S3:
        about = record["s3"]
        content = {
            "eventName": record["eventName"],
            "bucket": about["bucket"]["name"],
            "object": about["object"],
        }
        return Part(S3, about["object"]["key"], content)
    if source == KINESIS:
        put = record["kinesis"]
        content = {"partitionKey": put["partitionKey"], "data": decoded(b64decode(put["data"]))}
        return Part(KINESIS, put["sequenceNumber"], content)
    if source == DYNAMODB:
        change = record["dynamodb"]
        images = {name: change[name] for name in ("OldImage", "NewImage") if name in change}
        content = {
            "eventName": record["eventName"],
            **{name: plain_item(image) for name, image in (images or _keys(change)).items()},
        }
        return Part(DYNAMODB, change["SequenceNumber"], content)
    if source == SQS:
        content = {
            "body": decoded(record["body"].encode()),
            "receiveCount": record["attributes"]["ApproximateReceiveCount"],
        }
        return Part(SQS, record["messageId"], content)
    return Part(OTHER, "record", record)


def _keys(change: Mapping[str, Any]) -> dict[str, Any]:
    return {"Keys": change["Keys"]}


def decoded(data: bytes) -> Any:
    """Return *data* as JSON if it is JSON, else as text."""
    text = data.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return text


class Mention:
    """Finds a name in decoded values, as a whole: ``fan:1`` is not in ``fan:12``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._pattern = re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(name)}(?![A-Za-z0-9_-])")

    def is_in(self, value: Any) -> bool:
        """Whether *value*, or anything in it, mentions the name."""
        if isinstance(value, str):
            return self._pattern.search(value) is not None
        if isinstance(value, Mapping):
            return any(self.is_in(key) or self.is_in(each) for key, each in value.items())
        if isinstance(value, list | tuple):
            return any(map(self.is_in, value))
        return False
