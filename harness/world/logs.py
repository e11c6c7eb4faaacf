"""What functions write to their logs: kept, journalled, and read for embedded metrics."""

from collections import deque
from collections.abc import Callable

from harness.kernel.journal import Journal
from harness.services.cloudwatch import emf
from harness.services.cloudwatch.service import CloudWatch

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

    def write(self, function_id: str, line: str) -> None:
        """Take one line of a function's standard output or error."""
        if not line.strip():
            return
        self._lines.setdefault(function_id, deque(maxlen=_TAIL)).append(line)
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
