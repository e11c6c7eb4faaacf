"""Assembly: makes the parts of a world and plugs them into one another; nothing else does.

Read it top to bottom to see what a world consists of.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from typing import Any

from harness.backends.backend import Backend
from harness.fakehttp.mounting import mount_from
from harness.fakehttp.partner import Mount
from harness.fakehttp.partners import Partners
from harness.fakehttp.wiring import Wiring
from harness.faults.injector import Injector
from harness.gateway import clients, interceptor
from harness.gateway.gateway import Gateway
from harness.kernel.chooser import Chooser
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, hours
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.mappings.announcements import Announcements
from harness.mappings.eventsources import EventSources
from harness.mappings.machinery import Machinery
from harness.runtime.asynchronous import AsynchronousQueue
from harness.runtime.baton import Baton
from harness.runtime.destinations import Destinations
from harness.runtime.invoker import Invoker
from harness.runtime.process import bent_process
from harness.sandbox.sandbox import Sandbox
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.identity import Identity
from harness.services.base.service import Surroundings
from harness.services.dynamodb.changes import StreamRecordAdded
from harness.services.kinesis.changes import RecordsPut, ShardsChanged
from harness.services.s3.changes import ObjectCreated, ObjectRemoved
from harness.services.s3.subscriptions import NotificationsWanted
from harness.services.sqs.changes import (
    MessageDeleted,
    MessageMoved,
    MessageReturned,
    MessageSent,
)
from harness.world.awslambda.account import Running
from harness.world.awslambda.service import Lambda
from harness.world.awslambda.sources import Sources
from harness.world.caller import CurrentCaller
from harness.world.configuration import PartnerConfiguration, WorldConfiguration
from harness.world.declaring import declared_topology
from harness.world.deployment import (
    DeploymentError,
    check_timeout,
    deployed_function,
    deployed_mapping,
)
from harness.world.imports import check_imports
from harness.world.journaling import keep_journal
from harness.world.logs import Logs
from harness.world.resources import create_resources, show_notifications
from harness.world.sessions import default_session, shared_session
from harness.world.template.problems import broken
from harness.world.topology import Topology
from harness.world.troubles import Troubles

MEMORY = "memory"
_HOUSEKEEPING_INTERVAL = hours(1)
"""How often expired items and records are looked for; AWS promises much less."""


class Assembly:
    """The parts of one world."""

    def __init__(
        self,
        configuration: WorldConfiguration,
        *,
        seed: int,
        chooser: Chooser,
        per_record: bool,
        backend: Backend,
    ) -> None:
        identity = Identity()
        self.topology: Topology = declared_topology(configuration, identity)

        self.scheduler = Scheduler(configuration.start)
        self.journal = Journal(self.scheduler, per_record=per_record)
        self.entropy = Entropy(seed)
        self.identifiers = Identifiers(self.entropy)
        self.changes = ChangeFeed()
        self.troubles = Troubles()

        surroundings = Surroundings(self.identifiers, self.changes, identity, chooser)
        self.backend = backend
        account = backend.account(surroundings, self._outside)
        self.dynamodb = account.dynamodb
        self.kinesis = account.kinesis
        self.sqs = account.sqs
        self.s3 = account.s3
        self.cloudwatch = account.cloudwatch
        self.services = account.by_name()

        self.baton = Baton(self.scheduler)
        self.invoker = Invoker(
            functions={function.name: function for function in self.topology.functions},
            baton=self.baton,
            journal=self.journal,
            entropy=self.entropy,
            identifiers=self.identifiers,
            identity=identity,
            write_log=self._write_log,
            report=self.troubles.report,
        )
        self.environments: dict[str, list[tuple[Instant, Mapping[str, str]]]] = {
            function.logical_id: [(configuration.start, function.environment)]
            for function in self.topology.functions
        }
        """The variables that each function had, and since when."""
        self.caller = CurrentCaller(self.invoker)
        self.logs = Logs(self.journal, self.cloudwatch, self.caller.actor)
        self.faults = Injector(self.journal, chooser)
        self.gateway = Gateway(
            self.services,
            now=self._now,
            pause=self.baton.pause,
            caller=self.caller,
            faults=self.faults,
            journal=self.journal,
            identifiers=self.identifiers,
            chance=self.entropy.branch("gateway.retries"),
            report=self.troubles.report,
        )
        self.partners = self._mount(configuration)
        check_imports(configuration)

        self.destinations = Destinations(
            scheduler=self.scheduler,
            journal=self.journal,
            identifiers=self.identifiers,
            sqs=self.sqs,
            s3=self.s3,
        )
        machinery = Machinery(
            scheduler=self.scheduler,
            journal=self.journal,
            identifiers=self.identifiers,
            invoker=self.invoker,
            destinations=self.destinations,
            identity=identity,
            chooser=chooser,
            acting=self.caller.entry,
        )
        self.asynchronous = AsynchronousQueue(machinery)
        self.event_sources = EventSources(machinery)
        self.announcements = Announcements(machinery, self.topology.notifications)
        self._sources = Sources(kinesis=self.kinesis, dynamodb=self.dynamodb, sqs=self.sqs)
        running = Running(self.invoker, self.baton, self.asynchronous, self.caller, self.logs)
        self._lambda = Lambda(running, machinery, self.event_sources, self._sources)
        self.services["lambda"] = self._lambda
        self.session = shared_session(identity.region)

        self._configuration = configuration
        self._identity = identity
        self._exits = ExitStack()
        self._sandbox: Sandbox | None = None

    def _outside(self) -> AbstractContextManager[None]:
        """Open the process's doors for a call of the backend."""
        if self._sandbox is None:
            return nullcontext()
        return self._sandbox.outside(on_virtual_time=self.backend.has_virtual_clock)

    def _really_outside(self) -> AbstractContextManager[None]:
        """Open the process's doors for a partner whose container lives in real time."""
        return nullcontext() if self._sandbox is None else self._sandbox.outside()

    def _now(self) -> Any:
        return self.scheduler.now

    def _write_log(self, function_id: str, line: str) -> None:
        self.logs.write(function_id, line)

    def _mount(self, configuration: WorldConfiguration) -> Partners:
        mounts = [_mounted(partner) for partner in configuration.partners]
        wiring = Wiring(
            now=self._now,
            pause=self.baton.pause,
            journal=self.journal,
            faults=self.faults,
            caller=self.caller.name,
            cause=self.caller.entry,
            crash=self.caller.crash,
            report=self.troubles.report,
            outside=self._really_outside,
            has_sockets=lambda: self._sandbox is not None and self._sandbox.is_inside,
        )
        return Partners(mounts, wiring)

    # Opening and closing

    def install(self) -> None:
        """Bend the process, create the resources, and start what listens to them."""
        with ExitStack() as exits:
            self._sandbox = exits.enter_context(
                bent_process(
                    self.baton,
                    self.troubles.report,
                    code_folders=frozenset(function.code for function in self.topology.functions),
                    shared_packages=_packages(configuration=self._configuration),
                    network=self.partners.network,
                )
            )
            interceptor.install(self.gateway)
            exits.callback(interceptor.remove, self.gateway)
            clients.install()
            exits.callback(clients.remove)
            session = default_session(self._identity.region)
            session.install()
            exits.callback(session.remove)
            self.partners.activate()
            exits.callback(self.partners.close)
            exits.callback(self._sandbox.put_back)
            exits.callback(self.invoker.stop_all)
            keep_journal(self.changes, self.journal, self.caller.actor)
            create_resources(self.topology, self.services, self.scheduler.now)
            if self.backend.name == MEMORY:  # elsewhere others would deliver them as well
                show_notifications(
                    self.topology, self.s3, self.invoker.function_arn, self.scheduler.now
                )
            self._listen()
            self._keep_house()
            self._exits = exits.pop_all()

    def remove(self) -> None:
        """Undo `install`."""
        self._exits.close()

    def _listen(self) -> None:
        """Start the event source mappings and the bucket notifications."""
        sources = self.event_sources
        subscribe = self.changes.subscribe
        subscribe(RecordsPut, sources.records_put)
        subscribe(ShardsChanged, sources.shards_changed)
        subscribe(StreamRecordAdded, sources.stream_record_added)
        subscribe(MessageSent, sources.message_available)
        subscribe(MessageReturned, sources.message_available)
        subscribe(MessageMoved, sources.message_moved)
        subscribe(MessageDeleted, sources.message_deleted)
        subscribe(ObjectCreated, self.announcements.object_created)
        subscribe(ObjectRemoved, self.announcements.object_removed)
        subscribe(NotificationsWanted, self.announcements.notifications_wanted)
        for mapping in self.topology.mappings:
            self._sources.attach(mapping, sources)

    def _keep_house(self) -> None:
        """Expire items and objects and trim streams, every hour from now on."""
        now = self.scheduler.now
        self.dynamodb.expire(now)
        self.kinesis.trim(now)
        self.s3.expire(now)
        self.scheduler.after(_HOUSEKEEPING_INTERVAL, self._keep_house, "housekeeping", idle=True)

    # Driving

    @contextmanager
    def driving(self) -> Iterator[None]:
        """Run the scheduler in here; afterwards the process is the caller's own again."""
        try:
            yield
        finally:
            if self._sandbox is not None:
                self._sandbox.leave()

    def deploy(self, logical_id: str, settings: Mapping[str, Any]) -> None:
        """Change settings of a function or an event source mapping."""
        if logical_id in self.event_sources.mappings:
            mapping = self.event_sources.mappings[logical_id].mapping
            self.event_sources.deploy(deployed_mapping(mapping, settings))
            return
        found = self.topology.function(logical_id)
        if found is None:
            raise DeploymentError("", f"there is no function or mapping {logical_id!r}")
        function = deployed_function(self.invoker.functions[found.name], settings)
        if "Timeout" in settings:
            records = self._lambda.mappings.all()
            check_timeout(function, (record.mapping for record in records), self._visibility)
        self.invoker.deploy(function)
        self.environments[found.logical_id].append((self.scheduler.now, function.environment))

    def _visibility(self, queue_name: str) -> Duration | None:
        queue = self.sqs.queues.get(queue_name)
        return None if queue is None else queue.visibility_timeout


def _mounted(partner: PartnerConfiguration) -> Mount:
    """Return the partner's mount; ScenarioError where the world file asks for what is not there."""
    settings = {
        "application": partner.application,
        "url": partner.url,
        "latency": partner.latency,
        "options": partner.options,
    }
    try:
        return replace(mount_from(partner.name, settings), is_outside=partner.is_outside)
    except ValueError as error:
        raise broken(partner.position, f"world file: {error}") from error


def _packages(configuration: WorldConfiguration) -> frozenset[str]:
    """Return the packages of the partners: they are the harness's, not the functions' own."""
    return frozenset(
        partner.application.partition(":")[0].partition(".")[0]
        for partner in configuration.partners
    )
