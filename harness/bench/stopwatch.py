"""Wall and processor time of the process; it can be stopped for what does not count."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Self


@dataclass(frozen=True, slots=True)
class Seconds:
    """A span of time, by both clocks."""

    wall: float
    processor: float
    """Of all threads together."""

    def __add__(self, other: Self) -> "Seconds":
        return Seconds(self.wall + other.wall, self.processor + other.processor)


NOTHING = Seconds(0.0, 0.0)


class Stopwatch:
    """Adds up the spans that it ran; it stands still at first."""

    def __init__(self) -> None:
        self._wall = 0.0
        self._processor = 0.0

    @property
    def elapsed(self) -> Seconds:
        """What it ran so far."""
        return Seconds(self._wall, self._processor)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let it run in here."""
        wall, processor = perf_counter(), process_time()
        try:
            yield
        finally:
            self._processor += process_time() - processor
            self._wall += perf_counter() - wall

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Take what happens in here off, while it runs."""
        wall, processor = perf_counter(), process_time()
        try:
            yield
        finally:
            self._processor -= process_time() - processor
            self._wall -= perf_counter() - wall
