"""What a mapping works with: the parts of the world that all pollers share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from harness.kernel.chooser import CalmChooser, Chooser
from harness.kernel.identifiers import Identifiers
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.mappings.backoff import BackOff
from harness.runtime.destinations import Destinations
from harness.runtime.function import Function
from harness.runtime.outcome import Outcome
from harness.services.base.identity import Identity


class Invoker(Protocol):
    """Runs functions; the invoker of `harness.runtime`, or a script in a test."""

    @property
    def functions(self) -> Mapping[str, Function]:
        """The functions by name."""
        ...

    def invoke(  # noqa: PLR0913 - the invoker's signature
        self,
        function_name: str,
        event: Any,
        *,
        source: str,
        cause: int | None,
        done: Callable[[Outcome], None],
        request_id: str | None = None,
    ) -> None:
        """Start an invocation now; *done* is called with its outcome later, never at once."""
        ...

    def function_arn(self, function_name: str) -> str:
        """Return the function's unqualified ARN."""
        ...


@dataclass(frozen=True, slots=True)
class Machinery:
    """What a poller may use of the world around it."""

    scheduler: Scheduler
    journal: Journal
    identifiers: Identifiers
    invoker: Invoker
    destinations: Destinations
    identity: Identity = field(default_factory=Identity)
    chooser: Chooser = field(default_factory=CalmChooser)
    back_off: BackOff = field(default_factory=BackOff)
    acting: Callable[[], int | None] = lambda: None
    """Returns the journal's index of the invocation whose code is running, if any is."""

    def latest_entry(self, kind: str) -> int | None:
        """Return the journal's last entry if it is of *kind*: what made a source announce itself.

        A journal that is written batch by batch has no entry for a single item or message: there
        it is the invocation that changed it.
        """
        index = len(self.journal) - 1
        if index >= 0 and self.journal[index].kind == kind:
            return index
        return None if self.journal.per_record else self.acting()
