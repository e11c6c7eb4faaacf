"""What proxyCampaignService answers."""

from typing import Any

import msgspec


class Campaign(msgspec.Struct, frozen=True):
    """A campaign, as the API shows it."""

    campaign_id: str
    event_id: str
    name: str | None
    properties: str
    """JSON text: the GraphQL type AWSJSON."""

    def answer(self) -> dict[str, Any]:
        """Return the value of the GraphQL field."""
        return {
            "campaignId": self.campaign_id,
            "eventId": self.event_id,
            "name": self.name,
            "properties": self.properties,
        }
