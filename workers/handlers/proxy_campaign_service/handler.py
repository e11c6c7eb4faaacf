"""The entry point of proxyCampaignService."""

from workers.handlers.proxy_campaign_service.worker import proxy_campaign_service
from workers.pipeline.compose import compose
from workers.pipeline.steps import RESOLVER_STEPS

handler = compose("proxyCampaignService", proxy_campaign_service, RESOLVER_STEPS)
