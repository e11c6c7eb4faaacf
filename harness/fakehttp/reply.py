"""One HTTP answer, before any transport has touched it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, headers in order, and a body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
