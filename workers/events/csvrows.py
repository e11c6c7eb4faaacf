"""RFC 4180 rows from a stream of text, each with the number of its first line.

A row without quotes, nearly every one, is split by hand.  A row with quotes may go on over several
lines: it is whole when its quotes are even.  A quote that is never closed would swallow the rest
of the file, so a row may span only so many lines and characters: past that its first line alone is
called broken and reading goes on with the second.
"""

import csv
from collections import deque
from collections.abc import Iterator
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


def read_rows(text: TextIO) -> Iterator[Row]:
    """Yield the rows of *text*, the header like any other; empty lines are no rows."""
    lines = _numbered_lines(text)
    returned: deque[Line] = deque()
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


def _numbered_lines(text: TextIO) -> Iterator[Line]:
    """Yield the lines of *text* without their LF; one that is too long is cut to its beginning."""
    number = 0
    rest = ""
    while block := text.read(_BLOCK_CHARACTERS):
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
