"""What verdictReporter reads, claims, posts and records."""

import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from msgspec.structs import asdict

from workers.clients.aws import AWS_ERRORS, error_code, is_refused_condition
from workers.clients.partner import HttpClient
from workers.domain.counts import Counts, counts_of
from workers.domain.keys import Key, counts_key, slack_counts_key
from workers.errors import PermanentError, RetryableError, UncertainError
from workers.handlers.verdict_reporter.shapes import Claim
from workers.settings import Settings


def read_counts(dynamodb: Any, table: str, campaign_id: str) -> Counts:
    """Return the campaign's counts as they are now; raises RetryableError."""
    return counts_of(_read(dynamodb, table, counts_key(campaign_id)))


def read_posted(dynamodb: Any, table: str, campaign_id: str) -> Counts | None:
    """Return the counts that were posted last, None if that is uncertain; raises RetryableError."""
    return _posted(_read(dynamodb, table, slack_counts_key(campaign_id)))


def _posted(item: Mapping[str, Any] | None) -> Counts | None:
    """Return the counts in *item*; None with a claim on it, whose holder may have posted others."""
    return None if item is not None and "claimToken" in item else counts_of(item)


def _read(dynamodb: Any, table: str, key: Key) -> Mapping[str, Any] | None:
    try:
        # An eventual read might show counts older than the message that tells of them.
        answer = dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True)
    except AWS_ERRORS as error:
        raise RetryableError(f"the counts cannot be read: {error_code(error)}") from None
    item: Mapping[str, Any] | None = answer.get("Item")
    return item


def claim(dynamodb: Any, settings: Settings, campaign_id: str) -> Claim | None:
    """Take the right to post for the campaign; None while another reporter holds it.

    A claim ends by itself after `claim_seconds`, which is longer than a reporter can run: who
    finds it over knows that its holder is gone.  Raises RetryableError.
    """
    now = int(time.time())
    token = uuid4().hex
    try:
        answer = dynamodb.update_item(
            TableName=settings.demand_table,
            Key=slack_counts_key(campaign_id),
            UpdateExpression="SET claimToken = :token, claimExpiresAt = :end",
            ConditionExpression="attribute_not_exists(claimToken) OR claimExpiresAt < :now",
            ExpressionAttributeValues={
                ":token": {"S": token},
                ":end": {"N": str(now + settings.claim_seconds)},
                ":now": {"N": str(now)},
            },
            ReturnValues="ALL_OLD",
        )
    except AWS_ERRORS as error:
        if is_refused_condition(error):
            return None
        raise RetryableError(f"the post cannot be claimed: {error_code(error)}") from None
    return Claim(token, _posted(answer.get("Attributes")))


def release(dynamodb: Any, table: str, campaign_id: str, token: str) -> None:
    """Give the claim back: Slack knows what it knew before."""
    _give_back(dynamodb, table, campaign_id, "REMOVE claimToken, claimExpiresAt", token)


def abandon(dynamodb: Any, table: str, campaign_id: str, token: str) -> None:
    """Let others claim at once, and leave the claim as a sign that Slack may know anything."""
    _give_back(dynamodb, table, campaign_id, "SET claimExpiresAt = :over", token, over=0)


def _give_back(
    dynamodb: Any, table: str, campaign_id: str, update: str, token: str, **values: int
) -> None:
    """Change the claim if it is still ours.  A failure is left to time: the claim ends by itself."""
    try:
        dynamodb.update_item(
            TableName=table,
            Key=slack_counts_key(campaign_id),
            UpdateExpression=update,
            ConditionExpression="claimToken = :token",
            ExpressionAttributeValues={
                ":token": {"S": token},
                **{f":{name}": {"N": str(value)} for name, value in values.items()},
            },
        )
    except AWS_ERRORS:
        return


def record(dynamodb: Any, table: str, campaign_id: str, token: str, counts: Counts) -> None:
    """Record *counts* as posted and give the claim back; raises RetryableError.

    A claim that is no longer there was recorded before, or has passed to another reporter.
    """
    try:
        dynamodb.update_item(
            TableName=table,
            Key=slack_counts_key(campaign_id),
            UpdateExpression=(
                "SET verified = :verified, rejected = :rejected, selected = :selected "
                "REMOVE claimToken, claimExpiresAt"
            ),
            ConditionExpression="claimToken = :token",
            ExpressionAttributeValues={
                ":token": {"S": token},
                **{f":{name}": {"N": str(value)} for name, value in asdict(counts).items()},
            },
        )
    except AWS_ERRORS as error:
        if not is_refused_condition(error):
            raise RetryableError(f"the post cannot be recorded: {error_code(error)}") from None


def post(http: HttpClient, url: str, message: dict[str, Any], correlation_id: str) -> None:
    """Post *message* to Slack; raises RetryableError or PermanentError."""
    response = http.call("slack", "POST", url, correlation_id=correlation_id, json=message)
    if response is None:
        raise PermanentError("slack answered 404")
    if response.text.strip() != "ok":
        raise UncertainError("slack answered something else than ok")
