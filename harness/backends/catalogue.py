"""The parity catalogue: where a backend does not do what AWS does, and what is made of it.

Everything that is repaired on the way is counted under its name, so that no run is silently
better than its backend.  AWS's side is AWS's documentation or recordings of it; the backend's is
what it was seen to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Divergence:
    """One thing that a backend does otherwise."""

    backends: tuple[str, ...]
    does: str
    """What the backend does."""
    aws: str
    """What AWS does, and where it says so."""
    remedy: str
    """What is done about it on the way; empty where nothing can be done."""


_REAL_TIME = ("moto-server", "localstack", "containers")

DIVERGENCES: Mapping[str, Divergence] = {
    "cloudwatch.real-time-retention": Divergence(
        _REAL_TIME,
        "a metric is dated by the real clock, and dropped or refused when it is two weeks old",
        "the same, but its clock is the one that the functions see (CloudWatch API reference, "
        "PutMetricData)",
        "a world's instants are moved by whole days, as if it had begun a week ago",
    ),
    "dynamodb.several-records-of-one-write": Divergence(
        ("moto", "moto-server", "containers"),
        "an UpdateItem that makes an item writes two INSERT records to the table's stream",
        "one record for each changed item (DynamoDB developer guide, change data capture)",
        "the records of one call about one item are merged into one, oldest to newest image",
    ),
    "dynamodb.record-of-no-change": Divergence(
        ("moto", "moto-server", "containers"),
        "a write that leaves an item as it was makes a stream record",
        "no record for a write that changes no data (DynamoDB developer guide, Streams)",
        "the record is dropped",
    ),
    "dynamodb.no-expiry": Divergence(
        ("moto", "moto-server", "localstack", "containers"),
        "items whose time to live has passed by the virtual clock stay",
        "they are deleted by the service, which the stream record's userIdentity tells",
        "they are deleted when the world keeps house, with that identity in the record",
    ),
    "dynamodb.real-time-expiry": Divergence(
        ("localstack",),
        "items expire by the real clock, which is months ahead of the virtual one",
        "they expire when their time to live is reached (DynamoDB developer guide, TTL)",
        "the backend is not told of the setting, and items expire by the virtual clock",
    ),
    "kinesis.short-sequence-numbers": Divergence(
        ("moto", "moto-server", "localstack", "containers"),
        "sequence numbers count 1, 2, 3",
        "they have 56 digits (Kinesis API reference, PutRecord)",
        "they are shown as AWS would have made them, and told to the backend as it knows them",
    ),
    "sqs.real-time-delay": Divergence(
        _REAL_TIME,
        "a delayed message waits in real time",
        "it can be received when its delay is over (SQS developer guide, delay queues)",
        "it is held back and sent when its delay is over on the virtual clock",
    ),
    "sqs.real-time-visibility": Divergence(
        _REAL_TIME,
        "a received message stays hidden in real time",
        "it is hidden for the visibility timeout (SQS developer guide)",
        "it is hidden for hours, and shown with ChangeMessageVisibility when its timeout ends on "
        "the virtual clock",
    ),
    "sqs.real-time-retention": Divergence(
        _REAL_TIME,
        "a message past its retention by the virtual clock is still handed out",
        "it is deleted (SQS developer guide, message retention period)",
        "it is deleted when it is handed out, and nobody sees it",
    ),
    "sqs.visible-message-is-hidden": Divergence(
        ("moto", "moto-server", "containers"),
        "the visibility timeout of a message that is not in flight can be changed",
        "the call succeeds and does nothing (LocalStack's recording of AWS); for a FIFO queue "
        "MessageNotInflight (SQS API reference, ChangeMessageVisibility)",
        "the backend is not called",
    ),
}
"""Name -> divergence, in the order in which they are shown."""
