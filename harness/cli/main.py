"""The `harness` command.

Each command is a module of this package with a function of its name.  Only the module of the
command that is asked for is imported: starting up is most of what a small scenario costs.
"""

import sys
from collections.abc import Iterable
from importlib import import_module

import typer

from harness.cli.exitcodes import ExitCode
from harness.errors import HarnessError, UnsupportedError
from harness.runtime.collector import spare_last_collections

COMMANDS = ("run", "topology", "replay", "walkthrough", "certify", "bench", "conformance")


def application(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the command line with *commands*."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Runs AWS Lambda pipelines, unmodified, in a deterministic simulation.",
    )
    app.callback()(_nothing_in_common)
    for name in commands:
        app.command()(getattr(import_module(f"harness.cli.{name}"), name))
    return app


def main() -> None:
    """Run the command line; an error about the harness is a message, not a traceback."""
    spare_last_collections()
    asked = [word for word in sys.argv[1:2] if word in COMMANDS]
    try:
        application(asked or COMMANDS)()
    except UnsupportedError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(ExitCode.UNSUPPORTED) from error
    except HarnessError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(ExitCode.BROKEN) from error


def _nothing_in_common() -> None:
    """Keep the command's name on the command line even where it is the only one."""
