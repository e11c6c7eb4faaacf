"""The event of a queue's mapping."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.kernel.instant import Instant
from harness.mappings.filterview import parsed_json

_MESSAGE_BYTES = 1_200
"""JSON around the body of one message: names, handle, attributes, checksums."""


class Delivery:
    """One delivery of a message: what it was when it was received.

    The queue changes a message's handle and counts with every further receive; a delivery keeps
    those of its own.
    """

    __slots__ = ("attributes", "group_id", "message", "message_id", "receipt_handle", "visible_at")

    def __init__(self, message: Any) -> None:
        self.message = message
        self.message_id: str = message.message_id
        self.receipt_handle: str = message.receipt_handle
        self.group_id: str | None = message.group_id
        self.visible_at: Instant = message.visible_at
        """When the message comes back unless it is deleted."""
        self.attributes: dict[str, str] = message.system_attributes()


EventRecords = Callable[[Sequence[Delivery]], list[dict[str, Any]]]


def sqs_event_records(*, queue_arn: str, region: str, has_window: bool) -> EventRecords:
    """Return the function that makes the ``Records`` of an event from deliveries."""

    def event_record(delivery: Delivery) -> dict[str, Any]:
        message = delivery.message
        record = {
            "messageId": delivery.message_id,
            "receiptHandle": delivery.receipt_handle,
            "body": message.body,
            "attributes": dict(delivery.attributes),
            "messageAttributes": _message_attributes(message.message_attributes),
            "md5OfBody": message.md5_of_body,
            "eventSource": "aws:sqs",
            "eventSourceARN": queue_arn,
            "awsRegion": region,
        }
        digest = message.md5_of_message_attributes
        # As recorded from AWS: null with a batching window, left out without one.
        if digest is not None or has_window:
            record["md5OfMessageAttributes"] = digest
        return record

    return lambda deliveries: [event_record(delivery) for delivery in deliveries]


def event_size_bound(deliveries: Sequence[Delivery]) -> int:
    """Return at least as many bytes as *deliveries* take up in an event; cheap."""
    # JSON takes at most 6 bytes for a character; attributes are measured when it matters.
    total = 0
    for delivery in deliveries:
        message = delivery.message
        total += _MESSAGE_BYTES + 6 * len(message.body)
        if message.message_attributes:
            total += 6 * len(repr(message.message_attributes))
    return total


def filter_view(record: dict[str, Any]) -> dict[str, Any]:
    """Return an event record as filter patterns see it: the body parsed if it is a JSON object."""
    return {**record, "body": parsed_json(record["body"])}


def _message_attributes(attributes: Mapping[str, Mapping[str, Any]] | None) -> dict[str, Any]:
    """Return message attributes as the event spells them: a lower-case first letter."""
    if not attributes:
        return {}
    return {name: _message_attribute(attribute) for name, attribute in attributes.items()}


def _message_attribute(attribute: Mapping[str, Any]) -> dict[str, Any]:
    event_attribute: dict[str, Any] = {}
    if attribute.get("StringValue") is not None:
        event_attribute["stringValue"] = attribute["StringValue"]
    if attribute.get("BinaryValue") is not None:
        event_attribute["binaryValue"] = b64encode(attribute["BinaryValue"]).decode("ascii")
    event_attribute["stringListValues"] = []
    event_attribute["binaryListValues"] = []
    event_attribute["dataType"] = attribute["DataType"]
    return event_attribute
