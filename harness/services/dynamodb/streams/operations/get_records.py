"""GetRecords."""

from typing import Any

from harness.kernel.instant import Instant, seconds, to_datetime
from harness.services.base.service import Output, Parameters
from harness.services.dynamodb.attributevalues import copied_item
from harness.services.dynamodb.errors import constraint
from harness.services.dynamodb.streamrecord import StreamRecord
from harness.services.dynamodb.streams.reader import StreamReader, parsed, trimmed, written

_LIMIT = 1000
_SIZE_MAX = 1_048_576


def get_records(reader: StreamReader, parameters: Parameters, now: Instant) -> Output:
    """Return the next records, at most 1000 or 1 MB, and the iterator after them."""
    limit = parameters.get("Limit", _LIMIT)
    if limit > _LIMIT:
        raise constraint(limit, "limit", f"have value less than or equal to {_LIMIT}")
    arn, shard_id, position = parsed(parameters["ShardIterator"], now)
    shard = reader.shard(arn, shard_id, now)
    _, stream = reader.stream(arn, now)
    if position < shard.trim_horizon:
        raise trimmed()
    region = reader.database.surroundings.identity.region
    records: list[Output] = []
    size = 0
    for record in shard.read(position, limit):
        size += record.size_bytes
        if records and size > _SIZE_MAX:
            break
        records.append(_record(record, stream.view_type, region))
    output: Output = {"Records": records}
    position += len(records)
    if not (shard.is_closed and position >= shard.end):
        output["NextShardIterator"] = written(arn, shard_id, position, now)
    return output


def _record(record: StreamRecord, view_type: str, region: str) -> Output:
    created = to_datetime(Instant(seconds(record.approximate_creation_seconds)))
    change: dict[str, Any] = {
        "ApproximateCreationDateTime": created,
        "Keys": copied_item(record.keys),
        "SequenceNumber": record.sequence_number,
        "SizeBytes": record.size_bytes,
        "StreamViewType": view_type,
    }
    if record.new_image is not None:
        change["NewImage"] = copied_item(record.new_image)
    if record.old_image is not None:
        change["OldImage"] = copied_item(record.old_image)
    shown: Output = {
        "eventID": record.event_id,
        "eventName": record.event_name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": region,
        "dynamodb": change,
    }
    if record.user_identity is not None:
        shown["userIdentity"] = dict(record.user_identity)
    return shown
