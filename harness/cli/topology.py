"""harness topology: the pipeline, drawn from its template."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.exitcodes import ExitCode
from harness.reports.mermaid import as_mermaid
from harness.reports.topology import as_text
from harness.world.configuration import find_configuration, read_configuration
from harness.world.declaring import declared_topology


class Form(StrEnum):
    """How to draw."""

    TEXT = "text"
    MERMAID = "mermaid"


def topology(
    form: Annotated[Form, typer.Option("--as", help="A tree for people, or Mermaid.")] = Form.TEXT,
    world: Annotated[
        Path | None, typer.Option(help="The world file; the nearest one if none is given.")
    ] = None,
) -> None:
    """Draw the pipeline as its template declares it."""
    path = world or find_configuration(Path.cwd())
    if path is None:
        typer.echo("there is no world.yaml here or above; name one with --world", err=True)
        raise typer.Exit(ExitCode.BROKEN)
    found = declared_topology(read_configuration(path))
    typer.echo(as_text(found) if form is Form.TEXT else as_mermaid(found))
