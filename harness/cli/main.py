"""The `harness` command."""

import typer

from harness.cli.bench import bench
from harness.cli.certify import certify
from harness.cli.exitcodes import ExitCode
from harness.cli.replay import replay
from harness.cli.run import run
from harness.cli.topology import topology
from harness.cli.walkthrough import walkthrough
from harness.errors import HarnessError, UnsupportedError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Runs AWS Lambda pipelines, unmodified, in a deterministic simulation.",
)
app.command()(run)
app.command()(topology)
app.command()(replay)
app.command()(walkthrough)
app.command()(bench)
app.command()(certify)


def main() -> None:
    """Run the command line; an error about the harness is a message, not a traceback."""
    try:
        app()
    except UnsupportedError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(ExitCode.UNSUPPORTED) from error
    except HarnessError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(ExitCode.BROKEN) from error
