"""The request to campaign-service."""

from typing import Any
from urllib.parse import quote

from workers.clients.partner import HttpClient, bearer, json_object
from workers.settings import Settings


def campaign_of_event(
    http: HttpClient, settings: Settings, event_id: str, correlation_id: str
) -> dict[str, Any] | None:
    """Return campaign-service's document, None when it knows no such event; raises WorkerError."""
    response = http.call(
        "campaign-service",
        "GET",
        f"{settings.campaign_service_url}/events/{quote(event_id, safe='')}/campaign",
        correlation_id=correlation_id,
        headers=bearer(settings.service_token),
    )
    return None if response is None else json_object("campaign-service", response)
