"""Exit codes, so that a pipeline can tell a wrong program from a wrong scenario.

The worst of what happened decides: broken before failed, failed before unsupported.
"""

from collections.abc import Iterable
from enum import IntEnum

from harness.results.scenario import ScenarioResult


class ExitCode(IntEnum):
    """What the command's end means."""

    PASSED = 0
    FAILED = 1
    """An expectation or an invariant did not hold."""
    USAGE = 2
    """The command line is wrong; Typer's own."""
    BROKEN = 3
    """A scenario, world file or template cannot be used as it is written, or the backend not be had."""
    UNSUPPORTED = 4
    """AWS does something that a scenario needs and the engine does not model."""
    NOTHING = 5
    """No scenario was selected."""
    INTERRUPTED = 130
    """Somebody pressed Ctrl-C; the shell's own."""


def exit_code(results: Iterable[ScenarioResult]) -> ExitCode:
    """Return the code for *results*."""
    verdicts = {result.verdict for result in results}
    if not verdicts:
        return ExitCode.NOTHING
    if "broken" in verdicts:
        return ExitCode.BROKEN
    if "failed" in verdicts:
        return ExitCode.FAILED
    return ExitCode.UNSUPPORTED if "unsupported" in verdicts else ExitCode.PASSED
