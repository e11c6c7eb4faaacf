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

Row = tuple[int, list[str] | str]
"""Line number, and the fields or the reason why there are none."""


class _Lines:
    """Numbered lines, of which some can be given back."""

    def __init__(self, text: TextIO) -> None:
        self._readline = text.readline
        self._number = 0
        self._returned: deque[tuple[int, str]] = deque()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> tuple[int, str]:
        """Return the next line; one that is too long is cut to its beginning, without an end."""
        if self._returned:
            return self._returned.popleft()
        line = self._readline(LINE_CHARACTERS_MAX)
        if not line:
            raise StopIteration
        self._number += 1
        if len(line) == LINE_CHARACTERS_MAX and line[-1] != "\n":
            self._skip_rest()
        return self._number, line

    def _skip_rest(self) -> None:
        while (piece := self._readline(LINE_CHARACTERS_MAX)) and piece[-1] != "\n":
            pass

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        """Return *lines* next, in their order."""
        self._returned.extendleft(reversed(lines))


def read_rows(text: TextIO) -> Iterator[Row]:
    """Yield the rows of *text*, the header like any other; empty lines are no rows."""
    lines = _Lines(text)
    for number, line in lines:
        if len(line) >= LINE_CHARACTERS_MAX:
            yield number, TOO_LONG
        elif "\0" in line:
            yield number, NUL
        elif '"' in line:
            yield number, _quoted(number, line, lines)
        else:
            content = line.removesuffix("\n").removesuffix("\r")
            if "\r" in content:
                yield number, NOT_CSV
            elif content:
                yield number, content.split(",")


def _quoted(number: int, line: str, lines: _Lines) -> list[str] | str:
    """Return the fields of the row that begins with *line*, or why it has none."""
    taken = [(number, line)]
    quotes = line.count('"')
    characters = len(line)
    while quotes % 2 and len(taken) < ROW_LINES_MAX and characters < LINE_CHARACTERS_MAX:
        following = next(lines, None)
        if following is None:
            break
        taken.append(following)
        quotes += following[1].count('"')
        characters += len(following[1])
    whole = "".join(text for _, text in taken)
    if quotes % 2 == 0 and characters < LINE_CHARACTERS_MAX and "\0" not in whole:
        try:
            rows = list(csv.reader([whole], strict=True))
        except csv.Error:
            rows = []
        if len(rows) == 1:
            return rows[0]
    lines.give_back(taken[1:])
    return NOT_CSV
