"""The text of an object."""

import gzip

import pytest

from workers.events.objecttext import CORRUPT_GZIP, Text, open_text
from workers.tests.fakes.services import FakeBody

TEXT = "memberId\nfan:\N{LATIN SMALL LETTER U WITH DIAERESIS}\n"


def whole(text: Text) -> str:
    """Return all of *text*."""
    return "".join(iter(lambda: text.read(1000), ""))


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
    assert whole(open_text(FakeBody(stored, piece))) == TEXT


def test_an_empty_object_has_no_text() -> None:
    """And is no error."""
    assert whole(open_text(FakeBody(b""))) == ""


def test_a_cut_compression_gives_its_beginning_and_then_fails() -> None:
    """What could be read goes on; that something is missing is known."""
    lines = "".join(f"row {number}\n" for number in range(50_000))
    text = open_text(FakeBody(gzip.compress(lines.encode())[:-1000]))

    assert text.read(6) == "row 0\n"
    with pytest.raises(CORRUPT_GZIP):
        whole(text)


def test_bytes_that_are_not_utf8_do_not_end_the_file() -> None:
    """They spoil their row only."""
    assert whole(open_text(FakeBody(b"a\xff\nb\n"))) == "a\udcff\nb\n"


def test_the_last_sound_bytes_before_a_cut_are_not_lost() -> None:
    """They come before the error, however much was asked for."""
    cut = gzip.compress(b"memberId\nfan:1\nfan:2\n", mtime=0)[:-9]
    text = open_text(FakeBody(cut, 1000))

    assert text.read(1000).startswith("memberId\nfan:1\n")
    with pytest.raises(CORRUPT_GZIP):
        text.read(1000)
