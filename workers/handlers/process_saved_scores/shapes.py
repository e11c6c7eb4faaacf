"""What processSavedScores passes around."""

import msgspec

from workers.domain.counts import Counts


class Movement(msgspec.Struct, frozen=True):
    """How one change of one item moves its campaign's counts."""

    event_id: str
    sequence_number: str
    delta: Counts


class CampaignMovements(msgspec.Struct):
    """The movements of one campaign in a batch."""

    campaign_id: str
    correlation_id: str = ""
    movements: list[Movement] = msgspec.field(default_factory=list)
