"""A batch of stream records, decoded once."""

from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from workers.domain.correlationids import is_correlation_id
from workers.domain.record import MalformedError, ScoreRecord, decode_record
from workers.domain.refusals import Refusals


class ScoreBatch(msgspec.Struct):
    """The records of a batch, and beside each the sequence number that its failure is told by."""

    records: list[ScoreRecord] = msgspec.field(default_factory=list)
    sequence_numbers: list[str] = msgspec.field(default_factory=list)
    malformed: list[tuple[str, str]] = msgspec.field(default_factory=list)
    """Sequence number and reason of what will never be a record."""

    @property
    def size(self) -> int:
        """How many records were delivered, malformed ones included."""
        return len(self.records) + len(self.malformed)

    def refusals(self) -> Refusals:
        """Return the malformed records by reason."""
        refusals = Refusals()
        for sequence_number, reason in self.malformed:
            refusals.add(reason, sequence_number)
        return refusals

    @property
    def correlation_ids(self) -> set[str]:
        """The correlation ids of the records."""
        return {record.correlation_id for record in self.records}

    @property
    def traceparents(self) -> set[str]:
        """The trace contexts of the records that carry one."""
        return {record.traceparent for record in self.records if record.traceparent}


def is_kinesis(event: Mapping[str, Any]) -> bool:
    """Tell whether *event* is a batch of a Kinesis stream."""
    records = event.get("Records") or [{}]
    return bool(records[0].get("eventSource") == "aws:kinesis")


def score_batch(event: Mapping[str, Any]) -> ScoreBatch:
    """Return the batch in *event*.  A malformed record is set aside: no retry would mend it."""
    batch = ScoreBatch()
    for delivered in event["Records"]:
        kinesis = delivered["kinesis"]
        sequence_number = kinesis["sequenceNumber"]
        try:
            record = decode_record(a2b_base64(kinesis["data"]))
        except (MalformedError, Base64Error) as error:
            batch.malformed.append((sequence_number, str(error)))
            continue
        if not is_correlation_id(record.correlation_id):
            record = _correlated(record, delivered["eventID"])
        batch.records.append(record)
        batch.sequence_numbers.append(sequence_number)
    return batch


def _correlated(record: ScoreRecord, event_id: str) -> ScoreRecord:
    """Return *record* with an id that each consumer and each redelivery makes the same."""
    return msgspec.structs.replace(
        record, correlation_id=str(uuid5(NAMESPACE_URL, f"kinesis:{event_id}"))
    )
