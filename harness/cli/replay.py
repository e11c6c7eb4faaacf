"""``harness replay``: a recorded campaign in virtual time, and what came of it."""

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.exitcodes import ExitCode
from harness.cli.outputfile import require_writable, write
from harness.errors import HarnessError, UnsupportedError
from harness.replay.campaign import load
from harness.replay.progress import ProgressBar
from harness.replay.rendering import closing
from harness.replay.replaying import replay as play
from harness.replay.summary import Summary
from harness.services.base.errors import ServiceError

_KIBIBYTES_A_MEBIBYTE = 1_024


def replay(
    path: Annotated[Path, typer.Argument(help="A campaign's folder, or its manifest.")],
    *,
    seed: Annotated[int | None, typer.Option(help="Of chance, instead of the manifest's.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the result there too, as JSON.")
    ] = None,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Show no bar.")] = False,
    full_journal: Annotated[
        bool,
        typer.Option("--full-journal", help="Write every record down, however many there are."),
    ] = False,
) -> None:
    """Play a recorded campaign in virtual time: hours in seconds.

    Exit codes: 0 all invariants hold, 1 one does not, 3 the recording cannot be played as it is
    written, 4 it needs what is not supported.
    """
    console, errors = Console(), Console(stderr=True)
    require_writable(json_file, "--json")
    try:
        began = perf_counter()
        campaign = load(path)
        loaded = perf_counter()
        is_shown = errors.is_terminal and not no_progress
        with ProgressBar(campaign, errors, is_shown=is_shown) as bar:
            summary = play(campaign, seed=seed, full_journal=full_journal, audience=bar)
    except UnsupportedError as error:
        errors.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(ExitCode.UNSUPPORTED) from error
    except (HarnessError, ServiceError) as error:
        errors.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(ExitCode.BROKEN) from error
    measured = _measured(summary, loaded - began, perf_counter() - loaded)
    console.print(closing(summary, {name: text for name, (text, _) in measured.items()}))
    if json_file is not None:
        document = {
            **summary.view(),
            "measured": {name: value for name, (_, value) in measured.items()},
        }
        write(json_file, json.dumps(document, indent=2) + "\n")
    raise typer.Exit(ExitCode.PASSED if summary.holds else ExitCode.FAILED)


def _measured(
    summary: Summary, loading: float, playing: float
) -> dict[str, tuple[str, float | None]]:
    """Return what depends on the machine: as text and as a number."""
    rate = summary.rows / playing if playing else 0.0
    memory = _peak_memory()
    return {
        "wall time": (f"{playing:.2f} s, and {loading:.2f} s to read it", playing),
        "rows/s": (f"{rate:,.0f}, invariants included", rate),
        "peak memory": ("unknown" if memory is None else f"{memory:,.0f} MiB", memory),
    }


def _peak_memory() -> float | None:
    """Return the most memory that this process has had, in MiB; None where nobody counts it."""
    if sys.platform == "win32":
        return None
    from resource import RUSAGE_SELF, getrusage  # noqa: PLC0415 - there is none on Windows

    peak = getrusage(RUSAGE_SELF).ru_maxrss
    # macOS counts bytes, Linux KiB.
    return (
        peak / _KIBIBYTES_A_MEBIBYTE / (_KIBIBYTES_A_MEBIBYTE if sys.platform == "darwin" else 1)
    )
