"""harness bench: how fast it is, as ratios measured in one run."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from harness.bench.benchmark import Sizes, run, step_count
from harness.bench.operationreport import operations_document, print_operations
from harness.bench.operationseries import OperationSizes, measure_operations
from harness.bench.plan import find_plan, read_plan
from harness.bench.report import document, print_report
from harness.cli.exitcodes import ExitCode
from harness.cli.outputfile import require_writable, write


def bench(  # noqa: PLR0913 - the options of the command
    *,
    records: Annotated[int, typer.Option(min=1, help="Records of the campaign.")] = 10_000,
    moto_records: Annotated[
        int, typer.Option(min=0, help="Records of the slice for moto; 0 leaves moto out.")
    ] = 300,
    growth: Annotated[bool, typer.Option(help="Measure ten times the records, too.")] = True,
    operations: Annotated[
        bool, typer.Option("--operations", help="Measure single operations instead.")
    ] = False,
    calls: Annotated[
        int, typer.Option(min=1, help="Calls of each single operation; a fifth of them on moto.")
    ] = 200,
    repeats: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 3,
    plan: Annotated[
        Path | None, typer.Option(help="The plan; the nearest bench.yaml if none is given.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write all figures as JSON there.")
    ] = None,
) -> None:
    """Measure one campaign on the simulation, on the handlers alone, and on moto; or operations.

    Figures fail nothing. Exit code 1 says that moto and the simulation ended differently.
    """
    console = Console(highlight=False)
    require_writable(json_file, "--json")
    if operations:
        _bench_operations(
            console,
            OperationSizes(calls, -(-calls // 5) if moto_records else 0, repeats),
            json_file,
        )
        return
    path = plan or find_plan(Path.cwd())
    if path is None:
        typer.echo("there is no bench.yaml here or above; name one with --plan", err=True)
        raise typer.Exit(ExitCode.BROKEN)
    sizes = Sizes(records, moto_records, growth, repeats)
    with _progress(console, step_count(sizes)) as before_each:
        measured = run(read_plan(path), sizes, before_each)
    print_report(console, measured)
    _write(json_file, document(measured))
    agreement = measured.agreement
    if agreement is not None and not agreement.is_whole:
        raise typer.Exit(ExitCode.FAILED)


def _bench_operations(console: Console, sizes: OperationSizes, json_file: Path | None) -> None:
    """Measure single operations on the simulation and on moto."""
    with _progress(console, len(sizes.backends) * sizes.rounds) as before_each:
        figures = measure_operations(sizes, before_each)
    print_operations(console, figures, sizes)
    _write(json_file, operations_document(figures, sizes))


def _write(json_file: Path | None, told: dict[str, Any]) -> None:
    write(json_file, json.dumps(told, indent=2) + "\n")


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[str], None]]:
    """Show what is being measured, on a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("bench", total=total)
        begun = 0

        def before_each(name: str) -> None:
            nonlocal begun
            progress.update(task, description=name, completed=begun)
            begun += 1

        yield before_each
