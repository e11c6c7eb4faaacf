"""A batch of messages from verdictReporterQueue."""

from collections.abc import Mapping
from typing import Any

import msgspec

from workers.domain.correlationids import is_correlation_id
from workers.domain.counts import ReportRequest

_decode = msgspec.json.Decoder(ReportRequest).decode


class Message(msgspec.Struct, frozen=True):
    """One request to look at a campaign's counts."""

    message_id: str
    request: ReportRequest
    correlation_id: str
    traceparent: str


class MessageBatch(msgspec.Struct):
    """The messages of a batch; those that cannot be read are kept by id and reason."""

    messages: list[Message] = msgspec.field(default_factory=list)
    malformed: list[tuple[str, str]] = msgspec.field(default_factory=list)

    @property
    def size(self) -> int:
        """How many messages were delivered, malformed ones included."""
        return len(self.messages) + len(self.malformed)

    @property
    def correlation_ids(self) -> set[str]:
        """The correlation ids that the messages carry."""
        return {message.correlation_id for message in self.messages if message.correlation_id}

    @property
    def traceparents(self) -> set[str]:
        """The trace contexts that the messages carry."""
        return {message.traceparent for message in self.messages if message.traceparent}


def message_batch(event: Mapping[str, Any]) -> MessageBatch:
    """Return the messages in *event*."""
    batch = MessageBatch()
    for delivered in event["Records"]:
        attributes = delivered.get("messageAttributes") or {}
        try:
            request = _decode(delivered["body"])
        except msgspec.DecodeError as error:
            batch.malformed.append((delivered["messageId"], str(error)))
            continue
        correlation_id = _text(attributes, "correlationId")
        batch.messages.append(
            Message(
                delivered["messageId"],
                request,
                correlation_id if is_correlation_id(correlation_id) else "",
                _text(attributes, "traceparent"),
            )
        )
    return batch


def _text(attributes: Mapping[str, Any], name: str) -> str:
    return attributes.get(name, {}).get("stringValue") or ""
