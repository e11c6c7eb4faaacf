"""How an invocation ended."""

from dataclasses import dataclass
from typing import Any, Literal

OutcomeKind = Literal["returned", "failed", "throttled"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the invoker of a function gets to know.

    * returned   the handler returned; *payload* is its answer after a round through JSON
    * failed     it raised, timed out, ran out of memory or could not be imported; *payload* is
                 Lambda's error document ``{"errorType", "errorMessage", ...}``
    * throttled  no environment was free: it never ran
    """

    kind: OutcomeKind
    request_id: str
    payload: Any
    entry: int
    """The journal's index of the end of the invocation, to be named as cause."""

    @property
    def has_failed(self) -> bool:
        """Whether the function ran and did not return."""
        return self.kind == "failed"
