"""What saveFanlistScores passes around."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from workers.domain.record import NO_RANK, ScoreRecord, Slot, Verdict


class CampaignData(msgspec.Struct, rename="camel", frozen=True, omit_defaults=True):
    """What goes on campaignDataStream: the record, the fan behind it, the campaign around it."""

    campaign_id: str
    member_id: str
    events: list[Slot | None]
    score: float
    scored_at: str
    rank: int = NO_RANK
    is_verified: bool | None = None
    verdict: Verdict | None = None
    fan_id: str | None = None
    properties: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    correlation_id: str = ""
    traceparent: str | None = None


class Properties(msgspec.Struct, frozen=True):
    """A campaign's properties, written out once for all its entries."""

    attribute: Mapping[str, Any]
    """As an attribute of an item."""
    json: msgspec.Raw
    """As a part of a stream record."""


class Entry(msgspec.Struct):
    """One fan list entry to write, and the records of the batch that it stands for."""

    record: ScoreRecord
    place: str
    """The record's place in the total order."""
    positions: list[int]
    """Where in the batch the record and its duplicates were."""
    fan_id: str | None = None
    properties: Properties | None = None


Written = Literal["written", "equal", "newer", "failed"]
"""How a conditional write ended: *equal*, refused by the very same entry, which an earlier delivery
wrote; *newer*, refused by a newer entry."""


class Tally(msgspec.Struct):
    """The records of one invocation, stage by stage."""

    invalid: int = 0
    duplicate: int = 0
    valid: int = 0
    dynamo_failed: int = 0
    dynamo_out: int = 0
    dynamo_rejected: int = 0
    stream_in: int = 0
    stream_failed: int = 0
    campaigns: dict[str, str] = msgspec.field(default_factory=dict)
    """Campaigns with a valid record, each with a correlation of its records."""

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the counts: each stage's in is the sum of what became of it."""
        return {
            "input": {
                "in": self.invalid + self.duplicate + self.valid,
                "invalid": self.invalid,
                "duplicate": self.duplicate,
                "valid": self.valid,
            },
            "dynamo": {
                "in": self.valid,
                "failed": self.dynamo_failed,
                "out": self.dynamo_out,
                "rejected": self.dynamo_rejected,
            },
            "stream": {
                "in": self.stream_in,
                "failed": self.stream_failed,
                "out": self.stream_in - self.stream_failed,
            },
        }
