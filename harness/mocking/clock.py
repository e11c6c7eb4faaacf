"""The clocks of a mocked account: the wall clock, or one that a test moves itself.

Everywhere else in this package the harness's own rule is lifted, and here only: the code under
test runs in real time, so the account must too.
"""

import time
from threading import Condition
from typing import Protocol

from harness.kernel.instant import Duration, Instant, in_seconds, seconds


class Clock(Protocol):
    """What tells an account the time, and lets it pass."""

    def now(self) -> Instant:
        """Return the present instant."""
        ...

    def wait(self, woken: Condition, duration: Duration) -> None:
        """Let at most *duration* pass, less if *woken*, which the caller holds, is notified."""
        ...


class WallClock:
    """`time.time`, looked up at each call, so that freezegun and time-machine are obeyed."""

    def now(self) -> Instant:
        """Return what the process believes the time to be."""
        return Instant(int(time.time() * 1_000_000))  # noqa: TID251 - this is the one account that lives in real time

    def wait(self, woken: Condition, duration: Duration) -> None:
        """Wait for real, and let other threads call meanwhile."""
        woken.wait(in_seconds(duration))


class VirtualClock:
    """A clock that stands still until somebody moves it; waiting moves it at once."""

    def __init__(self, start: Instant) -> None:
        self._now = start

    def now(self) -> Instant:
        """Return the present instant."""
        return self._now

    def wait(self, woken: Condition, duration: Duration) -> None:  # noqa: ARG002 - the protocol's shape
        """Move on by *duration*."""
        self._now = Instant(self._now + duration)

    def advance(self, count: float) -> None:
        """Move on by *count* seconds."""
        self._now = Instant(self._now + seconds(count))
