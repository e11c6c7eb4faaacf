"""What saveEntryScoring sends and counts."""

import msgspec

from workers.domain.record import Verdict


class Scoring(msgspec.Struct, rename="camel", frozen=True, omit_defaults=True, gc=False):
    """One member's first-choice scoring, as entry-service takes it."""

    member_id: str
    event_id: str
    market_id: str
    score: float
    scored_at: str
    is_verified: bool | None = None
    verdict: Verdict | None = None
    correlation_id: str | None = None


class ScoringRequest(msgspec.Struct, rename="camel", frozen=True):
    """The body of ``POST /scoring``."""

    campaign_id: str
    scoring: list[Scoring]


class Answer(msgspec.Struct, frozen=True):
    """What entry-service did: entries = inserted + found, and updated is part of found."""

    inserted: int
    updated: int
    found: int
    entries: int


class CampaignScoring(msgspec.Struct):
    """The scorings of one campaign in a batch."""

    campaign_id: str
    scoring: list[Scoring] = msgspec.field(default_factory=list)
    sequence_numbers: list[str] = msgspec.field(default_factory=list)


class Tally(msgspec.Struct):
    """What went to entry-service, and what it did."""

    records: int
    """Records delivered."""
    input: int = 0
    """Those with rank 0."""
    scoring: int = 0
    """Those that entry-service took."""
    inserted: int = 0
    entries: int = 0
    updated: int = 0
    found: int = 0

    def add(self, scoring: int, answer: Answer) -> None:
        """Count one request of *scoring* scorings and its *answer*."""
        self.scoring += scoring
        self.inserted += answer.inserted
        self.entries += answer.entries
        self.updated += answer.updated
        self.found += answer.found
