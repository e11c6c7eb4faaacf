"""A campaign's counts: verified, rejected, selected."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec


class Counts(msgspec.Struct, frozen=True):
    """Members by what is known about them; also a difference between two such counts."""

    verified: int
    rejected: int
    selected: int

    def plus(self, other: "Counts") -> "Counts":
        """Return the sum, count by count."""
        return Counts(
            self.verified + other.verified,
            self.rejected + other.rejected,
            self.selected + other.selected,
        )

    def minus(self, other: "Counts") -> "Counts":
        """Return the difference, count by count."""
        return Counts(
            self.verified - other.verified,
            self.rejected - other.rejected,
            self.selected - other.selected,
        )


NOTHING = Counts(0, 0, 0)


def counts_of(item: Mapping[str, Any] | None) -> Counts:
    """Return the counts that a DynamoDB item holds; absent ones are zero."""
    if item is None:
        return NOTHING
    return Counts(*(int(item.get(name, {"N": "0"})["N"]) for name in Counts.__struct_fields__))


class ReportRequest(msgspec.Struct, rename="camel", frozen=True, omit_defaults=True):
    """A message on verdictReporterQueue: look at this campaign's counts.

    ``counts`` are those seen at the last look, None at the first.  ``posted`` and ``claim`` make the
    message a receipt: these counts are in Slack, but could not be recorded under that claim.
    """

    campaign_id: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_-]{1,64}\Z")]
    counts: Counts | None = None
    posted: Counts | None = None
    claim: str | None = None
