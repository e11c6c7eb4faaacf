"""What a template declares, as data: everything a world is built from.

A topology is shared between worlds, so nobody may change what hangs on it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from harness.mappings.mapping import BucketNotification
from harness.mappings.mapping import Mapping as EventSourceMapping
from harness.runtime.function import Function


@dataclass(frozen=True, slots=True)
class Resource:
    """A table, stream, queue or bucket: its logical id, its name and the creating call's input."""

    logical_id: str
    name: str
    create: Mapping[str, Any]
    """The parameters of CreateTable, CreateStream, CreateQueue or CreateBucket, as boto3 takes them."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What needs a call of its own: ``TimeToLiveSpecification``, ``VersioningConfiguration``,
    ``RetentionPeriodHours``."""
    arn: str = ""

    @property
    def redrive(self) -> tuple[str, int] | None:
        """A queue's redrive policy: the dead-letter queue's ARN, and after how many receives."""
        text = self.create.get("Attributes", {}).get("RedrivePolicy")
        if text is None:
            return None
        policy = json.loads(text)
        return policy["deadLetterTargetArn"], policy["maxReceiveCount"]


@dataclass(frozen=True, slots=True)
class Resolver:
    """A field of the GraphQL API that a function answers directly."""

    type_name: str
    field_name: str
    function_name: str


@dataclass(frozen=True, slots=True)
class GraphqlApi:
    """An AppSync API: its schema and its resolvers."""

    logical_id: str
    name: str
    schema: str
    resolvers: tuple[Resolver, ...]
    schema_path: str = ""
    """The file the schema stands in, as errors print it."""
    schema_line: int = 0
    """How many lines of that file come before the schema."""
    schema_column: int = 0
    """How far its lines are indented in that file."""
    schema_lines: Sequence[str] = field(default=(), compare=False, repr=False)
    """All lines of that file."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A function's configuration names a resource: what it does with it, only the code knows."""

    function_id: str
    resource_id: str
    through: tuple[str, ...]
    """The environment variables that hold it; ``policies`` where a policy names it."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A setting, or with an empty *setting* a whole resource, that has no effect here."""

    logical_id: str
    type_name: str
    setting: str
    why: str


class Named(Protocol):
    """Anything that has a logical id and a name."""

    @property
    def logical_id(self) -> str:
        """What the template calls it."""
        ...

    @property
    def name(self) -> str:
        """What AWS calls it."""
        ...


Found = TypeVar("Found", bound=Named)


def find(among: Iterable[Found], name: str) -> Found | None:
    """Return the one whose logical id or, failing that, whose name is *name*."""
    candidates = tuple(among)
    for candidate in candidates:
        if candidate.logical_id == name:
            return candidate
    return next((candidate for candidate in candidates if candidate.name == name), None)


@dataclass(frozen=True, slots=True)
class Topology:
    """A whole template."""

    path: Path
    tables: tuple[Resource, ...] = ()
    streams: tuple[Resource, ...] = ()
    queues: tuple[Resource, ...] = ()
    buckets: tuple[Resource, ...] = ()
    functions: tuple[Function, ...] = ()
    mappings: tuple[EventSourceMapping, ...] = ()
    notifications: tuple[BucketNotification, ...] = ()
    apis: tuple[GraphqlApi, ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """The values of parameters with NoEcho: they must be seen nowhere."""

    def function(self, name: str) -> Function | None:
        """Return the function with this logical id or name."""
        return find(self.functions, name)

    def table(self, name: str) -> Resource | None:
        """Return the table with this logical id or name."""
        return find(self.tables, name)

    def stream(self, name: str) -> Resource | None:
        """Return the Kinesis stream with this logical id or name."""
        return find(self.streams, name)

    def queue(self, name: str) -> Resource | None:
        """Return the queue with this logical id or name."""
        return find(self.queues, name)

    def bucket(self, name: str) -> Resource | None:
        """Return the bucket with this logical id or name."""
        return find(self.buckets, name)

    def api(self, name: str | None = None) -> GraphqlApi | None:
        """Return the API with this logical id or name; without one, the only API."""
        if name is None:
            return self.apis[0] if len(self.apis) == 1 else None
        return find(self.apis, name)

    def mapping(self, logical_id: str) -> EventSourceMapping | None:
        """Return the event source mapping with this logical id."""
        return next((known for known in self.mappings if known.logical_id == logical_id), None)

    def mappings_of(self, function_name: str) -> tuple[EventSourceMapping, ...]:
        """Return the event source mappings that invoke *function_name*."""
        return tuple(known for known in self.mappings if known.function_name == function_name)

    def resource_by_arn(self, arn: str) -> Resource | None:
        """Return the table, stream, queue or bucket with this ARN; a stream ARN finds its table."""
        for resource in (*self.tables, *self.streams, *self.queues, *self.buckets):
            if resource.arn == arn or arn.startswith(f"{resource.arn}/stream/"):
                return resource
        return None

    def function_by_arn(self, arn: str) -> Function | None:
        """Return the function with this ARN, or None; a qualifier is not part of it."""
        prefix, separator, name = arn.partition(":function:")
        return self.function(name) if separator and prefix.startswith("arn:aws:lambda:") else None
