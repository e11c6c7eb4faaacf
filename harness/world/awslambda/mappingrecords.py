"""The event source mappings of an account as its API shows them, and their states.

A change takes a while: until it is over the mapping goes on as before (one that is deleted stops at
once), and refuses another change.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, seconds
from harness.kernel.scheduler import Scheduler
from harness.mappings.eventsources import EventSources
from harness.mappings.mapping import Mapping
from harness.mappings.queuemapping import QueueMapping
from harness.mappings.streammapping import StreamMapping
from harness.services.base.errors import ServiceError
from harness.world.awslambda.errors import in_use, not_found
from harness.world.awslambda.sources import Sources

TRANSITION: Duration = seconds(5)
"""How long a change takes; on AWS some seconds up to a minute."""

State = Literal["Creating", "Enabled", "Disabled", "Updating", "Enabling", "Disabling", "Deleting"]


class MappingRecord:
    """One mapping.  *state* is Enabled or Disabled at rest, and else says which change is under way."""

    __slots__ = ("last_modified", "mapping", "qualifier", "state", "uuid")

    def __init__(
        self,
        uuid: str,
        mapping: Mapping,
        state: State,
        now: Instant,
        *,
        qualifier: str | None = None,
    ) -> None:
        self.uuid = uuid
        self.qualifier = qualifier
        """What the function's name was given with, ``$LATEST`` or nothing; its ARN shows it."""
        self.mapping = mapping
        """Its settings: those of the change that is under way, if there is one."""
        self.state = state
        self.last_modified = now
        """When it was last changed, or got into its state."""

    @property
    def logical_id(self) -> str:
        """The mapping's name within the harness: the UUID, or that of the template."""
        return self.mapping.logical_id


class MappingRecords:
    """All mappings: those of the template, and those that were created since."""

    def __init__(
        self,
        event_sources: EventSources,
        sources: Sources,
        *,
        scheduler: Scheduler,
        identifiers: Identifiers,
    ) -> None:
        self._event_sources = event_sources
        self._sources = sources
        self._scheduler = scheduler
        self._identifiers = identifiers
        self._started = scheduler.now
        self._records: dict[str, MappingRecord] = {}

    def all(self) -> list[MappingRecord]:
        """Return every mapping, the template's first."""
        self._adopt()
        return list(self._records.values())

    def find(self, uuid: str) -> MappingRecord:
        """Return the mapping with this UUID; the template's own know their logical id too."""
        for record in self.all():
            if uuid in (record.uuid, record.logical_id):
                return record
        raise not_found("The resource you requested does not exist.")

    def create(self, mapping: Mapping, qualifier: str | None) -> MappingRecord:
        """Add a mapping; it begins to read, and LATEST is looked up, when it has been created.

        One that begins disabled is there at once.
        """
        uuid = self._identifiers.uuid("mapping")
        mapping = replace(mapping, logical_id=uuid)
        record = MappingRecord(uuid, mapping, "Creating", self._scheduler.now, qualifier=qualifier)
        self._records[uuid] = record

        def begin() -> None:
            try:
                self._sources.begin(record.mapping, self._event_sources, uuid)
            except ServiceError:
                # The source went while the mapping was being created: nothing is left to map.
                del self._records[uuid]

        if mapping.is_enabled:
            self._change(record, "Creating", begin)
        else:
            record.state = "Disabled"
            begin()
        return record

    def update(self, record: MappingRecord, mapping: Mapping) -> None:
        """Change the settings of a mapping."""
        self._require_at_rest(record, "update")
        was_enabled, is_enabled = record.mapping.is_enabled, mapping.is_enabled
        state: State = "Updating"
        if was_enabled != is_enabled:
            state = "Enabling" if is_enabled else "Disabling"
        self._change(record, state, lambda: self._event_sources.deploy(mapping))
        record.mapping = mapping

    def delete(self, record: MappingRecord) -> None:
        """Stop a mapping, and forget it a while later."""
        self._require_at_rest(record, "delete")
        self._event_sources.remove(record.logical_id)
        record.state = "Deleting"
        record.last_modified = self._scheduler.now
        self._scheduler.after(
            TRANSITION, lambda: self._records.pop(record.uuid), "deletion of a mapping"
        )

    def _change(self, record: MappingRecord, state: State, act: Callable[[], object]) -> None:
        record.state = state
        record.last_modified = self._scheduler.now

        def finish() -> None:
            act()
            record.state = "Enabled" if record.mapping.is_enabled else "Disabled"
            record.last_modified = self._scheduler.now

        self._scheduler.after(TRANSITION, finish, f"{state} of a mapping")

    @staticmethod
    def _require_at_rest(record: MappingRecord, action: str) -> None:
        if record.state not in ("Enabled", "Disabled"):
            raise in_use(action)

    def _adopt(self) -> None:
        """Take up the template's mappings, and what a deployment has changed of them."""
        by_logical_id = {record.logical_id: record for record in self._records.values()}
        for logical_id, running in self._event_sources.mappings.items():
            record = by_logical_id.get(logical_id)
            if record is None:
                uuid = self._uuid_of(running)
                record = MappingRecord(uuid, running.mapping, "Enabled", self._started)
                self._records[uuid] = record
            if record.state in ("Enabled", "Disabled"):
                record.mapping = running.mapping
                record.state = "Enabled" if running.mapping.is_enabled else "Disabled"

    def _uuid_of(self, running: StreamMapping | QueueMapping) -> str:
        """Return the UUID of a mapping that the template declares."""
        if isinstance(running, StreamMapping):
            return running.identifier
        return self._identifiers.uuid("queue-mapping")
