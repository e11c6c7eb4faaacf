"""When to post, and what a post says."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import asdict

from workers.domain.counts import Counts
from workers.events.sqs import Message
from workers.handlers.verdict_reporter.shapes import CampaignLook, Decision


def decide(counts: Counts, posted: Counts | None, seen: set[Counts]) -> Decision:
    """Return what to do about *counts*, given those *posted* last and those the messages saw.

    *posted* is None while nobody knows: counts must not be left out because Slack had them once.

    A message that has seen exactly these counts saw them at least the requeue delay ago.
    """
    if counts == posted:
        return "bypass"
    if counts in seen:
        return "post"
    return "requeue"


def looks(messages: Iterable[Message]) -> list[CampaignLook]:
    """Return one look for each campaign that *messages* ask for."""
    campaigns: dict[str, CampaignLook] = {}
    for message in messages:
        campaign_id = message.request.campaign_id
        campaigns.setdefault(campaign_id, CampaignLook(campaign_id)).messages.append(message)
    return list(campaigns.values())


DELAY_SECONDS_MAX = 900
"""The longest delay that SQS knows."""


def put_off_seconds(requeue_delay_seconds: int, retry_after_seconds: int) -> int:
    """Return the delay of a message for a post that was put off: as Slack wants, if that is longer."""
    return min(max(requeue_delay_seconds, retry_after_seconds), DELAY_SECONDS_MAX)


def slack_message(campaign_id: str, counts: Counts, correlation_id: str) -> dict[str, Any]:
    """Return the post: a sentence, and the counts as an attachment."""
    summary = (
        f"Scoring of campaign {campaign_id}: {counts.verified} verified, "
        f"{counts.rejected} rejected, {counts.selected} selected"
    )
    fields = [{"title": "Campaign", "value": campaign_id, "short": True}]
    fields += [
        {"title": name.capitalize(), "value": str(value), "short": True}
        for name, value in asdict(counts).items()
    ]
    fields.append({"title": "Correlation id", "value": correlation_id, "short": False})
    return {
        "text": summary,
        "attachments": [
            {
                "fallback": summary,
                "color": "good" if counts.verified or counts.selected else "warning",
                "title": f"Campaign {campaign_id}",
                "fields": fields,
            }
        ],
    }
