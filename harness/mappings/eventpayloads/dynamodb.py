"""The event of a DynamoDB stream mapping."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import to_builtins

from harness.kernel.instant import Instant, milliseconds, to_datetime
from harness.mappings.source import StreamKind

_RECORD_BYTES = 420
"""JSON around the keys and images of one record: names, quotes, constants, numbers and time."""


def dynamodb_stream_kind(
    *, stream_arn: str, region: str, view_type: str, filters: Sequence[str] = ()
) -> StreamKind:
    """Return how a mapping with *filters* reads the change stream with *stream_arn*."""
    filters_on_size = any("SizeBytes" in pattern for pattern in filters)
    filters_on_keys_only = bool(filters) and all(map(_is_about_keys_only, filters))
    has_new = view_type in ("NEW_IMAGE", "NEW_AND_OLD_IMAGES")
    has_old = view_type in ("OLD_IMAGE", "NEW_AND_OLD_IMAGES")
    fixed_bytes = _RECORD_BYTES + len(stream_arn) + len(region)

    def event_record(record: Any, copy: Any, *, has_size: bool = True) -> dict[str, Any]:
        change: dict[str, Any] = {
            # Cut to the second: AWS shows no fraction, but prints the number as a float.
            "ApproximateCreationDateTime": float(record.created // 1_000_000),
            "Keys": copy(record.keys),
        }
        if has_new and record.new_image is not None:
            change["NewImage"] = copy(record.new_image)
        if has_old and record.old_image is not None:
            change["OldImage"] = copy(record.old_image)
        change["SequenceNumber"] = record.sequence_number
        if has_size:  # what nobody looks at is not worked out
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
        return [event_record(record, copied_item) for record in records]

    def event_size_bound(records: Sequence[Any]) -> int:
        text_size: int = sum([record.text_size for record in records])
        return len(records) * fixed_bytes + text_size

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
        event_size_bound=event_size_bound,
        event_records=event_records,
        filter_view=filter_view,
        arrival_text=_whole_second,
    )


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
