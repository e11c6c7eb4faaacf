"""The figures as a table for people, and as a document for machines."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from harness.bench import benchmark, machine
from harness.bench.benchmark import Measured
from harness.bench.ratios import ratios
from harness.bench.series import Series

_MEBIBYTE = 1 << 20

_SHOWN = {
    benchmark.MEMORY: "memory",
    benchmark.FLOOR: "floor",
    benchmark.DIRECT_FLOOR: "floor, no threads",
    benchmark.MOTO: "moto",
    benchmark.MEMORY_SLICE: "memory",
    benchmark.MEMORY_GROWN: "memory",
}

_FOOTNOTE = """\
memory: the campaign simulated, cold starts included
floor:  the same batches to the same handlers over an AWS that does nothing
moto:   the same handlers in process, the sources read without waiting
Best of {rounds}, round by round, each in a fresh process. us/record, records/s,
ratios and noise (longest over shortest run) are of processor time.
Peak memory: {peaks}"""


def print_report(console: Console, measured: Measured) -> None:
    """Print the tables and what there is to say about them."""
    told = machine.described()
    title = f"Python {told['python']} on {told['processor']}, {told['cores']} cores"
    console.print(_measurements(measured, title))
    console.print(_functions(measured))
    console.print(_ratios(measured))
    peaks = _peaks(measured)
    console.print(_FOOTNOTE.format(rounds=measured.sizes.rounds, peaks=peaks), style="dim")
    _print_agreement(console, measured)


def document(measured: Measured) -> dict[str, Any]:
    """Return everything as JSON data."""
    agreement = measured.agreement
    return {
        "machine": machine.described(),
        "rounds": measured.sizes.rounds,
        "measurements": {
            name: _series_document(series) for name, series in measured.series.items()
        },
        "ratios": [
            {
                "name": ratio.name,
                "processor": ratio.value,
                "wall": ratio.wall_value,
                "budget": ratio.budget,
                "within": ratio.is_within,
            }
            for ratio in ratios(measured)
        ],
        "same_final_tables": None
        if agreement is None
        else {
            "same": agreement.is_whole,
            "items": agreement.items,
            "differences": list(agreement.differences),
        },
    }


def _measurements(measured: Measured, title: str) -> Table:
    table = _table(title, "what", "records", "wall s", "CPU s", "us/record", "records/s", "noise")
    for name, series in measured.series.items():
        table.add_row(
            _SHOWN[name],
            f"{series.records:,}",
            f"{series.best.wall:.2f}",
            f"{series.best.processor:.2f}",
            _number(series.per_record),
            f"{1e6 / series.per_record:,.0f}",
            f"{series.noise:.2f}x",
        )
    return table


def _functions(measured: Measured) -> Table:
    """Return what each function costs by itself."""
    floors = [measured.series[name] for name in (benchmark.FLOOR, benchmark.DIRECT_FLOOR)]
    table = _table("Floor, us/record", "function", "threads", "no threads")
    parts = [series.parts_per_record for series in floors]
    for name in sorted(parts[0], key=lambda name: -parts[0][name]):
        table.add_row(name, *(_number(part[name]) for part in parts))
    outside = (_number(series.outside_per_record) for series in floors)
    table.add_row("of all that, in partner services", *outside, style="dim")
    return table


def _ratios(measured: Measured) -> Table:
    table = _table("Time for a record", "ratio", "is", "budget")
    for ratio in ratios(measured):
        colour = "green" if ratio.is_within else "yellow"
        table.add_row(ratio.name, f"[{colour}]{ratio.value:.3g}x[/{colour}]", ratio.budget)
    return table


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    table.add_column(first, no_wrap=True)
    for heading in others:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _number(microseconds: float) -> str:
    return f"{microseconds:,.0f}" if microseconds >= 100 else f"{microseconds:.1f}"  # noqa: PLR2004 - three digits say enough


def _peaks(measured: Measured) -> str:
    shown = [
        f"{series.peak_bytes / _MEBIBYTE:,.0f} MiB at {series.records:,}"
        for name, series in measured.series.items()
        if name in (benchmark.MEMORY, benchmark.MEMORY_GROWN)
    ]
    return ", ".join(shown)


def _print_agreement(console: Console, measured: Measured) -> None:
    agreement = measured.agreement
    if agreement is None:
        console.print("moto was not measured")
        return
    if agreement.is_whole:
        console.print(f"same final table: [green]yes[/green] ({agreement.items} items)")
        return
    console.print("same final table: [red]no[/red]")
    for difference in agreement.differences:
        console.print(f"  {difference}", markup=False)


def _series_document(series: Series) -> dict[str, Any]:
    return {
        "records": series.records,
        "processor_seconds": [result.seconds.processor for result in series.results],
        "wall_seconds": [result.seconds.wall for result in series.results],
        "best_processor_seconds": series.best.processor,
        "best_wall_seconds": series.best.wall,
        "microseconds_per_record": series.per_record,
        "records_per_second": 1e6 / series.per_record,
        "noise": series.noise,
        "wall_noise": series.wall_noise,
        "peak_bytes": series.peak_bytes,
        "invocations": series.results[0].invocations,
        "partner_services_microseconds_per_record": series.outside_per_record,
        "functions_microseconds_per_record": series.parts_per_record,
    }
