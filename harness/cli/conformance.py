"""harness conformance: what AWS does, and which test holds the engine to it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.exitcodes import ExitCode
from harness.cli.outputfile import require_writable, write
from harness.conformance.behaviour import SERVICES
from harness.conformance.card import make_card
from harness.conformance.differential import run_machines
from harness.conformance.document import document
from harness.conformance.page import page as as_page
from harness.conformance.printing import print_card
from harness.writtenpaths import names_something

OWN_TESTS = Path(__file__).parents[1] / "tests"


def conformance(  # noqa: PLR0913 - the options of the command
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Tests to read; the harness's own if none are given."),
    ] = None,
    *,
    run: Annotated[bool, typer.Option("--run", help="Run the marked tests, too.")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="Print the figures alone.")] = False,
    service: Annotated[
        list[str] | None, typer.Option(help="Only that service; may be given more than once.")
    ] = None,
    differential: Annotated[
        bool, typer.Option("--differential", help="Run the machines against moto, no card.")
    ] = False,
    examples: Annotated[
        int, typer.Option(min=1, help="Sequences of calls for each machine of --differential.")
    ] = 200,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the card as JSON there.")
    ] = None,
    page_file: Annotated[
        Path | None, typer.Option("--page", help="Write the card as one HTML page there.")
    ] = None,
) -> None:
    """Print every modelled behaviour with AWS's statement, its source, and the test that holds it.

    The card is read off the tests' own marks. Exit code 1 says that a marked test has failed,
    or that a machine has found a disagreement with moto that is not on the card.
    """
    console = Console(highlight=False, soft_wrap=True)
    chosen = paths or [OWN_TESTS]
    _require(chosen, service or ())
    require_writable(json_file, "--json")
    require_writable(page_file, "--page")
    if differential:
        raise typer.Exit(run_machines(chosen, examples))
    with _progress(console) as announce:
        card = make_card(chosen, service or (), is_run=run, announce=announce)
    print_card(console, card, is_whole=not summary)
    write(json_file, json.dumps(document(card), indent=2, ensure_ascii=False) + "\n")
    write(page_file, as_page(card))
    if card.has_failed:
        raise typer.Exit(ExitCode.FAILED)
    if not card.behaviours:
        typer.echo("no test there has a mark; see harness/conformance/README.md", err=True)
        raise typer.Exit(ExitCode.NOTHING)


def _require(paths: list[Path], services: tuple[str, ...] | list[str]) -> None:
    for path in paths:
        if not names_something(path):
            typer.echo(
                f"{path} is not there; the card is read off the harness's tests, which lie in its"
                " repository and not in what is installed: name their folder",
                err=True,
            )
            raise typer.Exit(ExitCode.BROKEN)
    for service in services:
        if service not in SERVICES:
            typer.echo(f"--service {service}: there are {', '.join(SERVICES)}", err=True)
            raise typer.Exit(ExitCode.USAGE)


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[int, int], None]]:
    """Show how many tests are done, on a terminal."""
    with console.status("reading the tests") as status:
        yield lambda done, count: status.update(f"{done} of {count} tests")
