"""The event of a Kinesis mapping."""

from collections.abc import Sequence
from typing import Any

from harness.kernel.instant import Instant, iso, seconds
from harness.mappings.filterview import parsed_json
from harness.mappings.source import StreamKind

_RECORD_BYTES = 330
"""JSON around the values of one record: names, quotes, constants, number and time."""


def kinesis_stream_kind(*, stream_arn: str, region: str, invoke_identity_arn: str) -> StreamKind:
    """Return how a mapping reads the Kinesis stream with *stream_arn*."""
    fixed_bytes = _RECORD_BYTES + 2 * 56 + len(stream_arn) + len(region) + len(invoke_identity_arn)

    def event_records(records: Sequence[Any], shard_id: str) -> list[dict[str, Any]]:
        prefix = shard_id + ":"
        return [
            {
                "kinesis": {
                    "kinesisSchemaVersion": "1.0",
                    "partitionKey": record.partition_key,
                    "sequenceNumber": record.sequence_number,
                    "data": record.encoded,
                    "approximateArrivalTimestamp": record.arrival // 1000 / 1000,
                },
                "eventSource": "aws:kinesis",
                "eventVersion": "1.0",
                "eventID": prefix + record.sequence_number,
                "eventName": "aws:kinesis:record",
                "invokeIdentityArn": invoke_identity_arn,
                "awsRegion": region,
                "eventSourceARN": stream_arn,
            }
            for record in records
        ]

    def event_size_bound(records: Sequence[Any]) -> int:
        data_bytes = int(sum([record.encoded_bound for record in records]))
        key_characters = sum([len(record.partition_key) for record in records])
        # JSON takes at most 6 bytes for a character of a key.
        return len(records) * fixed_bytes + data_bytes + 6 * key_characters

    def filter_view(record: Any, shard_id: str) -> dict[str, Any]:
        (event,) = event_records((record,), shard_id)
        view = {**event, **event.pop("kinesis")}
        view.pop("kinesis", None)
        view["data"] = parsed_json(record.data)
        return view

    return StreamKind(
        batch_information="KinesisBatchInfo",
        poll_interval=seconds(1),
        read_limit=10_000,
        instant_of=_arrival,
        lane_key=_partition_key,
        event_size_bound=event_size_bound,
        event_records=event_records,
        filter_view=filter_view,
        arrival_text=iso,
    )


def _arrival(record: Any) -> Instant:
    arrival: Instant = record.arrival
    return arrival


def _partition_key(record: Any) -> str:
    partition_key: str = record.partition_key
    return partition_key
