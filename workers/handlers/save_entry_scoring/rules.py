"""Which records are first choices, and what entry-service is told of them."""

from collections.abc import Iterable

from workers.domain.record import ScoreRecord
from workers.handlers.save_entry_scoring.shapes import CampaignScoring, Scoring


def scoring_by_campaign(
    records: Iterable[ScoreRecord], sequence_numbers: Iterable[str]
) -> list[CampaignScoring]:
    """Return the scorings of the records with rank 0, by campaign."""
    campaigns: dict[str, CampaignScoring] = {}
    for record, sequence_number in zip(records, sequence_numbers, strict=True):
        if record.rank:
            continue
        campaign = campaigns.get(record.campaign_id)
        if campaign is None:
            campaign = campaigns[record.campaign_id] = CampaignScoring(record.campaign_id)
        campaign.scoring.append(_scoring(record))
        campaign.sequence_numbers.append(sequence_number)
    return list(campaigns.values())


def _scoring(record: ScoreRecord) -> Scoring:
    slot = record.slot
    assert slot is not None, "a record on the stream has a rank"
    return Scoring(
        record.member_id,
        slot.event_id,
        slot.market_id,
        slot.score,
        record.scored_at,
        record.is_verified,
        record.verdict,
        record.correlation_id,
    )
