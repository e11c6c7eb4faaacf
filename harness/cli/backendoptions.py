"""The options of ``harness run`` that say where AWS's services are, and what is made of them."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from harness.scenarios.worlds import most_processes, require_backend


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


def refuse_stack_elsewhere(
    backend: BackendName, compare: BackendName | None, stack: str | None
) -> None:
    """Refuse what only a deployed stack that scenarios run against can mean."""
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
    backend: BackendName, compare: BackendName | None, process_count: int, file_count: int
) -> int:
    """Raise HarnessError unless the backends can be had; return how many processes can use them.

    Where there are no files nothing is tried.
    """
    names = [backend] if compare is None else [backend, compare]
    count = min(process_count, *map(most_processes, names))
    for name in names if file_count else ():
        require_backend(name, process_count=min(count, file_count))
    return count
