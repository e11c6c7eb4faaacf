"""Player: lets a recording arrive in a world, each thing at its instant, until all is at rest."""

from functools import partial
from typing import Protocol

from harness.kernel.instant import Duration, Instant, seconds
from harness.replay.campaign import Arrival, Campaign
from harness.scenarios.run import Run
from harness.scenarios.steps.put_object import PutObject
from harness.world.world import World

ACTOR = "campaign"
"""Who acts in the journal when something arrives."""

_SLICE = seconds(1)
"""How much virtual time goes by between two looks at the progress."""


class Audience(Protocol):
    """Whoever watches a replay."""

    def see(self, world: World, arrived: int) -> None:
        """Look at *world*, in which *arrived* things have arrived so far; nothing runs meanwhile."""
        ...


class Nobody:
    """No one looks."""

    def see(self, world: World, arrived: int) -> None:
        """Do nothing."""


class Player:
    """One replay in an open world.  Its states: new, prepared (`prepare`), over (`play`)."""

    def __init__(self, campaign: Campaign, world: World, audience: Audience | None = None) -> None:
        self.world = world
        self.run = Run(world, campaign.generated)
        self._campaign = campaign
        self._audience = audience or Nobody()
        self._arrived = 0

    def prepare(self) -> None:
        """Bring the world into the state it had when the recording began."""
        given = self._campaign.given
        if given is not None:
            given.prepare(self.run)
            if given.stirs:
                self.world.settle()
            given.inject(self.run)
        self.run.begin()

    def play(self) -> None:
        """Let everything arrive, and wait until the world is at rest.

        Raises UnsettledError if it never is.
        """
        for number, arrival in enumerate(self._campaign.arrivals, start=1):
            self._go_to(Instant(self.run.started + arrival.at))
            self._deliver(arrival, number)
            self._arrived = number
        limit = self._campaign.settle_limit
        if limit is not None:
            self._rest(Instant(self.world.now + limit))
        self._audience.see(self.world, self._arrived)

    # Arrivals

    def _deliver(self, arrival: Arrival, number: int) -> None:
        world, choice = self.world, arrival.choice
        world.journal.record("step", actor=ACTOR, subject=choice.name, number=number)
        if arrival.content is None:
            # A query that waits for its answer keeps nothing else from arriving.
            world.beside(partial(choice.part.run, self.run))
            return
        put: PutObject = choice.part
        bucket = self.run.bucket(put.bucket, put.where("bucket"))
        content = arrival.content
        world.s3.put_streaming(
            bucket.name, put.key, content.factory, content.size, content.etag, world.now
        )

    # Time

    def _go_to(self, due: Instant) -> None:
        """Let time pass until *due*, slice by slice."""
        while self.world.now < due:
            self._advance(due)

    def _rest(self, end: Instant) -> None:
        world = self.world
        while not world.scheduler.is_at_rest:
            due = world.scheduler.next_due()
            if due is not None and due > end:
                world.settle(Duration(end - world.now))
            self._advance(end)

    def _advance(self, end: Instant) -> None:
        """Run to the next thing that is due and a slice further, not beyond *end*."""
        world = self.world
        due = world.scheduler.next_due()
        start = end if due is None else max(due, world.now)
        world.advance(Duration(min(end, start + _SLICE) - world.now))
        self._audience.see(world, self._arrived)
