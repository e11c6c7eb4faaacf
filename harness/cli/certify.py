"""harness certify: whether anything but the seed decides how scenarios end."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.certification.certificate import certify as make_certificate
from harness.certification.variant import Variant
from harness.cli.exitcodes import ExitCode
from harness.cli.run import require_paths
from harness.scenarios.collecting import find_scenarios


def certify(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Scenario files and folders; all of scenarios/ if none is given."),
    ] = None,
) -> None:
    """Run scenarios under several hash seeds, folders, orders and numbers of processes.

    Every journal must have the same digest each time.  Exit code 1 if one has not.
    """
    console = Console(highlight=False, soft_wrap=True)
    chosen = paths or [Path("scenarios")]
    require_paths(chosen)
    files = find_scenarios(chosen)
    if not files:
        console.print("there are no scenario files there")
        raise typer.Exit(ExitCode.NOTHING)

    def announce(variant: Variant) -> None:
        console.print(f"running {len(files)} files: {variant.name}")

    certificate = make_certificate(files, announce)
    for difference in certificate.differences:
        console.print(f"[bold red]differs[/] {difference.name}")
        for variant, digest in difference.digests:
            console.print(f"  {digest}  {variant}")
    if certificate.differences:
        raise typer.Exit(ExitCode.FAILED)
    console.print(
        f"{certificate.scenario_count} scenarios have equal digests in"
        f" {len(certificate.variants)} variants"
    )
