"""The partner services of a plan without a world around them: they answer at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from harness.bench.plan import Plan
from harness.bench.stopwatch import Stopwatch
from harness.fakehttp.arrival import Arrival
from harness.fakehttp.mounting import mount_from
from harness.fakehttp.partners import Partners
from harness.fakehttp.reply import Reply
from harness.fakehttp.wiring import Wiring
from harness.kernel.instant import Duration, Instant
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler


class PartnerServices(Partners):
    """The mounted applications, with a watch on the time that they take."""

    def __init__(self, plan: Plan) -> None:
        configuration = plan.configuration
        mounts = [
            mount_from(
                partner.name,
                {
                    "application": partner.application,
                    "url": partner.url,
                    "options": partner.options,
                },
            )
            for partner in configuration.partners
        ]
        wiring = Wiring(
            now=lambda: configuration.start,
            pause=_at_once,
            journal=Journal(Scheduler(Instant(configuration.start)), per_record=False),
        )
        super().__init__(mounts, wiring)
        for name, state in plan.given.items():
            self[name].load(state)
        self.watch = Stopwatch()

    def answer(self, arrival: Arrival) -> Reply:
        """Return the partner's answer, the watch running meanwhile."""
        with self.watch.running():
            return super().answer(arrival)

    @contextmanager
    def active(self) -> Iterator[None]:
        """Answer what `requests` sends in here."""
        self.activate()
        try:
            yield
        finally:
            self.close()


def _at_once(_duration: Duration) -> None:
    """Let no time pass."""
