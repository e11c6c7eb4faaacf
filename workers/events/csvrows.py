"""RFC 4180 rows from a stream of text, each with the number of its first line.

A row without quotes, nearly every one, is split by hand.  A row with quotes may go on over several
lines: it is whole when its quotes are even.  A quote that is never closed would swallow the rest
of the file, so a row may span only so many lines and characters: past that its first line alone is
called broken and reading goes on with the second.

What a row holds depends on nothing that comes before its first line.  So the number of that line is
a place from which another reader can go on, and finds the same rows.
"""

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

LINE_CHARACTERS_MAX = 128 * 1024
ROW_LINES_MAX = 100

TOO_LONG = "line_too_long"
NOT_CSV = "not_csv"
NUL = "nul_byte"

_BLOCK_CHARACTERS = 64 * 1024

Line = tuple[int, str]
"""Line number and text."""
Row = tuple[int, list[str] | str]
"""Line number, and the fields or the reason why there are none."""


def read_rows(text: TextIO, *, after: int = 0) -> Iterator[Row]:
    """Yield the rows of *text*, the header like any other; empty lines are no rows.

    Where *after* is the number of a row, that row and those between the header and it are left out,
    with hardly any work: their lines are counted and not looked at.
    """
    lines = _Lines(text)
    returned: deque[Line] = deque()
    numbered = iter(lines)
    rows = _rows(numbered, returned)
    return _header_and_rows_after(after, lines, numbered, returned, rows) if after else rows


def _header_and_rows_after(
    after: int,
    lines: "_Lines",
    numbered: Iterator[Line],
    returned: deque[Line],
    rows: Iterator[Row],
) -> Iterator[Row]:
    header = next(rows, None)
    if header is None:
        return
    yield header
    lines.wanted_from = after
    # Lines and no rows are dropped: a row that begins among them may end where none are read.
    while returned and returned[0][0] < after:
        returned.popleft()
    returned.extend(islice((line for line in numbered if line[0] >= after), 1))
    for row in rows:
        if row[0] > after:
            yield row


def _rows(lines: Iterator[Line], returned: deque[Line]) -> Iterator[Row]:
    while True:
        following = returned.popleft() if returned else next(lines, None)
        if following is None:
            return
        number, line = following
        if '"' in line:
            yield number, _quoted(following, lines, returned)
            continue
        line = line.removesuffix("\r")
        if "\r" in line or "\0" in line or len(line) > LINE_CHARACTERS_MAX:
            yield number, _reason(line)
        elif line:
            yield number, line.split(",")


def _reason(line: str) -> str:
    if len(line) > LINE_CHARACTERS_MAX:
        return TOO_LONG
    return NUL if "\0" in line else NOT_CSV


class _Lines:
    """The numbered lines of a text without their LF; one too long is cut to its beginning."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.wanted_from = 0
        """The first line that anybody looks at: blocks before it are counted and not split."""

    def __iter__(self) -> Iterator[Line]:
        read = self._text.read
        number = 0
        rest = ""
        while block := read(_BLOCK_CHARACTERS):
            if number < self.wanted_from:
                ends = block.count("\n")
                # Nor is the line wanted that begins in this block and ends in another.
                if number + ends + 1 < self.wanted_from:
                    number += ends
                    continue
            first, *lines = block.split("\n")
            # What is beyond the limit is dropped as it comes: no line is in memory as a whole.
            rest += first[: LINE_CHARACTERS_MAX + 1 - len(rest)]
            for line in lines:
                number += 1
                yield number, rest
                rest = line
        if rest:
            yield number + 1, rest


def _quoted(start: Line, lines: Iterator[Line], returned: deque[Line]) -> list[str] | str:
    """Return the fields of the row that begins with *start*, or why it has none.

    What was taken in vain goes to *returned*.
    """
    taken = [start]
    quotes = start[1].count('"')
    characters = len(start[1])
    while quotes % 2 and len(taken) < ROW_LINES_MAX and characters <= LINE_CHARACTERS_MAX:
        following = returned.popleft() if returned else next(lines, None)
        if following is None:
            break
        taken.append(following)
        quotes += following[1].count('"')
        characters += len(following[1])
    whole = "\n".join(line for _, line in taken).removesuffix("\r")
    if quotes % 2 == 0 and characters <= LINE_CHARACTERS_MAX and "\0" not in whole:
        try:
            rows = list(csv.reader([whole], strict=True))
        except csv.Error:
            rows = []
        if len(rows) == 1:
            return rows[0]
    returned.extendleft(reversed(taken[1:]))
    return _reason(start[1])
