"""Which changes count, and how they move the counts."""

from collections.abc import Iterable, Iterator

from workers.domain.counts import NOTHING, Counts
from workers.domain.keys import CAMPAIGN_PREFIX, MEMBER_PREFIX
from workers.events.dynamodb import Change, Image
from workers.handlers.process_saved_scores.shapes import CampaignMovements, Movement

MARKERS_MAX = 99
"""A transaction takes 100 actions, and one of them updates the counts."""

_CONTRIBUTIONS = {
    (is_verified, is_selected): Counts(
        int(is_verified is True), int(is_verified is False), int(is_selected)
    )
    for is_verified in (None, True, False)
    for is_selected in (False, True)
}


def is_registration(change: Change) -> bool:
    """Tell whether *change* is of a member's registration.

    ``meta:`` items are our own writing, and a fan list entry is the same member once more.
    """
    return change.partition.startswith(CAMPAIGN_PREFIX) and change.sort.startswith(MEMBER_PREFIX)


def contribution(image: Image | None) -> Counts:
    """Return what an item adds to its campaign's counts; nothing when it is not there."""
    if image is None:
        return NOTHING
    flag = image.get("isVerified")
    verdict = image.get("verdict")
    is_selected = verdict is not None and verdict.get("S") == "selected"
    return _CONTRIBUTIONS[None if flag is None else flag.get("BOOL"), is_selected]


def movements_by_campaign(changes: Iterable[Change]) -> list[CampaignMovements]:
    """Return what moves the counts, by campaign; a change that moves nothing is left out."""
    campaigns: dict[str, CampaignMovements] = {}
    seen: set[str] = set()
    for change in changes:
        delta = contribution(change.new)
        if change.old is not None:
            delta = delta.minus(contribution(change.old))
        # A transaction may not name one marker twice.
        if delta == NOTHING or change.event_id in seen:
            continue
        seen.add(change.event_id)
        campaign_id = change.partition.removeprefix(CAMPAIGN_PREFIX)
        campaign = campaigns.get(campaign_id)
        if campaign is None:
            campaign = campaigns[campaign_id] = CampaignMovements(campaign_id)
        campaign.movements.append(Movement(change.event_id, change.sequence_number, delta))
        if not campaign.correlation_id:
            campaign.correlation_id = change.correlation_id
    return list(campaigns.values())


def in_transactions(movements: list[Movement]) -> Iterator[list[Movement]]:
    """Yield *movements* in portions that one transaction takes."""
    for start in range(0, len(movements), MARKERS_MAX):
        yield movements[start : start + MARKERS_MAX]


def total(movements: Iterable[Movement]) -> Counts:
    """Return the sum of *movements*."""
    verified = rejected = selected = 0
    for movement in movements:
        verified += movement.delta.verified
        rejected += movement.delta.rejected
        selected += movement.delta.selected
    return Counts(verified, rejected, selected)
