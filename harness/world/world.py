"""World: a running system built from a template, with its clock, its engine and its partners."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from harness.backends.backend import Backend
from harness.backends.choosing import backend_named
from harness.errors import HarnessError
from harness.kernel.chooser import CalmChooser, Chooser
from harness.kernel.digest import digest
from harness.kernel.instant import Duration, Instant, hours
from harness.runtime.outcome import Outcome
from harness.world.appsync.front import AppSync
from harness.world.asker import Asker, current_asker
from harness.world.assembly import Assembly
from harness.world.caller import OUTSIDE
from harness.world.configuration import WorldConfiguration, read_configuration
from harness.world.settling import settle
from harness.world.topology import Topology
from harness.world.view import View, view_of


class World:
    """A deterministic AWS account with functions running in it.

    States: open (the process is bent to its will: one world at a time), closed.  Use it as a
    context manager.
    """

    def __init__(  # noqa: PLR0913 - what a world may be told, all named
        self,
        configuration: WorldConfiguration | Path | str,
        *,
        seed: int = 0,
        chooser: Chooser | None = None,
        per_record: bool = True,
        validates: bool = True,
        backend: Backend | str = "memory",
    ) -> None:
        """Make a world of *configuration*, or of the world file with that path.

        *backend* says where AWS's services are carried out, in every place but ``aws``: what is
        deployed has no world here, and scenarios reach it through `harness run --backend aws`.
        """
        if not isinstance(configuration, WorldConfiguration):
            configuration = read_configuration(Path(configuration))
        self.configuration = configuration
        self.seed = seed
        self._assembly = Assembly(
            configuration,
            seed=seed,
            chooser=chooser or CalmChooser(),
            per_record=per_record,
            backend=backend_named(backend) if isinstance(backend, str) else backend,
        )
        self._assembly.gateway.validates = validates
        self.backend = self._assembly.backend
        self.topology: Topology = self._assembly.topology
        self.scheduler = self._assembly.scheduler
        self.journal = self._assembly.journal
        self.identifiers = self._assembly.identifiers
        self.dynamodb = self._assembly.dynamodb
        self.kinesis = self._assembly.kinesis
        self.sqs = self._assembly.sqs
        self.s3 = self._assembly.s3
        self.cloudwatch = self._assembly.cloudwatch
        self.changes = self._assembly.changes
        self.invoker = self._assembly.invoker
        self.partners = self._assembly.partners
        self.faults = self._assembly.faults
        self.logs = self._assembly.logs
        self._appsync = AppSync(
            self.topology, lambda name, event: self._invoke(name, event, "appsync")
        )
        self._is_open = False

    # Opening and closing

    def open(self) -> Self:
        """Bend the process and create what the template declares."""
        self._assembly.install()
        self._is_open = True
        return self

    def close(self) -> None:
        """Stop what runs and straighten the process; a closed world can still be read."""
        if self._is_open:
            self._is_open = False
            self._assembly.remove()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    # Time

    @property
    def now(self) -> Instant:
        """The present instant of the virtual clock."""
        return self.scheduler.now

    def advance(self, duration: Duration) -> None:
        """Let *duration* pass, with everything that is due in it."""
        with self._assembly.driving():
            self.scheduler.run_until(Instant(self.now + duration))
        self._assembly.troubles.raise_first()

    def settle(self, limit: Duration | None = None) -> Instant:
        """Run until nothing is due but housekeeping; return the instant of the last event.

        Raises `UnsettledError` naming what is still due after *limit* (24 hours by default).
        """
        with self._assembly.driving():
            return settle(
                self.scheduler,
                hours(24) if limit is None else limit,
                self._assembly.troubles.raise_first,
            )

    def run_until(self, is_enough: Callable[[], bool]) -> bool:
        """Run until *is_enough*; return False if the world came to rest before that."""
        with self._assembly.driving():
            while not is_enough():
                if self.scheduler.is_at_rest:
                    return False
                self.scheduler.step()
                self._assembly.troubles.raise_first()
        return True

    # Acting from outside

    def call(self, service: str, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Carry out an AWS operation at this very instant; raises `ServiceError`."""
        engine = self._assembly.services[service]
        output: dict[str, Any] = engine.operations[operation](engine, parameters, self.now)
        return output

    def client(self, service: str) -> Any:
        """Return a boto3 client for a test written in Python; its calls take virtual time."""
        return self._assembly.session.client(service)  # type: ignore[call-overload]  # any service name

    def invoke(self, function_id: str, event: Any) -> Outcome:
        """Invoke a function synchronously and run the world until it has ended."""
        function = self.topology.function(function_id)
        if function is None:
            known = ", ".join(function.logical_id for function in self.topology.functions)
            raise HarnessError(f"there is no function {function_id!r}; the template has {known}")
        return self._invoke(function.name, event, OUTSIDE)

    def beside(self, act: Callable[[], object]) -> None:
        """Do *act* without holding anybody up: where it waits for a function, time goes on.

        It begins at once, and is over when whoever drives the world has come that far.
        """
        Asker(act).go_on()
        self._assembly.troubles.raise_first()

    def query(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        api: str | None = None,
    ) -> dict[str, Any]:
        """Send a GraphQL query to an API of the template and return the answer's document."""
        return self._appsync.query(query, variables, headers, api)

    def deploy(self, logical_id: str, **settings: Any) -> None:
        """Change settings of a function or an event source mapping, as a deployment would."""
        self._assembly.deploy(logical_id, settings)

    def _invoke(self, function_name: str, event: Any, source: str) -> Outcome:
        def start(done: Callable[[Outcome], None]) -> None:
            self._assembly.invoker.invoke(
                function_name, event, source=source, cause=None, done=done
            )

        asker = current_asker()
        if asker is not None:
            return asker.outcome_of(start)
        outcomes: list[Outcome] = []
        start(outcomes.append)
        self.run_until(lambda: bool(outcomes))
        return outcomes[0]

    # Reading

    def view(self) -> View:
        """Return everything that can be seen of the world now, as plain data."""
        return view_of(self._assembly)

    def digest(self) -> str:
        """Return one hash of everything that has happened."""
        return digest(self.journal)
