"""What may be asked, and how campaign-service's answer is read."""

import json
from collections.abc import Mapping
from typing import Any

from workers.errors import PermanentError, RetryableError
from workers.handlers.proxy_campaign_service.shapes import Campaign

EVENT_ID_CHARACTERS_MAX = 128


def event_id_of(arguments: Mapping[str, Any]) -> str:
    """Return the event that is asked for; raises PermanentError."""
    event_id = arguments.get("eventId")
    if not isinstance(event_id, str) or not 0 < len(event_id) <= EVENT_ID_CHARACTERS_MAX:
        raise PermanentError("eventId is not a text of 1 to 128 characters")
    return event_id


def campaign_of(document: Mapping[str, Any]) -> Campaign:
    """Return the campaign in *document*; raises RetryableError when there is none in it."""
    match document:
        case {"campaignId": str() as campaign_id, "eventId": str() as event_id}:
            properties = document.get("properties") or {}
            return Campaign(
                campaign_id, event_id, document.get("name"), json.dumps(properties, sort_keys=True)
            )
        case _:
            raise RetryableError("campaign-service answered something else than a campaign")
