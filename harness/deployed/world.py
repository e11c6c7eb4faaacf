"""DeployedWorld: a stack on AWS, in the shape of a world that scenarios can run against.

Its functions run there, not here; its time is real; what only a simulation knows or can do is
refused by name, so that a scenario ends as unsupported and never as passed.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from time import sleep  # noqa: TID251 - the stack lives in real time
from typing import Any, NoReturn, Self

import boto3

from harness.backends.findings import Findings
from harness.backends.lacking import LackingError
from harness.backends.remote.connection import Connection
from harness.deployed.absent import AbsentFaults, AbsentPartners, AbsentQueues
from harness.deployed.carefulness import ALLOWED, Carefulness
from harness.deployed.journal import DeployedJournal
from harness.deployed.resting import wait_for_rest
from harness.deployed.scanning import scan
from harness.deployed.settings import StackSettings, read_settings
from harness.deployed.stack import deployed_topology, read_stack
from harness.deployed.streams import DeployedStreams
from harness.deployed.view import DeployedView
from harness.kernel.instant import Duration, Instant, from_datetime, in_seconds, minutes
from harness.services.base.identity import Identity
from harness.world.configuration import read_configuration
from harness.world.declaring import declared_topology
from harness.world.plainitem import plain_item

LONGEST_WAIT = minutes(20)
"""Nobody waits longer in real time: a scenario that needs it is for the simulation."""


class _RealClock:
    """The instant that it is; nothing is due, for the stack's timers are its own."""

    @property
    def now(self) -> Instant:
        return from_datetime(datetime.now(UTC))  # noqa: TID251 - the stack lives in real time

    def next_due(self) -> None:
        """Return None: the end of a wait is found by looking."""


class DeployedKinesis:
    """Streams to be read."""

    def __init__(self, connection: Connection, since: Instant) -> None:
        self.streams = DeployedStreams(connection, since)


def require_stack() -> None:
    """Raise StackError unless the stack is named, agreed to, and shown by CloudFormation."""
    settings = read_settings()
    read_stack(boto3.Session(), settings.name)


class DeployedWorld:
    """A stack while a scenario runs against it."""

    def __init__(self, world_file: Path, settings: StackSettings | None = None) -> None:
        self._settings = settings or read_settings()
        self.configuration = read_configuration(world_file)
        session = boto3.Session()
        self._declared = declared_topology(
            self.configuration, Identity(region=session.region_name or Identity().region)
        )
        stack = read_stack(session, self._settings.name)
        self.topology = deployed_topology(self._declared, stack)
        findings = Findings()
        self._connections = {
            name: Connection(session.client(name), "aws", nullcontext, findings)  # type: ignore[call-overload]  # any service name
            for name in ALLOWED
        }
        self._carefulness = Carefulness(self._connections)
        self.scheduler = _RealClock()
        self.journal = DeployedJournal(self.scheduler)
        self.partners = AbsentPartners()
        self.faults = AbsentFaults()
        self.sqs = AbsentQueues()
        self.kinesis = DeployedKinesis(self._connections["kinesis"], self.scheduler.now)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave everything as it is: what came of the inputs is the stack's owner's."""

    @property
    def now(self) -> Instant:
        """The real instant."""
        return self.scheduler.now

    def call(self, service: str, operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Carry out an AWS operation; raises `ServiceError`, `LackingError`."""
        return self._carefulness.call(service, operation, parameters)

    def advance(self, duration: Duration) -> None:
        """Wait in real time."""
        if duration > LONGEST_WAIT:
            feature = f"virtual time: nobody waits {in_seconds(duration):g} s"
            raise LackingError("aws", feature)
        sleep(in_seconds(duration))

    def settle(self, limit: Duration = LONGEST_WAIT) -> Instant:
        """Wait until the stack's queues are empty and its tables have not changed for a while."""
        seconds = in_seconds(min(limit, LONGEST_WAIT))
        wait_for_rest(self.topology, self._connections, self._settings.quiet_seconds, seconds)
        return self.now

    def invoke(self, function_id: str, event: Any) -> NoReturn:
        """Refuse: an invocation's journal, which is what it is looked at by, is not there."""
        raise LackingError(
            "aws", f"invoking {function_id} with {type(event).__name__} from outside"
        )

    def query(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: an API's authorisation is its own."""
        raise LackingError("aws", "queries to an API")

    def deploy(self, logical_id: str, **_: Any) -> NoReturn:
        """Refuse: the stack is not changed."""
        raise LackingError("aws", f"changing settings of {logical_id}")

    def view(self) -> DeployedView:
        """Return the tables as they are now; the rest is refused when an invariant asks for it."""
        declared, deployed = self._declared.tables, self.topology.tables
        names = {here.name: there.name for here, there in zip(declared, deployed, strict=True)}
        dynamodb = self._connections["dynamodb"]
        return DeployedView(
            tuple(names), lambda name: [plain_item(item) for item in scan(dynamodb, names[name])]
        )
