"""What ``harness run --compare`` does: the parity table of two backends."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console

from harness.cli.exitcodes import ExitCode
from harness.cli.outputfile import write
from harness.parity.comparing import compare_files
from harness.parity.comparison import Comparison
from harness.parity.table import parity_document, print_comparison, print_parity
from harness.scenarios.suite import Selection


def run_comparison(  # noqa: PLR0913 - what the command was told
    console: Console,
    files: Sequence[Path],
    selection: Selection,
    reference: str,
    *,
    worker_count: int,
    is_verbose: bool,
    json_file: Path | None,
) -> None:
    """Print the parity table of *files*, and end with 1 if anything differs."""

    def on_file(comparisons: Sequence[Comparison]) -> None:
        for each in comparisons:
            if is_verbose or each.parity != "equal":
                print_comparison(console, each)

    comparisons = compare_files(
        files, selection, reference, worker_count=worker_count, on_file=on_file
    )
    print_parity(console, comparisons, selection.backend, reference)
    if json_file is not None:
        document = parity_document(comparisons, selection.backend, reference)
        write(json_file, document)
    raise typer.Exit(_code(comparisons))


def _code(comparisons: Sequence[Comparison]) -> ExitCode:
    if not comparisons:
        return ExitCode.NOTHING
    parities = {comparison.parity for comparison in comparisons}
    if "differs" in parities:
        return ExitCode.FAILED
    return ExitCode.UNSUPPORTED if parities == {"lacks"} else ExitCode.PASSED
