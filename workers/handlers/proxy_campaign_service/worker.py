"""proxyCampaignService: pass the question on and the answer back."""

from workers.handlers.proxy_campaign_service.rules import campaign_of, event_id_of
from workers.handlers.proxy_campaign_service.store import campaign_of_event
from workers.pipeline.invocation import Invocation, Response


def proxy_campaign_service(invocation: Invocation) -> Response:
    """Return the campaign of the event, None when there is none.  Raises WorkerError."""
    document = campaign_of_event(
        invocation.services.http,
        invocation.settings,
        event_id_of(invocation.arguments),
        invocation.correlation_id,
    )
    return None if document is None else campaign_of(document).answer()
