"""The text of an S3 object, read as a stream: gzip undone, byte order mark dropped."""

import gzip
import io
import zlib
from typing import Any, Protocol

CHUNK_BYTES = 256 * 1024
_GZIP_MAGIC = b"\x1f\x8b"

CORRUPT_GZIP = (gzip.BadGzipFile, zlib.error, EOFError)
"""What reading raises when the object is cut short or damaged inside its compression."""


class Body(Protocol):
    """What `get_object` returns as Body."""

    def read(self, amount: int, /) -> bytes:
        """Return up to *amount* bytes; none at the end."""


class _Chunks(io.RawIOBase):
    """A raw stream over a body, one chunk in memory at a time."""

    def __init__(self, body: Body) -> None:
        super().__init__()
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill *buffer* unless the body ends: a short piece would hide the magic number."""
        view = memoryview(buffer).cast("B")
        size = len(view)
        filled = 0
        while filled < size and (chunk := self._body.read(size - filled)):
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled


class _Inflated(io.RawIOBase):
    """A raw stream over compressed bytes, undone step by step.

    GzipFile's own `readinto` goes on until the buffer is full, and where it meets damage on the
    way, the sound bytes before that are gone with it.  The text layer above would lose them as
    well; so damage is an end of the stream at first, and raised by the read after that.
    """

    def __init__(self, stored: "io.BufferedReader[Any]") -> None:
        super().__init__()
        # GzipFile reads member after member, as `cat a.gz b.gz` makes them.
        self._file = gzip.GzipFile(fileobj=stored)
        self._damage: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Take what one step gives."""
        if self._damage is not None:
            raise self._damage
        try:
            piece = self._file.read1(len(buffer))
        except CORRUPT_GZIP as error:
            self._damage = error
            return 0
        buffer[: len(piece)] = piece
        return len(piece)


def open_text(body: Body) -> io.TextIOWrapper:
    """Return the text of *body*.

    The first bytes decide about gzip, not the key: a client may have unpacked a ``.gz`` on the way.
    Lines end at LF alone and keep their ends.  Bytes that are not UTF-8 become lone surrogates,
    so that one broken row does not end the file; see `domain.rows`.
    """
    stored = io.BufferedReader(_Chunks(body), CHUNK_BYTES)
    plain: io.BufferedReader[Any] = stored
    if stored.peek(len(_GZIP_MAGIC)).startswith(_GZIP_MAGIC):
        plain = io.BufferedReader(_Inflated(stored), CHUNK_BYTES)
    return io.TextIOWrapper(plain, encoding="utf-8-sig", errors="surrogateescape", newline="\n")
