"""user-service, TeleSign and verificationsTable."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from workers.clients.aws import AWS_ERRORS, error_code
from workers.clients.partner import HttpClient, bearer, json_object
from workers.domain.instants import instant_text
from workers.errors import PermanentError, RetryableError
from workers.handlers.lookup_phone_score.rules import phone_score
from workers.handlers.lookup_phone_score.shapes import PhoneScore
from workers.settings import Settings


def phone_number_of(
    http: HttpClient, settings: Settings, member_id: str, correlation_id: str
) -> str | None:
    """Return the member's phone number, None for an unknown member; raises WorkerError."""
    response = http.call(
        "user-service",
        "GET",
        f"{settings.user_service_url}/users/{quote(member_id, safe='')}",
        correlation_id=correlation_id,
        headers=bearer(settings.service_token),
    )
    if response is None:
        return None
    return json_object("user-service", response).get("phoneNumber") or None


def score_of(http: HttpClient, settings: Settings, digits: str, correlation_id: str) -> PhoneScore:
    """Return TeleSign's score of a number; raises WorkerError."""
    response = http.call(
        "telesign",
        "POST",
        f"{settings.telesign_url}/v1/score/{digits}",
        correlation_id=correlation_id,
        data={"account_lifecycle_event": "create"},
        auth=(settings.telesign_customer_id, settings.telesign_api_key),
    )
    if response is None:
        raise PermanentError("telesign answered 404")
    return phone_score(json_object("telesign", response))


def append_verification(
    dynamodb: Any, table: str, subject: str, score: PhoneScore, correlation_id: str
) -> None:
    """Append the look-up to the subject's history; raises RetryableError."""
    verified_at = instant_text(datetime.now(UTC))
    values = {
        "subject": subject,
        # TeleSign's reference keeps two look-ups of one microsecond apart.
        "verifiedAt": f"{verified_at}#{score.reference_id}",
        "referenceId": score.reference_id,
        "level": score.level,
        "recommendation": score.recommendation,
        "correlationId": correlation_id,
    }
    item: dict[str, Any] = {name: {"S": value} for name, value in values.items()}
    item["score"] = {"N": str(score.score)}
    try:
        dynamodb.put_item(TableName=table, Item=item)
    except AWS_ERRORS as error:
        raise RetryableError(f"the look-up was not recorded: {error_code(error)}") from None
