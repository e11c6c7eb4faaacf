"""What loadScoresToStream keeps count of."""

import msgspec

from workers.domain.refusals import Refusals


class Tally(msgspec.Struct):
    """The rows of all files of one event."""

    valid: int = 0
    """Rows that keep every rule, those beyond MAX_RANK included."""
    out: int = 0
    failed: int = 0
    refusals: Refusals = msgspec.field(default_factory=Refusals)
    campaigns: dict[str, str] = msgspec.field(default_factory=dict)
    """Campaigns that had a valid row, each with the correlation of the file it was met in first."""
    problems: list[str] = msgspec.field(default_factory=list)
    """Why the event has to come again."""

    def counts(self) -> dict[str, dict[str, int]]:
        """Return ``count``: in = valid + invalid; valid = out + failed + rows beyond MAX_RANK."""
        invalid = self.refusals.count
        return {
            "count": {
                "in": self.valid + invalid,
                "out": self.out,
                "valid": self.valid,
                "invalid": invalid,
                "failed": self.failed,
            }
        }
