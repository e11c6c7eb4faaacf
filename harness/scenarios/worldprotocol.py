"""What scenarios ask of a world: a narrow view, so that a test can run them on a small one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from harness.kernel.instant import Duration, Instant
from harness.kernel.journal import Entry
from harness.runtime.outcome import Outcome


class Clock(Protocol):
    """The queue of timers, as far as waiting needs it."""

    def next_due(self) -> Instant | None:
        """Return the instant of the earliest timer."""
        ...


class JournalView(Protocol):
    """The journal, to be read and to note the steps in."""

    def record(
        self, kind: str, *, actor: str, subject: str, cause: int | None = None, **details: Any
    ) -> int:
        """Append an entry."""
        ...

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Entry]: ...
    def __getitem__(self, index: int) -> Entry: ...


class TopologyView(Protocol):
    """The names of what the template declares."""

    @property
    def tables(self) -> Sequence[Any]: ...  # noqa: D102 - the class says it
    @property
    def streams(self) -> Sequence[Any]: ...  # noqa: D102 - the same
    @property
    def queues(self) -> Sequence[Any]: ...  # noqa: D102 - the same
    @property
    def buckets(self) -> Sequence[Any]: ...  # noqa: D102 - the same
    @property
    def functions(self) -> Sequence[Any]: ...  # noqa: D102 - the same
    @property
    def mappings(self) -> Sequence[Any]: ...  # noqa: D102 - the same


class PartnerView(Protocol):
    """A faked partner service."""

    @property
    def calls(self) -> Sequence[Any]:
        """The calls that it saw; each has a ``view()``."""
        ...

    def load(self, state: Mapping[str, Any]) -> None:
        """Take a state; ValueError says what it does not know."""
        ...

    def repeat(self, answers: Iterable[Any]) -> None:
        """Give these recorded answers."""
        ...

    def view(self) -> dict[str, Any]:
        """Return the state."""
        ...

    def add_mood(self, **what: Any) -> None:
        """Behave so too; ValueError says what cannot be understood."""
        ...

    def clear_mood(self) -> None:
        """Behave well again."""
        ...


class FaultsView(Protocol):
    """The injector."""

    def inject(self, rule: Any) -> object:
        """Put a `FaultRule` in force."""
        ...

    def clear(self) -> None:
        """Let nothing strike any more."""
        ...


class ConfigurationView(Protocol):
    """The world file, as far as scenarios need it."""

    @property
    def generators(self) -> Mapping[str, Any]:
        """Name -> import path, or the function itself."""
        ...

    @property
    def invariants(self) -> Iterable[Any]:
        """Import paths, or the functions themselves."""
        ...


class ScenarioWorld(Protocol):
    """A running world."""

    @property
    def configuration(self) -> ConfigurationView: ...  # noqa: D102 - the type says it
    @property
    def topology(self) -> TopologyView: ...  # noqa: D102 - the same
    @property
    def scheduler(self) -> Clock: ...  # noqa: D102 - the same
    @property
    def journal(self) -> JournalView: ...  # noqa: D102 - the same
    @property
    def partners(self) -> Mapping[str, PartnerView]: ...  # noqa: D102 - the same
    @property
    def faults(self) -> FaultsView: ...  # noqa: D102 - the same
    @property
    def kinesis(self) -> Any: ...  # noqa: D102 - the same
    @property
    def sqs(self) -> Any: ...  # noqa: D102 - the same
    @property
    def now(self) -> Instant: ...  # noqa: D102 - the same

    def call(self, service: str, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Carry out an AWS operation at this very instant; raises ServiceError."""
        ...

    def invoke(self, function_id: str, event: Any) -> Outcome:
        """Invoke a function and run the world until it has ended."""
        ...

    def query(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        api: str | None = None,
    ) -> dict[str, Any]:
        """Send a GraphQL query and return the answer's document."""
        ...

    def advance(self, duration: Duration) -> None:
        """Let *duration* pass."""
        ...

    def settle(self, limit: Duration = ...) -> Instant:
        """Run until at rest; a HarnessError names what is still due after *limit*."""
        ...

    def view(self) -> Any:
        """Return everything that can be seen of the world, for the invariants."""
        ...

    def deploy(self, logical_id: str, **settings: Any) -> None:
        """Change settings of a function or a mapping."""
        ...


WorldFactory = Callable[[Path, int], AbstractContextManager[ScenarioWorld]]
"""World file and seed -> a world, opened on entering and closed on leaving."""
