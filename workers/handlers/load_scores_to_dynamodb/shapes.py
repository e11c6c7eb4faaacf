"""What loadScoresToDynamoDB passes around."""

import msgspec

from workers.domain.record import ScoreRecord


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A record and its place in the total order: the greater place wins."""

    place: str
    record: ScoreRecord


class MemberUpdate(msgspec.Struct):
    """All records of one member in a batch, merged into one write."""

    facts: Candidate
    """The winner of all: gives the member-level facts."""
    slots: dict[int, Candidate]
    """The winner of each rank."""
    arrived: list[Candidate]
    """The records as they came."""
    sequence_numbers: list[str]


class Parts(msgspec.Struct, frozen=True):
    """What of an update still applies to the item that is there."""

    facts: Candidate | None
    slots: dict[int, Candidate]

    @property
    def are_none(self) -> bool:
        """Tell that the item already knows better."""
        return self.facts is None and not self.slots


class Tally(msgspec.Struct):
    """What the writes found, record by record."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0

    def add(self, other: "Tally") -> None:
        """Add the counts of *other*."""
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.failed += other.failed

    def counts(self, invalid: int) -> dict[str, int]:
        """Return the counts: in = success + invalid + failed, success = the sum of the three."""
        success = self.created + self.updated + self.unchanged
        return {
            "in": success + invalid + self.failed,
            "success": success,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "invalid": invalid,
            "failed": self.failed,
        }
