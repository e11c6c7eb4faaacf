"""How many results there are of each kind."""

from collections.abc import Iterable
from typing import get_args

from harness.results.scenario import ScenarioResult, Verdict


def count_verdicts(results: Iterable[ScenarioResult]) -> dict[Verdict, int]:
    """Return the number of results of each verdict, those of none too."""
    counts: dict[Verdict, int] = dict.fromkeys(get_args(Verdict), 0)
    for result in results:
        counts[result.verdict] += 1
    return counts
