"""Counting the rows of a CSV file as it streams by: line ends within quotes end no row."""


class RowCount:
    """The rows of the chunks so far."""

    __slots__ = ("_is_quoted", "_line_ends", "_tail")

    def __init__(self) -> None:
        self._line_ends = 0
        self._is_quoted = False
        self._tail = b"\n"

    def add(self, chunk: bytes) -> None:
        """Take the next piece."""
        if not chunk:
            return
        self._tail = chunk[-1:]
        # Every quote, an escaped one too, which is two, changes sides.
        for number, piece in enumerate(chunk.split(b'"')):
            self._is_quoted ^= number > 0
            if not self._is_quoted:
                self._line_ends += piece.count(b"\n")

    @property
    def data_rows(self) -> int:
        """How many rows there are below the header."""
        return max(0, self._line_ends + (self._tail != b"\n") - 1)
