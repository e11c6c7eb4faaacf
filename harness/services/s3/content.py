"""What an object contains: bytes in memory, or bytes made anew for every reader.

The second kind lets a generated file of several GB lie in a bucket and never whole in memory.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

Factory = Callable[[], Iterator[bytes]]
"""Begins the content anew; every call must give the same bytes."""


class Content(Protocol):
    """Bytes that can be read from any place, as often as one likes."""

    @property
    def size(self) -> int:
        """How many bytes there are."""
        ...

    def chunks(self, start: int, stop: int) -> Iterator[bytes]:
        """Return the bytes from *start* up to *stop* in pieces of any size."""
        ...


class StoredContent:
    """Bytes in memory."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self.data)

    def chunks(self, start: int, stop: int) -> Iterator[bytes]:
        """Return the piece that is asked for, without a copy when it is all."""
        yield self.data[start:stop]


class StreamedContent:
    """Bytes that a *factory* makes; reading from the middle makes and drops what stands before."""

    __slots__ = ("_factory", "_size")

    def __init__(self, factory: Factory, size: int) -> None:
        self._factory = factory
        self._size = size

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._size

    def chunks(self, start: int, stop: int) -> Iterator[bytes]:
        """Return what the factory makes, cut at both ends."""
        position = 0
        for chunk in self._factory():
            first, last = max(start - position, 0), min(stop - position, len(chunk))
            position += len(chunk)
            if first < last:
                yield chunk[first:last]
            if position >= stop:
                return


def as_bytes(body: Any) -> bytes:
    """Return what botocore would send for *body*: text as UTF-8, a file's content."""
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if hasattr(body, "read"):
        body = body.read()
    return body.encode() if isinstance(body, str) else bytes(body)
