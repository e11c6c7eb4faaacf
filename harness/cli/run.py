"""harness run: scenarios, on the terminal and for machines."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from harness.cli.backendoptions import (
    BackendName,
    BackendOption,
    CompareOption,
    StackOption,
    WithOption,
    YesOption,
    agree,
    refuse_stack_elsewhere,
    require_backends,
)
from harness.cli.exitcodes import ExitCode, exit_code
from harness.cli.outputfile import require_writable, write
from harness.reports.jsondocument import json_document
from harness.reports.junit import junit
from harness.reports.text import print_result, print_summary
from harness.results.scenario import ScenarioResult
from harness.scenarios.collecting import find_scenarios
from harness.scenarios.suite import FileResult, Selection, run_files, similar_tags, similar_words
from harness.writtenpaths import names_something

_DEFAULT_FOLDER = Path("scenarios")


def run(  # noqa: PLR0913, PLR0917 - the options of the command
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Scenario files and folders; all of scenarios/ if none is given."),
    ] = None,
    keyword: Annotated[
        str | None,
        typer.Option("-k", help="Only those whose path, title or case contains this."),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", "-t", help="Only those with this tag.")
    ] = None,
    workers: Annotated[int, typer.Option("-n", min=1, help="How many processes to use.")] = 1,
    seed: Annotated[int | None, typer.Option(help="The seed, instead of each file's own.")] = None,
    update: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--update", help="Write actual values into the expectations.")
    ] = False,
    backend: BackendOption = BackendName.MEMORY,
    compare: CompareOption = None,
    with_: WithOption = None,
    stack: StackOption = None,
    yes: YesOption = False,  # noqa: FBT002 - an option of the command line
    verbose: Annotated[  # noqa: FBT002 - an option of the command line
        bool, typer.Option("--verbose", "-v", help="Name what passed, too.")
    ] = False,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", help="Write a JUnit XML report there.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write all results as JSON there.")
    ] = None,
) -> None:
    """Run scenarios, offline and in virtual time.

    Exit codes: 0 passed, 1 failed, 3 a scenario is broken or the backend cannot be had, 4 something
    is not supported, 5 nothing was selected, 130 interrupted.
    """
    console = Console(highlight=False)
    files = _files(paths, junit_file, json_file)
    containers = tuple(with_ or ())
    selection = Selection(keyword, tuple(tag or ()), seed, update, backend.value, containers)
    _require_memory_for_updates(selection)
    refuse_stack_elsewhere(backend, compare, stack, containers)
    if backend is BackendName.AWS:
        agree(stack, len(files), is_agreed=yes)
    workers = require_backends(selection, compare, workers, files)
    if compare is not None:
        _refuse_beside_compare(("--update", update), ("--junit", junit_file))
        _compare(console, files, selection, compare, (workers, verbose, json_file))
    outcome = _run(console, files, selection, worker_count=workers, is_verbose=verbose)
    _report(outcome.results, junit_file, json_file)
    raise typer.Exit(_told(console, outcome, files, selection))


def _files(paths: list[Path] | None, *written: Path | None) -> list[Path]:
    """Return the scenario files; refuses paths that are not there or cannot be written."""
    if not paths and not _DEFAULT_FOLDER.is_dir():
        text = "there is no folder 'scenarios' here: go to the project, or name a file or a folder"
        raise typer.BadParameter(text, param_hint="PATHS")
    chosen = paths or [_DEFAULT_FOLDER]
    require_paths(chosen)
    for path, option in zip(written, ("--junit", "--json"), strict=True):
        require_writable(path, option)
    return find_scenarios(chosen)


def _require_memory_for_updates(selection: Selection) -> None:
    if selection.updates and (selection.backend != BackendName.MEMORY or selection.containers):
        raise typer.BadParameter("write expectations from memory alone", param_hint="--update")


def _refuse_beside_compare(*options: tuple[str, object]) -> None:
    """Refuse what a comparison has no use for, rather than to leave it out in silence."""
    for option, given in options:
        if given:
            text = "a comparison makes a parity table: use --json, or leave out --compare"
            raise typer.BadParameter(text, param_hint=option)


def _compare(
    console: Console,
    files: Sequence[Path],
    selection: Selection,
    other: BackendName,
    options: tuple[int, bool, Path | None],
) -> None:
    """Run on two backends and print the parity table; ends the command."""
    # It needs the engine, which a broken file is reported without.
    from harness.cli.compare import run_comparison  # noqa: PLC0415 - see above

    workers, verbose, json_file = options
    run_comparison(
        console,
        files,
        selection,
        other.value,
        worker_count=workers,
        is_verbose=verbose,
        json_file=json_file,
    )


def _report(
    results: Sequence[ScenarioResult], junit_file: Path | None, json_file: Path | None
) -> None:
    if junit_file is not None:
        write(junit_file, junit(results))
    if json_file is not None:
        write(json_file, json_document(results))


def _told(
    console: Console, outcome: "_Run", files: Sequence[Path], selection: Selection
) -> ExitCode:
    """Print how the run has ended, and return its exit code."""
    print_summary(console, outcome.results)
    for refusal in outcome.refusals:
        console.print(f"{refusal}\n", style="yellow", markup=False, soft_wrap=True)
    if updated := outcome.updated_count:
        console.print(f"{updated} file{'s' if updated > 1 else ''} updated")
    if not outcome.has_ended:
        console.print("interrupted: the other scenarios were not run")
        return ExitCode.INTERRUPTED
    code = exit_code(outcome.results)
    if code is ExitCode.NOTHING:
        console.print(_nothing(files, selection))
    return code


def require_paths(paths: Sequence[Path]) -> None:
    """Refuse paths that are not there, as a mistake of the command line."""
    for path in paths:
        if not names_something(path):
            raise typer.BadParameter(f"there is no {str(path)!r}", param_hint="PATHS")


@dataclass(slots=True)
class _Run:
    """What a run has brought, in the order of the files unless it was interrupted."""

    results: list[ScenarioResult] = field(default_factory=list)
    updated_count: int = 0
    refusals: list[str] = field(default_factory=list)
    """What `--update` could not write back, and why."""
    has_ended: bool = False


def _run(
    console: Console,
    files: Sequence[Path],
    selection: Selection,
    *,
    worker_count: int,
    is_verbose: bool,
) -> _Run:
    """Run *files* and show each result as it comes; Ctrl-C keeps what there is so far."""
    run = _Run()
    with _progress(console, len(files)) as advance:

        def on_file(result: FileResult) -> None:
            run.updated_count += result.was_updated
            run.refusals += result.refusals
            run.results.extend(result.results)
            for each in result.results:
                if is_verbose or each.verdict != "passed":
                    print_result(console, each)
            advance()

        with suppress(KeyboardInterrupt):
            run.results = run_files(files, selection, worker_count=worker_count, on_file=on_file)
            run.has_ended = True
    return run


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[], None]]:
    """Show a bar while more than a handful of files run on a terminal."""
    if not console.is_terminal or total < 2:  # noqa: PLR2004 - a bar for one step says nothing
        yield lambda: None
        return
    columns = (TextColumn("scenarios"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("scenarios", total=total)
        yield lambda: progress.advance(task)


def _nothing(files: Sequence[Path], selection: Selection) -> str:
    if not files:
        return (
            "there are no scenario files there: YAML below a world.yaml, names without a leading _"
        )
    wanted = [f"-k {selection.keyword!r}"] if selection.keyword is not None else []
    wanted += [f"--tag {tag}" for tag in selection.tags]
    meant = similar_tags(selection.tags, files)
    if selection.keyword is not None:
        meant += similar_words(selection.keyword, files)
    hint = f"; did you mean {' and '.join(map(repr, meant))}?" if meant else ""
    return f"none of {len(files)} files fits {' and '.join(wanted)}{hint}"
