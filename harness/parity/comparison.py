"""Comparison: how one case ended on two backends, and where the ends are not the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from harness.parity.finalstate import FinalState
from harness.results.scenario import ScenarioResult

Parity = Literal["equal", "differs", "lacks"]
"""
* equal    the same verdict, the same tables, the same notifications
* differs  something of that is not the same
* lacks    the backend cannot carry the scenario, and says which feature it lacks
"""

_SHOWN = 3
"""How many items or calls of each side a difference shows."""

_WIDTH = 600
"""How many characters of each."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One case on a backend, beside the same case on another."""

    result: ScenarioResult
    """Of the backend that is looked at."""
    reference: ScenarioResult
    """Of the one that it is compared with."""
    parity: Parity
    differences: Sequence[str] = ()
    """One line for each; of a feature that is lacking, its name."""
    repaired: Mapping[str, int] = field(default_factory=dict)
    """Divergences of the catalogue that were repaired on the way, and how often."""


def compare(
    result: ScenarioResult,
    state: FinalState,
    reference: ScenarioResult,
    reference_state: FinalState,
    repaired: Mapping[str, int],
) -> Comparison:
    """Return the comparison of a case's two runs."""
    if result.verdict == "unsupported":
        return Comparison(result, reference, "lacks", (result.problem,), repaired)
    differences = [
        *_verdicts(result, reference),
        *_unequal("table", state.tables, reference_state.tables),
        *_unequal("calls of", state.calls, reference_state.calls),
    ]
    parity: Parity = "differs" if differences else "equal"
    return Comparison(result, reference, parity, tuple(differences), repaired)


def _verdicts(result: ScenarioResult, reference: ScenarioResult) -> list[str]:
    if result.verdict == reference.verdict:
        return []
    why = [failure.problem for failure in result.failures] or [result.problem]
    return [f"{result.verdict}, not {reference.verdict}: {'; '.join(why)}"]


def _unequal(
    noun: str, seen: Mapping[str, Sequence[str]], expected: Mapping[str, Sequence[str]]
) -> list[str]:
    lines: list[str] = []
    for name in sorted({*seen, *expected}):
        here, there = list(seen.get(name, ())), list(expected.get(name, ()))
        for text in list(here):
            if text in there:
                here.remove(text)
                there.remove(text)
        lines += [f"{noun} {name}: only here {text[:_WIDTH]}" for text in here[:_SHOWN]]
        lines += [f"{noun} {name}: missing here {text[:_WIDTH]}" for text in there[:_SHOWN]]
        more = len(here[_SHOWN:]) + len(there[_SHOWN:])
        if more:
            lines.append(f"{noun} {name}: and {more} more")
    return lines
