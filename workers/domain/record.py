"""The stream record: one scored row, as it travels on scoresStream.

``{campaignId, memberId, rank, events, score, isVerified, verdict, scoredAt, correlationId}``:
``events[rank]`` is ``{eventId, marketId, score}`` and lower ranks are null.  What is absent is left
out.  ``traceparent`` (W3C trace context) is there only while a trace is being recorded.
"""

from typing import Annotated, Literal

import msgspec

from workers.domain.campaignids import is_campaign_id
from workers.domain.instants import normalised_instant

RANK_MAX = 63
"""The highest rank there is: an item of 400 KB holds this many slots with the longest names."""
NO_RANK = 999
"""A row whose market is not among its member's preferences: behind every rank, never written."""

PARTITION_KEY_CHARACTERS_MAX = 256
"""Kinesis takes no longer partition key, and the memberId is the partition key."""
MEMBER_ID_BYTES_MAX = 1024 - len("member:")
"""DynamoDB takes no longer sort key than 1024 bytes."""

Verdict = Literal["selected", "waitlisted", "rejected"]

MemberId = Annotated[str, msgspec.Meta(min_length=1, max_length=PARTITION_KEY_CHARACTERS_MAX)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
Score = Annotated[float, msgspec.Meta(ge=0, le=1)]
SCORE_MIN = 1e-130
"""DynamoDB holds no smaller number but 0."""


class Slot(msgspec.Struct, rename="camel", frozen=True, gc=False):
    """The market that a member scored in."""

    event_id: Name
    market_id: Name
    score: Score


class ScoreRecord(msgspec.Struct, rename="camel", frozen=True, gc=False, omit_defaults=True):
    """One scored row.  ``scored_at`` has the fixed width of `domain.instants`."""

    campaign_id: str
    member_id: MemberId
    events: list[Slot | None]
    score: Score
    scored_at: str
    rank: Annotated[int, msgspec.Meta(ge=0, le=NO_RANK)] = NO_RANK
    is_verified: bool | None = None
    verdict: Verdict | None = None
    correlation_id: str = ""
    traceparent: str | None = None

    @property
    def slot(self) -> Slot | None:
        """The market of the record's rank; None without a rank."""
        return self.events[-1] if self.events else None


class MalformedError(ValueError):
    """Bytes that are no stream record.  The text names the rule, never the value."""


_decode = msgspec.json.Decoder(ScoreRecord).decode

encode_record = msgspec.json.Encoder(order="sorted").encode
"""Canonical JSON: keys sorted, no blanks, one spelling for each value."""


def decode_record(data: bytes) -> ScoreRecord:
    """Return the record in *data*; raises MalformedError for what no retry can mend."""
    try:
        record = _decode(data)
        scored_at = normalised_instant(record.scored_at)
    except msgspec.DecodeError as error:
        raise MalformedError(_reason(error)) from None
    except ValueError as error:
        raise MalformedError(str(error)) from None
    if not is_campaign_id(record.campaign_id):
        raise MalformedError("campaignId breaks its rule")
    rank = record.rank
    events = record.events
    if rank > RANK_MAX:
        raise MalformedError("rank is beyond every item")
    if len(events) != rank + 1 or (slot := events[rank]) is None or events.count(None) != rank:
        raise MalformedError("events is not the event of the rank behind nulls")
    if 0 < record.score < SCORE_MIN or 0 < slot.score < SCORE_MIN:
        raise MalformedError("score is smaller than an item can hold")
    member_id = record.member_id
    if not member_id.isascii() and len(member_id.encode()) > MEMBER_ID_BYTES_MAX:
        raise MalformedError("memberId has too many bytes for a sort key")
    if scored_at != record.scored_at:
        return msgspec.structs.replace(record, scored_at=scored_at)
    return record


def _reason(error: msgspec.DecodeError) -> str:
    """Return what *error* says: the field and the rule.

    Where the rule is a list of words msgspec quotes the value that is none of them; that one is
    the verdict.
    """
    text = str(error)
    return "verdict breaks its rule" if text.startswith("Invalid enum value") else text
