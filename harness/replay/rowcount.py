"""Counting the rows of a CSV file as it streams by: line ends within quotes end no row."""

_ROW_LINES_MAX = 100
"""A quote that is open for longer was never meant to be one: its own line alone is spoilt."""


class RowCount:
    """The rows of the chunks so far."""

    __slots__ = ("_is_quoted", "_line_ends", "_quoted_line_ends", "_tail")

    def __init__(self) -> None:
        self._line_ends = 0
        self._is_quoted = False
        self._quoted_line_ends = 0
        """Since the quote was opened; they count after all if it is never closed."""
        self._tail = b"\n"

    def add(self, chunk: bytes) -> None:
        """Take the next piece."""
        if not chunk:
            return
        self._tail = chunk[-1:]
        # Every quote, an escaped one too, which is two, changes sides.
        for number, piece in enumerate(chunk.split(b'"')):
            if number:
                self._is_quoted = not self._is_quoted
                self._quoted_line_ends = 0
            if not self._is_quoted:
                self._line_ends += piece.count(b"\n")
                continue
            self._quoted_line_ends += piece.count(b"\n")
            if self._quoted_line_ends >= _ROW_LINES_MAX:
                self._line_ends += self._quoted_line_ends
                self._is_quoted, self._quoted_line_ends = False, 0

    @property
    def data_rows(self) -> int:
        """How many rows there are below the header."""
        ends = self._line_ends + self._quoted_line_ends
        return max(0, ends + (self._tail != b"\n") - 1)
