"""``harness walkthrough``: one fan's way from the file to the last message, hop by hop."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.exitcodes import ExitCode, exit_code
from harness.errors import HarnessError
from harness.walkthrough.rendering import panel
from harness.walkthrough.walking import Walk, default_scenario, walk


def walkthrough(
    *,
    scenario: Annotated[
        Path | None,
        typer.Option(help="The scenario to walk through; walkthrough.yaml beside world.yaml."),
    ] = None,
    fan: Annotated[
        str | None, typer.Option(help="Whom to follow; the scenario's variable 'fan'.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Of chance in this run.")] = None,
    no_pause: Annotated[
        bool, typer.Option("--no-pause", help="Do not wait for Enter between the hops.")
    ] = False,
) -> None:
    """Follow one fan through the pipeline, with the real events, items and messages of a run."""
    console = Console()
    try:
        way = walk(scenario or default_scenario(Path.cwd()), fan, seed=seed)
    except HarnessError as error:
        Console(stderr=True).print(
            str(error), style="red", markup=False, highlight=False, soft_wrap=True
        )
        raise typer.Exit(ExitCode.BROKEN) from error
    _show(way, console, pauses=not no_pause and sys.stdin.isatty())
    if way.result.verdict != "passed":
        for failure in way.result.failures:
            console.print(f"{failure.location}: {failure.problem}", style="red", markup=False)
        raise typer.Exit(exit_code([way.result]))


def _show(way: Walk, console: Console, *, pauses: bool) -> None:
    console.print(f"Following {way.name}: {way.title}\n", style="bold", markup=False)
    start = way.hops[0].instant
    for number, hop in enumerate(way.hops, start=1):
        console.print(panel(hop, number, len(way.hops), start))
        if pauses and number < len(way.hops):
            console.input("[dim]Enter: the next hop[/]")
