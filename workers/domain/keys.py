"""Where things lie in demandTable."""

from typing import Any

CAMPAIGN_PREFIX = "campaign:"
MEMBER_PREFIX = "member:"
COUNTS = "meta:counts"
SLACK_COUNTS = "meta:slack:counts"

Key = dict[str, Any]
"""A primary key in DynamoDB's typed form."""


def member_key(campaign_id: str, member_id: str) -> Key:
    """Return the key of a member's registration in a campaign."""
    return {"PK": {"S": CAMPAIGN_PREFIX + campaign_id}, "SK": {"S": MEMBER_PREFIX + member_id}}


def counts_key(campaign_id: str) -> Key:
    """Return the key of a campaign's aggregated counts."""
    return {"PK": {"S": CAMPAIGN_PREFIX + campaign_id}, "SK": {"S": COUNTS}}


def slack_counts_key(campaign_id: str) -> Key:
    """Return the key of the counts that were last posted to Slack."""
    return {"PK": {"S": CAMPAIGN_PREFIX + campaign_id}, "SK": {"S": SLACK_COUNTS}}


def fan_list_key(campaign_id: str, member_id: str) -> Key:
    """Return the key of a member's fan list entry."""
    return {"PK": {"S": member_id}, "SK": {"S": CAMPAIGN_PREFIX + campaign_id}}
