"""Who holds the baton, as the gateway and the fake partners see it."""

from typing import NoReturn

from harness.errors import SimulationError
from harness.runtime.invoker import Invoker

OUTSIDE = "outside"
"""The actor of whatever a scenario or a test does itself."""


class CurrentCaller:
    """The invocation whose code is running, or the world outside."""

    def __init__(self, invoker: Invoker) -> None:
        self._invoker = invoker

    def name(self) -> str | None:
        """Return the logical id of the running function, or None outside of any."""
        invocation = self._invoker.current()
        return None if invocation is None else invocation.environment.function.logical_id

    def entry(self) -> int | None:
        """Return the journal's index of the running invocation."""
        invocation = self._invoker.current()
        return None if invocation is None else invocation.entry

    def crash(self) -> NoReturn:
        """End the process of the running invocation."""
        if self._invoker.current() is None:
            raise SimulationError("a crash can strike an invocation only, not a caller outside")
        self._invoker.crash_current()
        raise SimulationError("a crashed invocation went on")

    def actor(self) -> tuple[str, int | None]:
        """Return the name and the entry, for the journal."""
        invocation = self._invoker.current()
        if invocation is None:
            return OUTSIDE, None
        return invocation.environment.function.logical_id, invocation.entry
