"""What processSavedScores passes around."""

from dataclasses import dataclass, field
from typing import NamedTuple

from workers.domain.counts import Counts


class Movement(NamedTuple):
    """How one change of one item moves its campaign's counts."""

    event_id: str
    sequence_number: str
    delta: Counts


@dataclass(slots=True)
class CampaignMovements:
    """The movements of one campaign in a batch."""

    campaign_id: str
    correlation_id: str = ""
    movements: list[Movement] = field(default_factory=list)
