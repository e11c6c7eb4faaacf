"""The pipeline as a Mermaid flowchart: what the text tree says, with less detail and more picture."""

import re
from collections.abc import Iterator

from harness.reports.topology import destinations_of, redrive_of
from harness.world.topology import Topology

SHAPES = {
    "bucket": ("[/", "/]"),
    "stream": ("[[", "]]"),
    "table": ("[(", ")]"),
    "queue": ("(", ")"),
    "api": ("{{", "}}"),
    "function": ("([", "])"),
}


def as_mermaid(topology: Topology) -> str:
    """Return the flowchart: solid arrows carry events, dotted ones are references."""
    return "\n".join(["flowchart LR", *_nodes(topology), *_arrows(topology)]) + "\n"


def _nodes(topology: Topology) -> Iterator[str]:
    for kind, items in (
        ("api", topology.apis),
        ("bucket", topology.buckets),
        ("stream", topology.streams),
        ("table", topology.tables),
        ("queue", topology.queues),
        ("function", topology.functions),
    ):
        opening, closing = SHAPES[kind]
        for item in items:
            yield f'    {_id(item.logical_id)}{opening}"{item.logical_id}"{closing}'


def _arrows(topology: Topology) -> Iterator[str]:
    for api in topology.apis:
        for resolver in api.resolvers:
            target = _function(topology, resolver.function_name)
            yield _solid(api.logical_id, target, f"{resolver.type_name}.{resolver.field_name}")
    yield from _notifications(topology)
    for mapping in topology.mappings:
        target = _function(topology, mapping.function_name)
        source = _target(topology, mapping.source_arn)
        yield _solid(source, target, f"batch {mapping.batch_size}")
    yield from _failures(topology)
    for reference in topology.references:
        ends = _id(reference.function_id), _id(reference.resource_id)
        yield f"    {ends[0]} -.->|refers to| {ends[1]}"


def _notifications(topology: Topology) -> Iterator[str]:
    for notification in topology.notifications:
        bucket = topology.bucket(notification.bucket_name)
        assert bucket is not None, "the template has been checked"
        if notification.function_name is not None:
            target = _function(topology, notification.function_name)
        else:
            target = _target(topology, notification.queue_arn or "")
        yield _solid(bucket.logical_id, target, f"{notification.prefix}*{notification.suffix}")


def _failures(topology: Topology) -> Iterator[str]:
    for function in topology.functions:
        for when, arn in destinations_of(topology, function):
            yield _solid(function.logical_id, _target(topology, arn), when)
    for queue in topology.queues:
        redrive = redrive_of(topology, queue)
        if redrive is not None:
            yield _solid(queue.logical_id, redrive[0].logical_id, f"after {redrive[1]} receives")


def _solid(source: str, target: str, label: str) -> str:
    return f'    {_id(source)} -->|"{_text(label)}"| {_id(target)}'


def _target(topology: Topology, arn: str) -> str:
    found = topology.resource_by_arn(arn) or topology.function_by_arn(arn)
    return arn if found is None else found.logical_id


def _function(topology: Topology, name: str) -> str:
    function = topology.function(name)
    assert function is not None, "the template has been checked"
    return function.logical_id


def _id(logical_id: str) -> str:
    """Return an identifier: ``end`` and the like are words of Mermaid's own."""
    identifier = re.sub(r"\W", "_", logical_id)
    return (
        f"{identifier}_"
        if identifier.lower() in ("end", "graph", "style", "class")
        else identifier
    )


def _text(label: str) -> str:
    return label.replace('"', "#quot;")
