"""The total order of the records of one member, as text that DynamoDB can compare.

The later ``scoredAt`` wins, on a tie the lower rank, and if those tie too the record whose
canonical JSON compares greater.  Each part but the last has a fixed width, so the order of the
texts (by UTF-8 bytes, as DynamoDB compares) is the order of the records.  The merge keeps the
greatest: a maximum is idempotent and commutative, so neither order nor repetition matters.
"""

import msgspec

from workers.domain.record import NO_RANK, ScoreRecord, encode_record


def precedence(record: ScoreRecord) -> str:
    """Return the place of *record* in the total order; the greater text wins.

    The trace context is left out: it is new on each delivery and would break the order.
    """
    if record.traceparent is not None:
        record = msgspec.structs.replace(record, traceparent=None)
    # Three digits that are greater for a better rank.
    better = NO_RANK - record.rank
    return f"{record.scored_at} {better:03d} {encode_record(record).decode()}"
