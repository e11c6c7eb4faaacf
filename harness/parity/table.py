"""The parity table: for people, and as JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from harness.backends.catalogue import DIVERGENCES
from harness.parity.comparison import Comparison, Parity

_STYLES: Mapping[Parity, str] = {"equal": "green", "differs": "bold red", "lacks": "yellow"}


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Print one row, and below it what is not the same."""
    result = comparison.result
    line = Text.assemble(
        (f"{comparison.parity:<9}", _STYLES[comparison.parity]),
        f" {result.name}",
        (f"  {result.path}", "dim"),
    )
    console.print(line, highlight=False, soft_wrap=True)
    for difference in comparison.differences:
        console.print(Text(f"          {difference}"), highlight=False, soft_wrap=True)


def print_parity(
    console: Console, comparisons: Sequence[Comparison], backend: str, reference: str
) -> None:
    """Print how many cases are equal, and what was repaired so that they are."""
    counts = Counter(comparison.parity for comparison in comparisons)
    parts = [f"{counts[parity]} {parity}" for parity in _STYLES if counts[parity]]
    console.print(f"{backend} beside {reference}: {', '.join(parts) or 'no scenarios'}")
    repaired = repairs(comparisons)
    if repaired:
        console.print("repaired on the way:")
    for name, (count, cases) in repaired.items():
        divergence = DIVERGENCES[name]
        console.print(
            Text(f"  {name}: {count} times in {cases} cases\n    {backend}: {divergence.does}"),
            highlight=False,
            soft_wrap=True,
        )
        for word, text in (("AWS", divergence.aws), ("here", divergence.remedy)):
            console.print(Text(f"    {word}: {text}"), highlight=False, soft_wrap=True)


def repairs(comparisons: Sequence[Comparison]) -> dict[str, tuple[int, int]]:
    """Return for each divergence that was met how often that was, and in how many cases."""
    totals: dict[str, tuple[int, int]] = {}
    for name in DIVERGENCES:
        counts = [each.repaired[name] for each in comparisons if name in each.repaired]
        if counts:
            totals[name] = (sum(counts), len(counts))
    return totals


def parity_document(comparisons: Sequence[Comparison], backend: str, reference: str) -> str:
    """Return the table as one JSON document."""
    counts = Counter(comparison.parity for comparison in comparisons)
    document = {
        "backend": backend,
        "reference": reference,
        "summary": {parity: counts[parity] for parity in _STYLES},
        "repaired": {
            name: {
                "times": times,
                "cases": cases,
                "does": DIVERGENCES[name].does,
                "aws": DIVERGENCES[name].aws,
                "remedy": DIVERGENCES[name].remedy,
            }
            for name, (times, cases) in repairs(comparisons).items()
        },
        "cases": [
            {
                "path": each.result.path,
                "title": each.result.title,
                "case": each.result.case,
                "parity": each.parity,
                "verdict": each.result.verdict,
                "reference_verdict": each.reference.verdict,
                "differences": list(each.differences),
                "repaired": dict(each.repaired),
            }
            for each in comparisons
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
