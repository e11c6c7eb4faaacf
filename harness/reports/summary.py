"""How many results there are of each kind."""

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from harness.results.scenario import ScenarioResult, Verdict


def count_verdicts(results: Iterable[ScenarioResult]) -> dict[Verdict, int]:
    """Return the number of results of each verdict, those of none too."""
    counts: dict[Verdict, int] = dict.fromkeys(get_args(Verdict), 0)
    for result in results:
        counts[result.verdict] += 1
    return counts


def untold_lines(untold: Iterable[str]) -> list[str]:
    """Return a line for each thing that could not be told, with how many scenarios that was in."""
    counts = Counter(untold)
    return [f"not told in {count} of them: {what}" for what, count in sorted(counts.items())]
