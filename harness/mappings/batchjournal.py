"""What the journal is told about the batches of a stream: one entry a batch, never one a record."""

from typing import Any

from harness.mappings.laneowner import LaneOwner
from harness.mappings.segment import Segment
from harness.mappings.verdict import Verdict


def note_batch(owner: LaneOwner, segment: Segment, cause: int | None) -> int:
    """Write down that *segment* is handed to the function."""
    records = segment.records
    return owner.machinery.journal.record(
        "batch",
        actor=owner.mapping.logical_id,
        subject=_function_id(owner),
        cause=cause,
        size=len(records),
        shard=owner.shard.shard_id,
        attempt=segment.attempts + 1,
        first=records[0].sequence_number if records else None,
        last=records[-1].sequence_number if records else None,
    )


def note_failure(owner: LaneOwner, segment: Segment, result: Verdict, cause: int | None) -> int:
    """Write down that *segment*, or a part of it, is to be delivered again."""
    return owner.machinery.journal.record(
        "batch_failed",
        actor=owner.mapping.logical_id,
        subject=_function_id(owner),
        cause=cause,
        size=len(segment),
        shard=owner.shard.shard_id,
        attempt=segment.attempts + 1,
        reason=result.reason,
    )


def note_dropped(
    owner: LaneOwner, reason: str, cause: int | None, *, size: int, segment: Segment | None = None
) -> int:
    """Write down that *size* records are given up; *segment* if the mapping had read them."""
    records: Any = segment.records if segment is not None else ()
    return owner.machinery.journal.record(
        "batch_dropped",
        actor=owner.mapping.logical_id,
        subject=_function_id(owner),
        cause=cause,
        size=size,
        shard=owner.shard.shard_id,
        attempts=segment.attempts if segment is not None else 0,
        reason=reason,
        first=records[0].sequence_number if records else None,
        last=records[-1].sequence_number if records else None,
    )


def note_checkpoint(owner: LaneOwner, position: int, cause: int | None) -> int:
    """Write down that everything before *position* is done."""
    # A record that was trimmed in the meantime leaves the mark without a number.
    is_kept = position > owner.shard.trim_horizon
    records = owner.shard.read(position - 1, 1) if is_kept else ()
    return owner.machinery.journal.record(
        "checkpoint",
        actor=owner.mapping.logical_id,
        subject=f"{owner.mapping.source_name}/{owner.shard.shard_id}",
        cause=cause,
        position=position,
        sequence_number=records[0].sequence_number if records else None,
    )


def _function_id(owner: LaneOwner) -> str:
    return owner.machinery.invoker.functions[owner.mapping.function_name].logical_id
