"""Rules that tie several resources together; Lambda and S3 check them when a stack is made."""

from harness.kernel.instant import in_seconds, seconds
from harness.mappings.mapping import BucketNotification
from harness.world.template.draft import Draft
from harness.world.template.problems import broken

VISIBILITY_BY_DEFAULT = 30


def check_mappings(draft: Draft) -> None:
    """Refuse a source that is mapped twice to one function, and a visibility that is too short."""
    seen: dict[tuple[str, str], str] = {}
    timeouts = {function.name: function.timeout for function in draft.functions}
    for item in draft.mappings:
        mapping = item.mapping
        pair = (mapping.source_arn, mapping.function_name)
        if pair in seen:
            problem = (
                f"{item.owner}: {mapping.source_name!r} is already mapped to this function, "
                f"by {seen[pair]}"
            )
            raise broken(item.position, problem)
        seen[pair] = mapping.logical_id
        if mapping.source_kind != "sqs":
            continue
        visibility = _visibility(draft, mapping.source_name)
        timeout = timeouts[mapping.function_name]
        if seconds(visibility) < timeout:
            problem = (  # Lambda's own words
                f"Queue visibility timeout: {visibility} seconds is less than "
                f"Function timeout: {in_seconds(timeout):.0f} seconds"
            )
            raise broken(item.position, f"{item.owner}: {problem}")


def _visibility(draft: Draft, queue_name: str) -> int:
    queue = next(queue for queue in draft.queues if queue.name == queue_name)
    attributes = queue.create.get("Attributes", {})
    return int(attributes.get("VisibilityTimeout", VISIBILITY_BY_DEFAULT))


def check_notifications(draft: Draft) -> None:
    """Refuse two notifications of a bucket that one object could set off for the same event."""
    for number, item in enumerate(draft.notifications):
        for other in draft.notifications[:number]:
            if _overlap(item.notification, other.notification):
                problem = (  # S3's own words
                    "Configuration is ambiguously defined. Cannot have overlapping suffixes in "
                    "two rules if the prefixes are overlapping for the same event type."
                )
                identifier = other.notification.configuration_id
                raise broken(item.position, f"{item.owner}: {problem} (the other: {identifier})")


def _overlap(one: BucketNotification, other: BucketNotification) -> bool:
    if one.bucket_name != other.bucket_name:
        return False
    left, right = one.prefix, other.prefix
    if not (left.startswith(right) or right.startswith(left)):
        return False
    left, right = one.suffix, other.suffix
    if not (left.endswith(right) or right.endswith(left)):
        return False
    return any(_same_event(left, right) for left in one.events for right in other.events)


def _same_event(left: str, right: str) -> bool:
    shorter, longer = sorted((left.removesuffix("*"), right.removesuffix("*")), key=len)
    is_wild = left.endswith("*") or right.endswith("*")
    return longer == shorter or (is_wild and longer.startswith(shorter))


def check_names(draft: Draft) -> None:
    """Refuse two resources of a kind that would have one name."""
    for kind, found in (
        *(("table", draft.tables), ("stream", draft.streams)),
        *(("queue", draft.queues), ("bucket", draft.buckets), ("function", draft.functions)),
    ):
        owners: dict[str, str] = {}
        for item in found:  # type: ignore[attr-defined, unused-ignore]  # they have no more in common
            if item.name in owners:
                problem = (
                    f"{owners[item.name]} and {item.logical_id} are both the {kind} {item.name!r}"
                )
                raise broken(draft.positions[item.logical_id], problem)
            owners[item.name] = item.logical_id
