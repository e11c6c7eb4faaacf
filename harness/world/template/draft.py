"""A topology in the making: what the resource modules add to while the template is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.mappings.mapping import BucketNotification, Mapping
from harness.runtime.function import AsynchronousConfiguration, Function
from harness.world.template.node import Position, ScalarNode
from harness.world.template.scope import Declaration
from harness.world.topology import GraphqlApi, Ignored, Reference, Resolver, Resource, Topology


@dataclass(frozen=True, slots=True)
class DraftMapping:
    """An event source mapping, and where an error about it belongs."""

    mapping: Mapping
    owner: str
    position: Position


@dataclass(frozen=True, slots=True)
class DraftNotification:
    """A bucket notification, and where an error about it belongs."""

    notification: BucketNotification
    owner: str
    position: Position


@dataclass(frozen=True, slots=True)
class DraftResolver:
    """A resolver as written; its data source and the schema may not have been read yet."""

    declaration: Declaration
    type_name: ScalarNode
    field_name: ScalarNode
    source: ScalarNode


@dataclass(slots=True)
class DraftApi:
    """What is known of one AppSync API so far; its parts are resources of their own."""

    declaration: Declaration
    name: str
    schema: str | None = None
    schema_path: str = ""
    schema_line: int = 0
    schema_column: int = 0
    schema_lines: Sequence[str] = ()
    sources: dict[str, str] = field(default_factory=dict)
    """Data source name -> function name."""
    resolvers: list[DraftResolver] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """Everything found so far, in the order of the template."""

    path: Path
    tables: list[Resource] = field(default_factory=list)
    streams: list[Resource] = field(default_factory=list)
    queues: list[Resource] = field(default_factory=list)
    buckets: list[Resource] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    mappings: list[DraftMapping] = field(default_factory=list)
    notifications: list[DraftNotification] = field(default_factory=list)
    apis: dict[str, DraftApi] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
    asynchronous: dict[str, AsynchronousConfiguration] = field(default_factory=dict)
    """Function name -> what a resource of its own says about its asynchronous events."""
    positions: dict[str, Position] = field(default_factory=dict)
    """Where each resource is declared."""
    secrets: list[str] = field(default_factory=list, repr=False)
    inputs: dict[Path, str] = field(default_factory=dict)
    """Other files that were read, with their text."""

    def finish(self) -> Topology:
        """Return what was found, frozen; the checks have been made."""
        return Topology(
            path=self.path,
            tables=tuple(self.tables),
            streams=tuple(self.streams),
            queues=tuple(self.queues),
            buckets=tuple(self.buckets),
            functions=tuple(self.functions),
            mappings=tuple(draft.mapping for draft in self.mappings),
            notifications=tuple(draft.notification for draft in self.notifications),
            apis=tuple(_finished(api) for api in self.apis.values()),
            outputs=self.outputs,
            references=tuple(self.references),
            ignored=tuple(self.ignored),
            secrets=tuple(self.secrets),
        )


def _finished(api: DraftApi) -> GraphqlApi:
    assert api.schema is not None, "an API without a schema has been refused"
    resolvers = (
        Resolver(
            resolver.type_name.text, resolver.field_name.text, api.sources[resolver.source.text]
        )
        for resolver in api.resolvers
    )
    return GraphqlApi(
        logical_id=api.declaration.logical_id,
        name=api.name,
        schema=api.schema,
        resolvers=tuple(resolvers),
        schema_path=api.schema_path,
        schema_line=api.schema_line,
        schema_column=api.schema_column,
        schema_lines=api.schema_lines,
    )
