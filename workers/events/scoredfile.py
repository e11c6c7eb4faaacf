"""The records of a scored file, one at a time; what breaks a rule is refused and counted."""

from collections.abc import Iterator
from typing import TextIO

from workers.domain.record import ScoreRecord
from workers.domain.refusals import Refusals
from workers.domain.rows import HeaderError, RowError, RowReader
from workers.events.csvrows import Row, read_rows


def scored_records(
    text: TextIO, refusals: Refusals, *, correlation_id: str, traceparent: str
) -> Iterator[ScoreRecord]:
    """Yield the record of each good row of *text*.

    An empty file has no rows.  Where the header lacks a column, every row is refused for it.
    """
    rows = read_rows(text)
    reader = _reader(next(rows, None), correlation_id, traceparent)
    if isinstance(reader, str):
        for number, _ in rows:
            refusals.add(reader, number)
        return
    for number, fields in rows:
        if isinstance(fields, str):
            refusals.add(fields, number)
            continue
        try:
            record = reader.record(fields)
        except RowError as error:
            refusals.add(str(error), number)
            continue
        yield record


def _reader(header: Row | None, correlation_id: str, traceparent: str) -> RowReader | str:
    """Return the reader of the rows under *header*, or why there is none."""
    fields: list[str] | str = [] if header is None else header[1]
    if isinstance(fields, str):
        return f"header_{fields}"
    try:
        return RowReader(fields, correlation_id=correlation_id, traceparent=traceparent or None)
    except HeaderError as error:
        return str(error)
