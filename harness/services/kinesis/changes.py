"""What Kinesis announces on the change feed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordsPut:
    """Records came to the end of a shard: one announcement per shard and call."""

    stream_name: str
    shard_id: str
    count: int
    first_sequence_number: str
    last_sequence_number: str


@dataclass(frozen=True, slots=True)
class ShardsChanged:
    """A split or a merge closed *closed_shard_ids* and opened *opened_shard_ids*."""

    stream_name: str
    closed_shard_ids: tuple[str, ...]
    opened_shard_ids: tuple[str, ...]
