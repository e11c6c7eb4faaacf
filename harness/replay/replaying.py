"""Replaying: a campaign from the open world to its summary."""

from harness.replay.campaign import Campaign
from harness.replay.measuring import summarise
from harness.replay.player import Audience, Player
from harness.replay.summary import Summary
from harness.world.world import World

PER_RECORD_ROWS_MAX = 10_000
"""Up to so many rows a journal has an entry for each record; beyond that, for each batch."""


def replay(
    campaign: Campaign,
    *,
    seed: int | None = None,
    full_journal: bool = False,
    audience: Audience | None = None,
) -> Summary:
    """Play *campaign* in a new world and return what it came to.

    *seed* goes before the manifest's own.  With *full_journal*, every record has its entries
    whatever the size.  What boto3 is called with is checked against AWS's model in a small replay
    only: it costs more than the call itself.
    """
    is_small = full_journal or campaign.rows <= PER_RECORD_ROWS_MAX
    world = World(
        campaign.configuration,
        seed=campaign.seed if seed is None else seed,
        per_record=is_small,
        validates=is_small,
    )
    with world:
        player = Player(campaign, world, audience)
        player.prepare()
        player.play()
    return summarise(campaign, player)
