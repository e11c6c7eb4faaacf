"""How an account waits: on its clock, with its lock given up meanwhile."""

from threading import Condition

from harness.kernel.instant import Duration
from harness.mocking.clock import Clock


class Patience:
    """The clock of a mocked cloud together with the one lock around its engines."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.turn = Condition()
        """Held by whoever calls; notified when a call has been answered."""

    def wait(self, duration: Duration) -> None:
        """Let *duration* pass, or less if another thread's call is answered meanwhile."""
        self.clock.wait(self.turn, duration)
