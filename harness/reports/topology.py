"""The pipeline drawn from the template: as a tree of text, and as a Mermaid flowchart.

An arrow is something the template declares: an event source mapping, a notification, a resolver,
a destination, a redrive.  What a function does with the resources that its configuration names
only its code knows, so those lines say ``refers to``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.kernel.instant import Duration, in_seconds
from harness.mappings.mapping import BucketNotification, Mapping
from harness.runtime.function import Function
from harness.world.topology import Resource, Topology

HANDLER = "handler "
BRANCH, LAST, BAR, GAP = "├─ ", "└─ ", "│  ", "   "


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree, and what hangs below it."""

    text: str
    below: tuple["Line", ...] = ()


def as_text(topology: Topology) -> str:
    """Return the pipeline as a tree: each source, what it invokes, and what that refers to."""
    parts = [_drawn(root) for root in _once(roots(topology))]
    if topology.ignored:
        ignored = tuple(_ignored(topology))
        parts.append(_drawn(Line("without effect in a simulation", ignored)))
    return "\n\n".join(parts) + "\n"


def roots(topology: Topology) -> Iterator[Line]:
    """Return one tree for each thing that events come from, in the order of the pipeline."""
    for api in topology.apis:
        fields = tuple(
            Line(
                f"{resolver.type_name}.{resolver.field_name}",
                tuple(_function(topology, resolver.function_name, "a GraphQL query")),
            )
            for resolver in api.resolvers
        )
        yield Line(f"AppSync API {api.logical_id}{_named(api)}", fields)
    ends: list[Line] = []
    for kind, resources in _kinds(topology):
        for resource in resources:
            root = Line(
                f"{kind} {resource.logical_id}{_named(resource)}",
                tuple(_consumers(topology, resource)),
            )
            if root.below:
                yield root
            else:
                ends.append(root)
    idle = [function for function in topology.functions if not _is_invoked(topology, function)]
    for function in idle:
        yield from _function(topology, function.name, "nothing in this template invokes it")
    if ends:
        yield Line("nothing is invoked by", tuple(ends))


def _once(found: Iterator[Line]) -> Iterator[Line]:
    """Describe each function where it first stands; later lines only say what invokes it."""
    seen: set[tuple[Line, ...]] = set()

    def shortened(line: Line) -> Line:
        if line.below and line.below[0].text.startswith(HANDLER):
            if line.below in seen:
                return Line(f"{line.text} (see above)")
            seen.add(line.below)
        return Line(line.text, tuple(shortened(below) for below in line.below))

    for root in found:
        yield shortened(root)


def _kinds(topology: Topology) -> tuple[tuple[str, tuple[Resource, ...]], ...]:
    return (
        ("bucket", topology.buckets),
        ("stream", topology.streams),
        ("table", topology.tables),
        ("queue", topology.queues),
    )


def _named(item: Resource | Function | object) -> str:
    name, logical_id = getattr(item, "name", ""), getattr(item, "logical_id", "")
    return "" if name == logical_id else f" ({name})"


def _consumers(topology: Topology, resource: Resource) -> Iterator[Line]:
    for notification in topology.notifications:
        if notification.bucket_name == resource.name and resource in topology.buckets:
            yield from _notified(topology, notification)
    for mapping in topology.mappings:
        if topology.resource_by_arn(mapping.source_arn) is resource:
            yield from _function(topology, mapping.function_name, settings_of(mapping))
    redrive = redrive_of(topology, resource)
    if redrive is not None:
        target, count = redrive
        yield Line(f"after {count} receives -> queue {target.logical_id}")


def _notified(topology: Topology, notification: BucketNotification) -> Iterator[Line]:
    why = settings_of_notification(notification)
    if notification.function_name is not None:
        yield from _function(topology, notification.function_name, why)
    else:
        yield Line(f"-> {_target(topology, notification.queue_arn or '')} [{why}]")


def _function(topology: Topology, name: str, why: str) -> Iterator[Line]:
    function = topology.function(name)
    assert function is not None, f"the template has been checked: function {name!r} is there"
    below = [Line(f"{HANDLER}{function.handler}, {_size(function)}")]
    below.extend(
        Line(f"refers to {reference.resource_id} ({', '.join(reference.through)})")
        for reference in topology.references
        if reference.function_id == function.logical_id
    )
    below.extend(
        Line(f"{when} -> {_target(topology, arn)}")
        for when, arn in destinations_of(topology, function)
    )
    yield Line(f"-> {function.logical_id}{_named(function)} [{why}]", tuple(below))


