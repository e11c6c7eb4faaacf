"""Summary: what a replay has to say, as plain frozen data; no formatting, no wall clock."""

from dataclasses import asdict, dataclass
from typing import Any

from harness.kernel.instant import Duration, in_seconds
from harness.replay.spread import Spread

ROOT = "object"
"""The kind of outside event that a latency counts from, wherever there is one."""


@dataclass(frozen=True, slots=True)
class FunctionSummary:
    """What one function did."""

    name: str
    invocations: int
    records: int
    """Records and messages that were handed to it in batches."""
    failed: int
    throttled: int
    batches_failed: int
    """Batches that came again, in whole or in part."""
    dropped: int
    """Records that were given up."""
    latency: Spread | None
    """From the outside event to the end of the invocation."""
    since: str
    """The kind of outside event: ``object``, or how else it began."""


@dataclass(frozen=True, slots=True)
class PartnerSummary:
    """What one partner service answered."""

    name: str
    answered: int
    """Calls with an answer below 400."""
    refused: int
    """Calls with another answer, or with none."""
    latency: Spread | None
    """From the outside event to an answer below 400."""
    since: str


@dataclass(frozen=True, slots=True)
class InvariantSummary:
    """What became of one invariant."""

    name: str
    complaints: tuple[str, ...]
    unseen: tuple[str, ...] = ()
    """Kinds of journal entries that it would look at and that were not written."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A replay.  Equal recordings and seeds have equal summaries."""

    title: str
    seed: int
    objects: int
    object_bytes: int
    rows: int
    records: dict[str, int]
    """Stream -> records put into it."""
    items: dict[str, int]
    """Table -> items in it at the end."""
    dead_letters: dict[str, int]
    functions: tuple[FunctionSummary, ...]
    partners: tuple[PartnerSummary, ...]
    invariants: tuple[InvariantSummary, ...]
    duration: Duration
    """Virtual time from the start of the recording to the last thing that happened."""
    is_per_record: bool
    entries: int
    digest: str

    @property
    def holds(self) -> bool:
        """Whether every invariant holds."""
        return not any(invariant.complaints for invariant in self.invariants)

    @property
    def delivered(self) -> int:
        """How many records and messages were handed to functions."""
        return sum(function.records for function in self.functions)

    def view(self) -> dict[str, Any]:
        """Return the summary as JSON; durations in seconds."""
        document = asdict(self)
        document |= {
            "holds": self.holds,
            "delivered": self.delivered,
            "duration": in_seconds(self.duration),
        }
        for row in (*document["functions"], *document["partners"]):
            latency = row["latency"]
            if latency is not None:
                row["latency"] = {
                    "weight": round(latency["weight"], 3),
                    **{name: in_seconds(latency[name]) for name in ("p50", "p99", "maximum")},
                }
        return document
