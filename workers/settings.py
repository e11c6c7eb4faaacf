"""The environment as one frozen value, read once in an execution environment."""

import os
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from workers.errors import PermanentError


class Settings(msgspec.Struct, frozen=True):
    """What the template sets.  An address that a function was not given is empty."""

    demand_table: str
    verifications_table: str
    fan_identity_table: str
    applied_changes_table: str
    scores_stream: str
    campaign_data_stream: str
    verdict_reporter_queue_url: str
    campaign_service_url: str
    entry_service_url: str
    user_service_url: str
    service_token: str
    telesign_url: str
    telesign_customer_id: str
    telesign_api_key: str
    phone_digest_key: str
    """Key of the digests that verificationsTable files phone numbers under."""
    slack_webhook_url: str
    max_retry_count: int
    """Attempts beyond the first inside one invocation."""
    max_rank: int
    """The last market preference that is kept, counted from 0."""
    requeue_delay_seconds: int
    claim_seconds: int
    """How long a claim on a Slack post holds: longer than verdictReporter's timeout."""
    write_concurrency: int
    http_timeout_seconds: float
    put_records_per_second: int
    """The pace at which loadScoresToStream fills scoresStream; 0 sets none."""

    def __repr__(self) -> str:
        """Name no value: some are secrets."""
        return "Settings(...)"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings in *environment*; raises PermanentError naming a variable that is wrong."""

    def text(name: str, default: str = "") -> str:
        return environment.get(name, default)

    def number(name: str, default: int, *, lowest: int, highest: int) -> int:
        try:
            value = int(environment.get(name) or default)
        except ValueError:
            raise PermanentError(f"{name} is not a whole number") from None
        if not lowest <= value <= highest:
            raise PermanentError(f"{name} is not from {lowest} to {highest}")
        return value

    return Settings(
        demand_table=text("DEMAND_TABLE", "demandTable"),
        verifications_table=text("VERIFICATIONS_TABLE", "verificationsTable"),
        fan_identity_table=text("FAN_IDENTITY_TABLE", "fanIdentityTable"),
        applied_changes_table=text("APPLIED_CHANGES_TABLE", "appliedChangesTable"),
        scores_stream=text("SCORES_STREAM", "scoresStream"),
        campaign_data_stream=text("CAMPAIGN_DATA_STREAM", "campaignDataStream"),
        verdict_reporter_queue_url=text("VERDICT_REPORTER_QUEUE_URL"),
        campaign_service_url=text("CAMPAIGN_SERVICE_URL").rstrip("/"),
        entry_service_url=text("ENTRY_SERVICE_URL").rstrip("/"),
        user_service_url=text("USER_SERVICE_URL").rstrip("/"),
        service_token=text("SERVICE_TOKEN"),
        telesign_url=text("TELESIGN_URL").rstrip("/"),
        telesign_customer_id=text("TELESIGN_CUSTOMER_ID"),
        telesign_api_key=text("TELESIGN_API_KEY"),
        phone_digest_key=text("PHONE_DIGEST_KEY"),
        slack_webhook_url=text("SLACK_WEBHOOK_URL"),
        max_retry_count=number("MAX_RETRY_COUNT", 0, lowest=0, highest=10),
        max_rank=number("MAX_RANK", 2, lowest=0, highest=63),
        requeue_delay_seconds=number("REQUEUE_DELAY_SECONDS", 30, lowest=0, highest=900),
        claim_seconds=number("CLAIM_SECONDS", 120, lowest=1, highest=3600),
        write_concurrency=number("WRITE_CONCURRENCY", 16, lowest=1, highest=256),
        http_timeout_seconds=number("HTTP_TIMEOUT_SECONDS", 10, lowest=1, highest=60),
        put_records_per_second=number("PUT_RECORDS_PER_SECOND", 0, lowest=0, highest=1_000_000),
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this execution environment."""
    return read_settings(os.environ)
