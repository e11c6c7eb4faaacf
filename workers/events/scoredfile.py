"""The records of a scored file, one at a time; what breaks a rule is refused and counted.

Each comes with its place, the line number of its row: reading may go on after it at another time.
"""

from collections.abc import Iterator
from typing import TextIO

from workers.domain.record import ScoreRecord
from workers.domain.refusals import Refusals
from workers.domain.rows import HeaderError, RowError, RowReader
from workers.events.csvrows import Row, read_rows

PlacedRecord = tuple[int, ScoreRecord | None]
"""The line number of a row, and the record that it is; None for a row that was refused."""


def scored_records(
    text: TextIO, refusals: Refusals, *, after: int, correlation_id: str, traceparent: str
) -> Iterator[PlacedRecord]:
    """Yield the record of each row of *text* behind the one at the line *after*; 0 is none.

    An empty file has no rows.  Where the header lacks a column, every row is refused for it.
    """
    rows = read_rows(text, after=after)
    reader = _reader(next(rows, None), correlation_id, traceparent)
    if isinstance(reader, str):
        for number, _ in rows:
            refusals.add(reader, number)
            yield number, None
        return
    for number, fields in rows:
        if isinstance(fields, str):
            refusals.add(fields, number)
            yield number, None
            continue
        try:
            record = reader.record(fields)
        except RowError as error:
            refusals.add(str(error), number)
            yield number, None
            continue
        yield number, record


def _reader(header: Row | None, correlation_id: str, traceparent: str) -> RowReader | str:
    """Return the reader of the rows under *header*, or why there is none."""
    fields: list[str] | str = [] if header is None else header[1]
    if isinstance(fields, str):
        return f"header_{fields}"
    try:
        return RowReader(fields, correlation_id=correlation_id, traceparent=traceparent or None)
    except HeaderError as error:
        return str(error)
