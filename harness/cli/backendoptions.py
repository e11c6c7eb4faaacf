"""The options of ``harness run`` that say where AWS's services are, and what is made of them."""

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from harness.scenarios.suite import Selection
from harness.scenarios.worldfile import find_world_file
from harness.scenarios.worlds import most_processes, require_backend, require_containers


class BackendName(StrEnum):
    """What may stand behind ``--backend``."""

    MEMORY = "memory"
    MOTO = "moto"
    MOTO_SERVER = "moto-server"
    LOCALSTACK = "localstack"
    CONTAINERS = "containers"
    AWS = "aws"


BackendOption = Annotated[
    BackendName,
    typer.Option(
        help="Where AWS's services are carried out. What answers as localstack is emptied for each "
        "scenario; aws asks before it costs money."
    ),
]
CompareOption = Annotated[
    BackendName | None,
    typer.Option(help="Run on this backend too, and print the parity table; not with aws."),
]
StackOption = Annotated[
    str | None, typer.Option(help="The deployed stack that --backend aws runs against.")
]
YesOption = Annotated[
    bool, typer.Option("--yes", help="Agree to what AWS charges for it, without being asked.")
]
WithOption = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="PARTNER[=IMAGE]",
        help="Let this partner keep what it has in the container that the world file gives it, which "
        "takes a Docker engine; on --backend, not on --compare.",
    ),
]


def refuse_stack_elsewhere(
    backend: BackendName,
    compare: BackendName | None,
    stack: str | None,
    containers: Sequence[str],
) -> None:
    """Refuse what only a deployed stack that scenarios run against can mean, and what it cannot."""
    if containers and backend is BackendName.AWS:
        raise typer.BadParameter("a stack's partners are its own", param_hint="--with")
    if compare is not None and BackendName.AWS in (backend, compare):
        text = (
            "a stack's end is not seen whole, and so is compared with nothing: leave out --compare"
        )
        raise typer.BadParameter(text, param_hint="--compare")
    if stack and backend is not BackendName.AWS:
        raise typer.BadParameter("it goes with --backend aws", param_hint="--stack")


def agree(stack: str | None, file_count: int, *, is_agreed: bool) -> None:
    """Ask before it costs money, and let the worlds of this run know that it may."""
    name = stack or os.environ.get("HARNESS_AWS_STACK", "")
    if not name:
        raise typer.BadParameter("--backend aws needs the name of a stack", param_hint="--stack")
    if not is_agreed:
        question = f"Run {file_count} files against the stack {name!r}? AWS charges for it."
        typer.confirm(question, abort=True)
    os.environ["HARNESS_AWS_STACK"] = os.environ["HARNESS_AWS_AGREED"] = name


def require_backends(
    selection: Selection,
    compare: BackendName | None,
    process_count: int,
    files: Sequence[Path],
) -> int:
    """Raise HarnessError unless backends and containers can be had; return how many processes can.

    Where there are no files nothing is tried.
    """
    names = [selection.backend] if compare is None else [selection.backend, compare.value]
    count = min(process_count, *map(most_processes, names))
    used = min(count, len(files))
    for name in names if files else ():
        require_backend(name, process_count=used)
    world_files = filter(None, map(find_world_file, files))
    require_containers(world_files, selection.containers, process_count=used)
    return count
