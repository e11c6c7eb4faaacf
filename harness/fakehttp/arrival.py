"""One HTTP request as it reaches a partner, whichever transport brought it."""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.kernel.instant import Duration


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request and how long its sender is willing to wait."""

    method: str
    url: str
    """Scheme and host, for example ``https://campaigns.test``."""
    path: str
    """As sent: still percent-encoded, without the query."""
    query: str
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes
    connect_timeout: Duration | None = None
    """None: waits for ever."""
    read_timeout: Duration | None = None