def _size(function: Function) -> str:
    size = f"{_seconds(function.timeout)}, {function.memory_mb} MB"
    if function.reserved_concurrency is not None:
        size += f", at most {function.reserved_concurrency} at once"
    return size


def settings_of(mapping: Mapping) -> str:
    """Return the settings that differ from Lambda's own, in the words of the template."""
    is_stream = mapping.source_kind != "sqs"
    retries, age = mapping.maximum_retry_attempts, mapping.maximum_record_age
    concurrency, factor = mapping.maximum_concurrency, mapping.parallelization_factor
    found = (
        (True, f"batch {mapping.batch_size}"),
        (mapping.batching_window, f"window {_seconds(mapping.batching_window)}"),
        (is_stream, mapping.starting_position),
        (retries is not None, f"retries {retries}"),
        (age is not None, f"age up to {_seconds(age or Duration(0))}"),
        (mapping.bisect_batch_on_function_error, "bisects"),
        (factor > 1, f"parallel {factor}"),
        (mapping.tumbling_window, f"tumbling {_seconds(mapping.tumbling_window)}"),
        (mapping.report_batch_item_failures, "reports failed items"),
        (concurrency is not None, f"at most {concurrency} at once"),
        *((True, f"only {pattern}") for pattern in mapping.filters),
        (not mapping.is_enabled, "disabled"),
    )
    return ", ".join(text for is_shown, text in found if is_shown)


def settings_of_notification(notification: BucketNotification) -> str:
    """Return which objects and events a notification is about."""
    keys = f"{notification.prefix}*{notification.suffix}"
    events = ", ".join(event.removeprefix("s3:") for event in notification.events)
    return f"{events} of {keys}"


def destinations_of(topology: Topology, function: Function) -> Iterator[tuple[str, str]]:
    """Return when and where to: a function's own destinations, then those of its mappings."""
    own = function.asynchronous
    for when, destination in (
        ("on success", own.on_success),
        ("on failure", own.on_failure),
        ("dead letters", own.dead_letter),
    ):
        if destination is not None:
            yield when, destination.arn
    for mapping in topology.mappings_of(function.name):
        if mapping.on_failure is not None:
            yield f"failed batches of {mapping.source_name}", mapping.on_failure.arn


def redrive_of(topology: Topology, queue: Resource) -> tuple[Resource, int] | None:
    """Return the dead-letter queue of *queue*, and after how many receives."""
    policy = queue.redrive
    target = None if policy is None else topology.resource_by_arn(policy[0])
    return None if policy is None or target is None else (target, policy[1])


def _target(topology: Topology, arn: str) -> str:
    found = topology.resource_by_arn(arn) or topology.function_by_arn(arn)
    return arn if found is None else found.logical_id


def _is_invoked(topology: Topology, function: Function) -> bool:
    notified = any(item.function_name == function.name for item in topology.notifications)
    resolving = any(
        resolver.function_name == function.name
        for api in topology.apis
        for resolver in api.resolvers
    )
    return notified or resolving or bool(topology.mappings_of(function.name))


def _ignored(topology: Topology) -> Iterator[Line]:
    """Return what has no effect, one line a reason."""
    by_reason: dict[str, dict[str, list[str]]] = {}
    for ignored in topology.ignored:
        settings = by_reason.setdefault(ignored.why, {})
        settings.setdefault(ignored.setting, []).append(ignored.logical_id)
    for why, settings in by_reason.items():
        names = [
            f"{setting} of {', '.join(owners)}" if setting else ", ".join(owners)
            for setting, owners in settings.items()
        ]
        yield Line(f"{why}: {'; '.join(names)}")


def _seconds(duration: Duration) -> str:
    return f"{in_seconds(duration):g} s"


def _drawn(root: Line) -> str:
    return "\n".join([root.text, *_below(root, "")])


def _below(line: Line, indent: str) -> Iterator[str]:
    for number, below in enumerate(line.below):
        is_last = number == len(line.below) - 1
        yield indent + (LAST if is_last else BRANCH) + below.text
        yield from _below(below, indent + (GAP if is_last else BAR))
