"""What a mapping works with: the parts of the world that all pollers share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from harness.kernel.chooser import CalmChooser, Chooser
from harness.kernel.identifiers import Identifiers
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.mappings.backoff import BackOff
from harness.runtime.asynchronous import InvokesFunctions
from harness.runtime.destinations import Destinations
from harness.services.base.identity import Identity


@dataclass(frozen=True, slots=True)
class Machinery:
    """What a poller may use of the world around it."""

    scheduler: Scheduler
    journal: Journal
    identifiers: Identifiers
    invoker: InvokesFunctions
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
