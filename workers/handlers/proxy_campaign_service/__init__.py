"""proxyCampaignService: the campaign of an event, from campaign-service."""
