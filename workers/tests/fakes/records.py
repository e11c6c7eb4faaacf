"""Records, events and files to begin a test with."""

import base64
from typing import Any

from hypothesis import strategies as st

from workers.domain.record import ScoreRecord, Slot, encode_record
from workers.events.kinesis import ScoreBatch

HEADER = "campaignId,memberId,marketId,eventId,preferences,score,isVerified,verdict,scoredAt"
ROW = "spring,fan:1,nyc,e-nyc,nyc|lax|bos|sfo,0.5,true,selected,2026-01-05T08:00:00Z"
SCORED_AT = "2026-01-05T08:00:00.000000Z"


def a_record(
    member_id: str = "fan:1",
    *,
    rank: int = 0,
    score: float = 0.5,
    scored_at: str = SCORED_AT,
    campaign_id: str = "spring",
    **rest: Any,
) -> ScoreRecord:
    """Return a record of the stream."""
    events: list[Slot | None] = [None] * rank
    events.append(Slot(f"e-{rank}", f"m-{rank}", score))
    return ScoreRecord(
        campaign_id,
        member_id,
        events,
        score,
        scored_at,
        rank,
        **{"correlation_id": "file-1", **rest},
    )


def a_batch(*records: ScoreRecord) -> ScoreBatch:
    """Return a batch with the sequence numbers 1, 2, 3 ..."""
    return ScoreBatch(list(records), [str(number + 1) for number in range(len(records))])


def a_kinesis_event(*payloads: bytes | ScoreRecord) -> dict[str, Any]:
    """Return the event that Lambda makes of *payloads*."""
    return {
        "Records": [
            {
                "eventSource": "aws:kinesis",
                "eventID": f"shardId-000000000000:{number}",
                "kinesis": {
                    "sequenceNumber": str(number),
                    "partitionKey": "p",
                    "data": base64.b64encode(
                        payload if isinstance(payload, bytes) else encode_record(payload)
                    ).decode(),
                },
            }
            for number, payload in enumerate(payloads, start=1)
        ]
    }


def an_s3_event(*keys: str, **described: str) -> dict[str, Any]:
    """Return the notification of objects that were put under *keys*."""
    return {
        "Records": [
            {
                "eventName": "ObjectCreated:Put",
                "s3": {
                    "bucket": {"name": "vf-scoring"},
                    "object": {"key": key, "eTag": "e1", "sequencer": "0A", **described},
                },
            }
            for key in keys
        ]
    }


records = st.builds(
    a_record,
    st.sampled_from(["fan:1", "fan:2"]),
    rank=st.integers(0, 2),
    score=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    scored_at=st.sampled_from([SCORED_AT, "2026-01-05T08:00:01.000000Z"]),
    is_verified=st.sampled_from([None, True, False]),
    verdict=st.sampled_from([None, "selected", "waitlisted"]),
    correlation_id=st.sampled_from(["file-1", "file-2"]),
)
"""Few values of each kind, so that ties are common."""
