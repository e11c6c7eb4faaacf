"""The journal of a run against a deployed stack: the steps, and a refusal of all it cannot know."""

from collections.abc import Collection
from typing import Any

from harness.backends.lacking import LackingError
from harness.kernel.journal import Journal

_KNOWN = frozenset({"step"})


class DeployedJournal(Journal):
    """What the scenario itself did."""

    def __init__(self, clock: Any) -> None:
        super().__init__(clock)

    def require(self, kinds: Collection[str]) -> None:
        """Refuse to tell of *kinds* that only the simulation writes down."""
        unknown = sorted(set(kinds) - _KNOWN)
        if unknown or not kinds:
            what = ", ".join(unknown) or "anything"
            raise LackingError("aws", f"a journal of {what}: what functions did is not seen")
