"""What functions write to their logs: kept, journalled, and read for embedded metrics."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from harness.kernel.journal import Journal
from harness.services.cloudwatch import emf
from harness.services.cloudwatch.service import CloudWatch

Written = tuple[int | None, str]
"""The journal's index of an invocation, and a line that it wrote."""

_TAIL = 10_000
"""How many lines of each function are kept."""


class Logs:
    """The log lines of each function, latest last."""

    def __init__(
        self,
        journal: Journal,
        cloudwatch: CloudWatch,
        actor: Callable[[], tuple[str, int | None]],
    ) -> None:
        self._journal = journal
        self._cloudwatch = cloudwatch
        self._actor = actor
        self._lines: dict[str, deque[str]] = {}
        self._followers: list[list[Written]] = []

    @contextmanager
    def following(self) -> Iterator[list[Written]]:
        """Give a list that takes every line which is written meanwhile."""
        written: list[Written] = []
        self._followers.append(written)
        try:
            yield written
        finally:
            self._followers = [other for other in self._followers if other is not written]

    def write(self, function_id: str, line: str) -> None:
        """Take one line of a function's standard output or error."""
        if not line.strip():
            return
        self._lines.setdefault(function_id, deque(maxlen=_TAIL)).append(line)
        for written in self._followers:
            written.append((self._actor()[1], line))
        points = emf.read(line) if '"_aws"' in line else []
        if points:
            self._cloudwatch.record(points)
        elif self._journal.per_record:
            _, cause = self._actor()
            self._journal.record(
                "log", actor=function_id, subject=function_id, cause=cause, line=line
            )

    def lines(self, function_id: str) -> list[str]:
        """Return the kept lines of one function."""
        return list(self._lines.get(function_id, ()))
