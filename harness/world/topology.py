"""What a template declares, as data: everything a world is built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
