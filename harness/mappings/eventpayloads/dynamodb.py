"""The event of a DynamoDB stream mapping."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import to_builtins

from harness.kernel.instant import Instant, milliseconds, to_datetime
from harness.mappings.batching import EVENT_BYTES_MAX
from harness.mappings.source import StreamKind

_BOTH = "NEW_AND_OLD_IMAGES"
_RECORD_BYTES = 420
"""JSON around the keys and images of one record: names, quotes, constants, numbers and time."""


def dynamodb_stream_kind(
    *, stream_arn: str, region: str, view_type: str, filters: Sequence[str] = ()
) -> StreamKind:
    """Return how a mapping with *filters* reads the change stream with *stream_arn*."""
    filters_on_size = any("SizeBytes" in pattern for pattern in filters)
    filters_on_keys_only = bool(filters) and all(map(_is_about_keys_only, filters))
    has_new, has_old = (view_type in (one, _BOTH) for one in ("NEW_IMAGE", "OLD_IMAGE"))
    fixed_bytes = _RECORD_BYTES + len(stream_arn) + len(region)

    def event_record(record: Any, copy: Any, *, has_size: bool = True) -> dict[str, Any]:
        change: dict[str, Any] = {
            # Cut to the second: AWS shows no fraction, but prints the number as a float.
            "ApproximateCreationDateTime": float(record.created // 1_000_000),
            "Keys": copy(record.keys),
        }
        # Each look unpacks them anew; what nobody looks at is not measured.
        new_image, old_image = (
            record.images() if has_size else (record.new_image, record.old_image)
        )
        if has_new and new_image is not None:
            change["NewImage"] = copy(new_image)
        if has_old and old_image is not None:
            change["OldImage"] = copy(old_image)
        change["SequenceNumber"] = record.sequence_number
        if has_size:
            change["SizeBytes"] = record.size_bytes
        change["StreamViewType"] = view_type
        event = {
            "eventID": record.event_id,
            "eventName": record.event_name,
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "awsRegion": region,
            "dynamodb": change,
            "eventSourceARN": stream_arn,
        }
        if record.user_identity is not None:
            event["userIdentity"] = _in_lower_case(record.user_identity)
        return event

    def event_records(records: Sequence[Any], _shard_id: str) -> list[dict[str, Any]]:
        return [event_record(record, _copying(record)) for record in records]

    def filter_view(record: Any, _shard_id: str) -> dict[str, Any]:
        if filters_on_keys_only:
            return {"dynamodb": {"Keys": record.keys}}
        return event_record(record, _itself, has_size=filters_on_size)

    return StreamKind(
        batch_information="DDBStreamBatchInfo",
        poll_interval=milliseconds(250),
        read_limit=1_000,
        instant_of=_created,
        lane_key=_item_key,
        event_size_bound=partial(_size_bound, fixed_bytes),
        event_records=event_records,
        filter_view=filter_view,
        arrival_text=_whole_second,
    )


def _size_bound(fixed_bytes: int, records: Sequence[Any]) -> int:
    """Return what an event of *records* never exceeds: near the limit more closely than far off."""
    fixed = len(records) * fixed_bytes
    bound = fixed + int(sum([record.text_bound for record in records]))
    if bound < EVENT_BYTES_MAX:
        return bound
    return fixed + int(sum([record.text_size for record in records]))


def copied_item(item: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return a structural copy of typed attributes, with binary values as base64 text.

    Sets are lists inside the engine, sorted, so that no order of hashing gets into an event.
    """
    copy: dict[str, Any] = to_builtins(item)
    return copy


def _is_about_keys_only(pattern: str) -> bool:
    """Whether a filter pattern looks at nothing but the keys, as the most frequent ones do."""
    tree = json.loads(pattern)
    body = tree.get("dynamodb")
    return set(tree) == {"dynamodb"} and isinstance(body, dict) and set(body) == {"Keys"}


def _copying(record: Any) -> Callable[[Any], Any]:
    """Return what makes an event's own keys and images of those of *record*."""
    # Each look at a record gives others, so only binary values are in the way.
    return copied_item if record.may_hold_binary else _itself


def _itself(item: Any) -> Any:
    return item


def _in_lower_case(identity: Mapping[str, str]) -> dict[str, str]:
    """Return the service's identity as the event spells it; the Streams API has capitals."""
    return {name[0].lower() + name[1:]: value for name, value in identity.items()}


def _created(record: Any) -> Instant:
    created: Instant = record.created
    return created


def _item_key(record: Any) -> str:
    """Return the primary key as text: equal for equal keys, whatever the attributes' order."""
    return repr(sorted((name, repr(value)) for name, value in record.keys.items()))


def _whole_second(instant: Instant) -> str:
    return to_datetime(instant).strftime("%Y-%m-%dT%H:%M:%SZ")
