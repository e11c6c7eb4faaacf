"""Giving up a batch: it leaves the shard's way, and the on-failure destination is told."""

import json
from typing import Literal

from harness.mappings.batchjournal import note_dropped
from harness.mappings.failurerecord import failure_record
from harness.mappings.laneowner import LaneOwner
from harness.mappings.segment import Segment

Reason = Literal["RetryAttemptsExhausted", "RecordAgeExceeded", "RecordsTrimmed"]
"""AWS's conditions; and ours for records that left the stream, of which AWS tells nobody."""


def give_up(owner: LaneOwner, segment: Segment, reason: Reason, cause: int | None) -> None:
    """Drop *segment* and send the on-failure record, where there is a destination for it."""
    machinery, mapping, shard_id = owner.machinery, owner.mapping, owner.shard.shard_id
    entry = note_dropped(owner, reason, cause, size=len(segment), segment=segment)
    if mapping.on_failure is None or reason == "RecordsTrimmed":
        return
    body = failure_record(
        segment,
        owner.kind,
        condition=reason,
        request_id=segment.request_id or machinery.identifiers.uuid("request"),
        function_arn=machinery.invoker.function_arn(mapping.function_name),
        stream_arn=owner.stream.arn,
        shard_id=shard_id,
        now=machinery.scheduler.now,
    )
    if mapping.on_failure.kind == "s3":
        event = {"Records": owner.kind.event_records(segment.records, shard_id)}
        body["payload"] = json.dumps(event, separators=(",", ":"))
    machinery.destinations.deliver(
        mapping.on_failure,
        json.dumps(body, separators=(",", ":")),
        actor=mapping.logical_id,
        folder=f"aws/lambda/{owner.identifier}/{shard_id}",
        cause=entry,
    )
