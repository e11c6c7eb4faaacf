"""Semantics: why AWS does what a hop shows, in a sentence or two with the values of the settings."""

from collections.abc import Iterator

from harness.kernel.instant import Duration, in_seconds, seconds
from harness.mappings.mapping import Mapping
from harness.runtime.function import Function
from harness.world.topology import Resource, Topology


def of_object(topology: Topology, bucket_name: str, object_key: str) -> Iterator[str]:
    """Say who hears of an object."""
    told = [
        notification
        for notification in topology.notifications
        if notification.bucket_name == bucket_name
        and object_key.startswith(notification.prefix)
        and object_key.endswith(notification.suffix)
    ]
    for notification in told:
        listener = notification.function_name or notification.queue_arn
        yield (
            f"{bucket_name} announces keys that begin with {notification.prefix!r} and end with"
            f" {notification.suffix!r} ({', '.join(notification.events)}) to {listener};"
            " a notification usually takes a second, now and then a minute."
        )
    if not told:
        yield f"No notification of {bucket_name} is about this key."


def of_invocation(topology: Topology, function: Function, invoked_by: str) -> Iterator[str]:
    """Say why *function* was invoked, and with how much at once."""
    mapping = topology.mapping(invoked_by)
    if mapping is not None:
        yield from _of_mapping(topology, mapping)
    elif topology.bucket(invoked_by) is not None:
        attempts = function.asynchronous.maximum_retry_attempts
        yield (
            "S3 invokes asynchronously: Lambda queues the event, and a failure is tried again"
            f" {attempts} times{_on_failure(topology, function.asynchronous.on_failure)}."
        )
    else:
        yield f"{invoked_by} invokes it synchronously and waits for the answer."


def of_put(topology: Topology, stream_name: str) -> Iterator[str]:
    """Say where a record of a Kinesis stream lies, and who reads it."""
    stream = topology.stream(stream_name)
    shard_count = 1 if stream is None else stream.create.get("ShardCount", 1)
    yield (
        "The MD5 of the partition key chooses the shard, so that all records of one key lie in"
        f" one of the {shard_count} shards, in the order in which they came."
    )
    readers = [each.logical_id for each in _readers(topology, stream_name)]
    if readers:
        yield f"{_listed(readers)} read the stream, each with checkpoints of its own."
    else:
        yield "Nothing in this template reads the stream."


def of_message(topology: Topology, queue_name: str) -> Iterator[str]:
    """Say what becomes of a message."""
    queue = topology.queue(queue_name)
    if queue is None:
        return
    attributes = queue.create.get("Attributes", {})
    yield (
        f"Whoever receives it has {attributes.get('VisibilityTimeout', 30)} s (visibility"
        " timeout) to delete it, then it is seen again."
    )
    if queue.redrive is not None:
        arn, count = queue.redrive
        yield f"After {count} receives in vain it goes to {_name(topology, arn)}."


def of_change(topology: Topology, table_name: str) -> Iterator[str]:
    """Say who hears of a changed item."""
    table = topology.table(table_name)
    view = None if table is None else table.create.get("StreamSpecification")
    readers = [each.logical_id for each in _readers(topology, table_name)]
    if view and readers:
        yield (
            f"{table_name} streams its changes ({view.get('StreamViewType')}) to"
            f" {_listed(readers)}."
        )


def _of_mapping(topology: Topology, mapping: Mapping) -> Iterator[str]:
    size, window = mapping.batch_size, in_seconds(mapping.batching_window)
    gathers = f"up to {size:,} at once (BatchSize)"
    if window:
        gathers += f", or what {window:g} s bring (MaximumBatchingWindowInSeconds)"
    if mapping.source_kind == "sqs":
        yield f"Lambda polls {mapping.source_name} and hands over {gathers}."
        if mapping.maximum_concurrency is not None:
            yield f"At most {mapping.maximum_concurrency} batches are under way at once."
    else:
        every = "once a second" if mapping.source_kind == "kinesis" else "four times a second"
        yield (
            f"Lambda polls each shard of {mapping.source_name} {every} and hands over {gathers},"
            f" {mapping.parallelization_factor} batch of a shard at a time, in order."
        )
    for pattern in mapping.filters:
        yield f"FilterCriteria lets pass only what matches {pattern}."
    yield from _of_failure(topology, mapping)


def _of_failure(topology: Topology, mapping: Mapping) -> Iterator[str]:
    parts = []
    if mapping.report_batch_item_failures:
        parts.append("only what it names in batchItemFailures comes again")
    if mapping.bisect_batch_on_function_error:
        parts.append("an error halves the batch")
    if mapping.maximum_retry_attempts is not None:
        parts.append(f"after {mapping.maximum_retry_attempts} retries it is given up")
    if mapping.maximum_record_age is not None and mapping.maximum_record_age > seconds(0):
        parts.append(f"records older than {_hours(mapping.maximum_record_age)} are given up")
    if parts:
        text = "; ".join(parts) + _on_failure(topology, mapping.on_failure)
        yield text[0].upper() + text[1:] + "."


def _on_failure(topology: Topology, destination: object) -> str:
    arn = getattr(destination, "arn", None)
    return "" if arn is None else f", then told to {_name(topology, arn)}"


def _name(topology: Topology, arn: str) -> str:
    found: Resource | None = topology.resource_by_arn(arn)
    return arn if found is None else found.name


def _readers(topology: Topology, source_name: str) -> list[Function]:
    functions = (
        topology.function(mapping.function_name)
        for mapping in topology.mappings
        if mapping.source_name == source_name
    )
    return [function for function in functions if function is not None]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _hours(duration: Duration) -> str:
    return f"{in_seconds(duration) / 3600:g} hours"
