"""The body of GetObject's answer: read once, from front to back."""

from collections.abc import Iterator
from io import BytesIO

from typing_extensions import Buffer

from harness.services.s3.content import Content


class Body:
    """A file-like reader of one stretch of an object's content."""

    def __init__(self, content: Content, start: int, stop: int) -> None:
        self._chunks: Iterator[bytes] = content.chunks(start, stop)
        self._buffer = memoryview(b"")
        self._position = 0
        self.closed = False

    def read(self, amt: int | None = -1) -> bytes:
        """Return the next *amt* bytes, fewer only at the end; all that is left for None or -1."""
        if self.closed:
            return b""
        wanted = None if amt is None or amt < 0 else amt
        pieces: list[memoryview] = []
        size = 0
        while wanted is None or size < wanted:
            if not self._buffer:
                chunk = next(self._chunks, None)
                if chunk is None:
                    break
                self._buffer = memoryview(chunk)
                continue
            piece = self._buffer if wanted is None else self._buffer[: wanted - size]
            self._buffer = self._buffer[len(piece) :]
            pieces.append(piece)
            size += len(piece)
        self._position += size
        if len(pieces) == 1 and isinstance(pieces[0].obj, bytes) and len(pieces[0].obj) == size:
            return pieces[0].obj  # the whole of one chunk: no copy
        return b"".join(pieces)

    def readinto(self, buffer: Buffer, /) -> int:
        """Fill *buffer* as far as there is something left; return how many bytes that were."""
        target = memoryview(buffer).cast("B")
        data = self.read(len(target))
        target[: len(data)] = data
        return len(data)

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._position

    def readable(self) -> bool:
        """Whether it can be read, as a stream's protocol asks."""
        return True

    def readlines(self) -> list[bytes]:
        """Return what is left as lines, each with its end."""
        return BytesIO(self.read()).readlines()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readlines())

    def close(self) -> None:
        """Forget what was not read."""
        self.closed = True
        self._buffer = memoryview(b"")
