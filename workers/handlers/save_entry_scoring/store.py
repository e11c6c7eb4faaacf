"""The request to entry-service."""

import msgspec

from workers.clients.partner import HttpClient, bearer
from workers.errors import PermanentError, RetryableError
from workers.handlers.save_entry_scoring.shapes import Answer, CampaignScoring, ScoringRequest
from workers.settings import Settings

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Answer).decode


def post_scoring(
    http: HttpClient, settings: Settings, campaign: CampaignScoring, correlation_id: str
) -> Answer:
    """Upsert the scorings of one campaign; raises RetryableError or PermanentError.

    The service takes all of a request or nothing, and the same request twice changes nothing.
    """
    response = http.call(
        "entry-service",
        "POST",
        f"{settings.entry_service_url}/scoring",
        correlation_id=correlation_id,
        headers={**bearer(settings.service_token), "Content-Type": "application/json"},
        data=_encode(ScoringRequest(campaign.campaign_id, campaign.scoring)),
    )
    if response is None:
        raise PermanentError("entry-service answered 404")
    try:
        return _decode(response.content)
    except msgspec.DecodeError:
        raise RetryableError("entry-service answered something else than its counts") from None
