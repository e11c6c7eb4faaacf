"""What single operations cost, as a table for people and as a document for machines."""

from math import exp, log
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from harness.bench import machine
from harness.bench.operationseries import MOTO, OURS, Figures, OperationSizes

_FOOTNOTE = """\
us: microseconds of processor time for one call through boto3, the best of {rounds} rounds,
each in a fresh process. noise: the longest round over the shortest, of both backends."""


def print_operations(console: Console, figures: Figures, sizes: OperationSizes) -> None:
    """Print the table."""
    told = machine.described()
    title = f"Python {told['python']} on {told['processor']}, {told['cores']} cores"
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    table.add_column("operation", no_wrap=True)
    for heading in ("us", "noise", "moto us", "noise", "moto / ours"):
        table.add_column(heading, justify="right", no_wrap=True)
    for operation, times in figures.items():
        ours, moto = times[OURS], times.get(MOTO)
        theirs = ("", "", "") if moto is None else (
            f"{moto.best:,.0f}", f"{moto.noise:.2f}x", f"{moto.best / ours.best:,.1f}x",
        )  # fmt: skip
        table.add_row(operation, f"{ours.best:,.1f}", f"{ours.noise:.2f}x", *theirs)
    console.print(table)
    mean = mean_ratio(figures)
    if mean is not None:
        console.print(f"geometric mean of moto / ours: {mean:,.1f}x")
    console.print(_FOOTNOTE.format(rounds=sizes.rounds), style="dim")


def operations_document(figures: Figures, sizes: OperationSizes) -> dict[str, Any]:
    """Return everything as JSON data."""
    return {
        "machine": machine.described(),
        "rounds": sizes.rounds,
        "calls": sizes.backends,
        "geometric_mean_of_ratios": mean_ratio(figures),
        "operations": {
            operation: {
                **{
                    backend: {
                        "microseconds": each.best,
                        "noise": each.noise,
                        "rounds": list(each.rounds),
                    }
                    for backend, each in times.items()
                },
                "ratio": times[MOTO].best / times[OURS].best if MOTO in times else None,
            }
            for operation, times in figures.items()
        },
    }


def mean_ratio(figures: Figures) -> float | None:
    """Return the geometric mean of moto's times over ours; None without moto."""
    logarithms = [
        log(times[MOTO].best / times[OURS].best) for times in figures.values() if MOTO in times
    ]
    return exp(sum(logarithms) / len(logarithms)) if logarithms else None
