"""ScenarioResult: how one case of one scenario ended."""

from dataclasses import dataclass
from typing import Literal

from harness.kernel.instant import Duration
from harness.results.failure import Failure
from harness.results.functionerrors import FunctionErrors
from harness.results.functionwarnings import FunctionWarnings

NO_TIME = Duration(0)

Verdict = Literal["passed", "failed", "unsupported", "broken"]
"""
* passed       everything held
* failed       an expectation or an invariant did not hold
* unsupported  AWS does what the scenario needs, the engine does not model it
* broken       the scenario cannot be run as it is written
"""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What one run has to say.  No wall-clock time is in it: equal runs have equal results."""

    path: str
    """The scenario's file, as a person would type it."""
    title: str
    case: str | None
    tags: tuple[str, ...]
    seed: int
    verdict: Verdict
    failures: tuple[Failure, ...] = ()
    problem: str = ""
    """Why it is unsupported or broken, with its place in the file."""
    digest: str = ""
    """Of the journal; empty when the world could not even be opened."""
    duration: Duration = NO_TIME
    """Virtual time from the first step to the end."""
    entries: int = 0
    """How many entries the journal has."""
    reproduce: str = ""
    untold: tuple[str, ...] = ()
    """Invariants that the backend cannot be asked about, each with what it lacks: neither held nor broken."""
    errors: tuple[FunctionErrors, ...] = ()
    """What functions raised in a run that did not pass: it may be why, or may be meant."""
    warnings: tuple[FunctionWarnings, ...] = ()
    """What functions that raised nothing warned of in such a run."""

    @property
    def name(self) -> str:
        """The title, and the case in brackets."""
        return self.title if self.case is None else f"{self.title}[{self.case}]"
