"""Counting rows in pieces."""

import pytest

from harness.replay.rowcount import RowCount


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (b"", 0),
        (b"a,b\n", 0),
        (b"a,b", 0),
        (b"a\n1\n2", 2),
        (b"a\r\n1\r\n2\r\n", 2),
        (b'a\n"x\ny ""z""\n"\n2\n', 2),
        (b'a\n"x\n2\n3\n', 3),
        (b'a\n"x\n' + b"2\n" * 200 + b'"y\nz"\n3', 203),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_rows_are_the_same_however_a_file_is_cut(text: bytes, rows: int, size: int) -> None:
    """A quote may be the last thing of a piece."""
    count = RowCount()
    for start in range(0, len(text), size):
        count.add(text[start : start + size])

    assert count.data_rows == rows
