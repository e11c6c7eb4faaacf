"""Waiting for an invocation to end: as a handler that calls another function does, or as a test."""

from typing import Any

from harness.errors import SimulationError
from harness.runtime.outcome import Outcome
from harness.world.awslambda.account import Running


def invoke_and_wait(
    running: Running, function_name: str, event: Any, *, qualifier: str | None
) -> Outcome:
    """Invoke a function and return how that ended; others run meanwhile.

    *qualifier* is what its caller named behind it.

    A handler that waits gives the baton away; a caller outside runs what is due.
    """
    baton, scheduler = running.baton, running.baton.scheduler
    outcomes: list[Outcome] = []
    task = baton.current

    def done(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if task is not None:
            task.wake()

    source, cause = running.caller.actor()
    running.invoker.invoke(
        function_name, event, source=source, cause=cause, done=done, qualifier=qualifier
    )
    while not outcomes:
        if task is not None:
            baton.wait()
        elif scheduler.is_at_rest or not scheduler.step():
            raise SimulationError(f"the invocation of {function_name!r} never ended")
    return outcomes[0]
