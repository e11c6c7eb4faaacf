"""What saveFanlistScores asks of AWS and of campaign-service."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from workers.clients.aws import AWS_ERRORS, error_code, is_refused_condition, item_that_refused
from workers.clients.partner import HttpClient, bearer, json_object
from workers.handlers.save_fanlist_scores.rules import item_of, properties_of
from workers.handlers.save_fanlist_scores.shapes import Entry, Properties, Written
from workers.settings import Settings

_KEYS_MAX = 100
"""BatchGetItem takes no more keys in one call."""


def campaign_properties(
    http: HttpClient, settings: Settings, campaign_id: str, correlation_id: str
) -> Properties | None:
    """Return the campaign's properties, None for an unknown campaign; raises WorkerError."""
    response = http.call(
        "campaign-service",
        "GET",
        f"{settings.campaign_service_url}/campaigns/{quote(campaign_id, safe='')}",
        correlation_id=correlation_id,
        headers=bearer(settings.service_token),
    )
    if response is None:
        return None
    properties = json_object("campaign-service", response).get("properties")
    return properties_of(properties) if isinstance(properties, dict) else None


def fan_ids(
    dynamodb: Any, settings: Settings, identifiers: Sequence[str], problems: list[str]
) -> tuple[dict[str, str], set[str]]:
    """Return the fan behind each identifier that has one, and the identifiers not answered for.

    Why there was no answer is added to *problems*.
    """
    fans: dict[str, str] = {}
    unanswered: set[str] = set()
    for start in range(0, len(identifiers), _KEYS_MAX):
        portion = identifiers[start : start + _KEYS_MAX]
        keys = [{"identifier": {"S": identifier}} for identifier in portion]
        for _ in range(settings.max_retry_count + 1):
            keys = _look_up(dynamodb, settings.fan_identity_table, keys, fans, problems)
            if not keys:
                break
        unanswered.update(key["identifier"]["S"] for key in keys)
    return fans, unanswered


def _look_up(
    dynamodb: Any,
    table: str,
    keys: list[dict[str, Any]],
    fans: dict[str, str],
    problems: list[str],
) -> list[dict[str, Any]]:
    """Add what is found to *fans* and return the keys that were not looked at."""
    try:
        answer = dynamodb.batch_get_item(RequestItems={table: {"Keys": keys}})
    except AWS_ERRORS as error:
        problems.append(error_code(error))
        return keys
    for item in answer["Responses"].get(table, ()):
        if "fanId" in item:
            fans[item["identifier"]["S"]] = item["fanId"]["S"]
    unprocessed: list[dict[str, Any]] = (
        answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
    )
    problems += ["UnprocessedKeys"] * len(unprocessed)
    return unprocessed


def put(dynamodb: Any, table: str, entry: Entry, problems: list[str]) -> Written:
    """Write *entry* unless an equal or newer one is there; *problems* says why it failed."""
    try:
        dynamodb.put_item(
            TableName=table,
            Item=item_of(entry),
            ConditionExpression="attribute_not_exists(precedence) OR precedence < :precedence",
            ExpressionAttributeValues={":precedence": {"S": entry.place}},
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except AWS_ERRORS as error:
        if not is_refused_condition(error):
            problems.append(error_code(error))
            return "failed"
        found = item_that_refused(error) or {}
        is_equal = found.get("precedence", {}).get("S") == entry.place
        return "equal" if is_equal else "newer"
    return "written"
