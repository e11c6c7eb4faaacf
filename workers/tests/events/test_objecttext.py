"""The text of an object."""

import gzip
import tracemalloc
from functools import partial

import pytest

from workers.events.csvrows import read_rows
from workers.events.objecttext import CORRUPT_GZIP, open_text
from workers.tests.fakes.services import FakeBody

TEXT = "memberId\nfan:\N{LATIN SMALL LETTER U WITH DIAERESIS}\n"


@pytest.mark.parametrize(
    "stored",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        gzip.compress(TEXT.encode()),
        gzip.compress(b"\xef\xbb\xbf" + TEXT.encode()),
        gzip.compress(TEXT[:5].encode()) + gzip.compress(TEXT[5:].encode()),
    ],
    ids=["plain", "byte order mark", "gzip", "both", "two members"],
)
@pytest.mark.parametrize("piece", [1, 2, 3, 1000])
def test_every_way_of_storing_gives_the_same_text(stored: bytes, piece: int) -> None:
    """Whatever the size of the pieces that arrive."""
    assert open_text(FakeBody(stored, piece)).read() == TEXT


def test_an_empty_object_has_no_text() -> None:
    """And is no error."""
    assert open_text(FakeBody(b"")).read() == ""


def test_a_cut_compression_gives_its_beginning_and_then_fails() -> None:
    """What could be read goes on; that something is missing is known."""
    lines = "".join(f"row {number}\n" for number in range(50_000))
    text = open_text(FakeBody(gzip.compress(lines.encode())[:-1000]))

    assert text.readline() == "row 0\n"
    assert text.read(100) == lines[6:106]
    with pytest.raises(CORRUPT_GZIP):
        list(iter(partial(text.read, 64 * 1024), ""))


def test_rows_read_in_one_piece_with_the_damage_are_not_lost() -> None:
    """The read that meets the damage gives what is sound, the next one raises."""
    rows = "".join(f"row {number}\n" for number in range(100))
    text = open_text(FakeBody(gzip.compress(rows.encode())[:-9]))

    assert text.read(64 * 1024).startswith("row 0\nrow 1\n")
    with pytest.raises(CORRUPT_GZIP):
        text.read(64 * 1024)


def test_bytes_that_are_not_utf8_do_not_end_the_file() -> None:
    """They spoil their row only."""
    assert open_text(FakeBody(b"a\xff\nb\n")).read() == "a\udcff\nb\n"


def test_the_last_sound_bytes_before_a_cut_are_not_lost() -> None:
    cut = gzip.compress(b"memberId\nfan:1\nfan:2\n", mtime=0)[:-9]
    text = open_text(FakeBody(cut, 1000))

    assert [text.readline(), text.readline()] == ["memberId\n", "fan:1\n"]


class Endless:
    """A body of *size* bytes that are made as they are read."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._position = 0

    def read(self, amount: int, /) -> bytes:
        """Return what comes next of rows behind rows."""
        amount = min(amount, self._size - self._position)
        start = self._position % len(ROW)
        self._position += amount
        return (ROW * (amount // len(ROW) + 2))[start : start + amount]


ROW = b"tour,fan:1,oslo,e,oslo|bergen,0.5,true,selected,2026-01-05T08:00:00Z\n"


def test_a_file_of_any_size_needs_the_same_memory() -> None:
    """Files of several GB are normal."""
    peaks = []
    for megabytes in (2, 8):
        tracemalloc.start()
        rows = sum(1 for _ in read_rows(open_text(Endless(megabytes << 20))))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert rows == (megabytes << 20) // len(ROW) + 1

    assert max(peaks) < 2 << 20
