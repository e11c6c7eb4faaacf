"""What the partners may use of the world around them; the world plugs it in."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import NoReturn

from harness.errors import SimulationError
from harness.kernel.faultpoints import FaultDecider, NoFaults
from harness.kernel.instant import Duration, Instant, hours
from harness.kernel.journal import Journal


def _nobody() -> None:
    """Return None: the caller stands outside, and nothing is known to be the cause."""


def _never() -> bool:
    """Return False: the caller stands outside."""
    return False


def _ignore(_error: Exception) -> None:
    """Leave it to the exception itself."""


def _cannot_crash() -> NoReturn:
    raise SimulationError("a crash was asked for at an HTTP call that no invocation made")


@dataclass(frozen=True, slots=True)
class Wiring:
    """The clock, the journal and the caller, as functions of the world."""

    now: Callable[[], Instant]
    pause: Callable[[Duration], None]
    """Lets time pass for the caller."""
    journal: Journal
    faults: FaultDecider = field(default_factory=NoFaults)
    caller: Callable[[], str | None] = _nobody
    """The logical id of the function that calls, or None for a caller outside."""
    cause: Callable[[], int | None] = _nobody
    """The journal's index of what made the caller run."""
    crash: Callable[[], NoReturn] = _cannot_crash
    """Kills the calling invocation; does not return."""
    report: Callable[[Exception], None] = _ignore
    """Told of a call to nowhere, which the code under test might swallow."""
    outside: Callable[[], AbstractContextManager[None]] = nullcontext
    """Opens the process's doors, for a partner that keeps what it has in a container."""
    has_sockets: Callable[[], bool] = _never
    """Whether the caller's sockets lead to the partners."""
    patience: Duration = field(default=hours(1))
    """How long an unanswered call hangs when its sender set no time-out."""
