"""The transaction that counts each change once."""

import time
from typing import Any

from msgspec.structs import asdict

from workers.clients.aws import AWS_ERRORS, error_code
from workers.domain.keys import counts_key
from workers.handlers.process_saved_scores.rules import total
from workers.handlers.process_saved_scores.shapes import Movement
from workers.settings import Settings

MARKER_SECONDS = 48 * 3600
"""Twice as long as a change can be delivered again: a table's stream keeps it for 24 hours."""

_APPLIED_BEFORE = "ConditionalCheckFailed"
_FINE = "None"


def apply(
    dynamodb: Any,
    settings: Settings,
    campaign_id: str,
    movements: list[Movement],
    problems: list[str],
) -> bool:
    """Add *movements* to the campaign's counts, each at most once ever.

    Where it failed the answer is False, and *problems* says why.

    A count that is added to must know what was added: each movement leaves a marker in the same
    transaction.  Markers that are there already tell which movements an earlier delivery added,
    however its batch was cut; the transaction goes out again without them.
    """
    left = movements
    while left:
        try:
            dynamodb.transact_write_items(TransactItems=_transaction(settings, campaign_id, left))
        except AWS_ERRORS as error:
            fresh = _without_applied(left, error)
            if fresh is None:
                problems += _codes(error)
                return False
            left = fresh
        else:
            return True
    return True


def _without_applied(movements: list[Movement], error: Exception) -> list[Movement] | None:
    """Return *movements* without those that have a marker; None when *error* says another thing."""
    codes = _cancellation_codes(error)
    if _APPLIED_BEFORE not in codes or not set(codes) <= {_APPLIED_BEFORE, _FINE}:
        return None
    # The last code belongs to the counts, which have no condition.
    return [
        movement
        for movement, code in zip(movements, codes, strict=False)
        if code != _APPLIED_BEFORE
    ]


def _cancellation_codes(error: Exception) -> list[str]:
    """Return the reason of each action of a transaction; none when *error* is another one."""
    response: dict[str, Any] = getattr(error, "response", {})
    return [reason.get("Code", _FINE) for reason in response.get("CancellationReasons", [])]


def _codes(error: Exception) -> list[str]:
    """Return what went wrong: with the transaction as a whole, or with actions of it."""
    return [code for code in _cancellation_codes(error) if code != _FINE] or [error_code(error)]


def _transaction(
    settings: Settings, campaign_id: str, movements: list[Movement]
) -> list[dict[str, Any]]:
    expires_at = {"N": str(int(time.time()) + MARKER_SECONDS)}
    table = settings.applied_changes_table
    actions: list[dict[str, Any]] = [
        {
            "Put": {
                "TableName": table,
                "Item": {"eventId": {"S": movement.event_id}, "expiresAt": expires_at},
                "ConditionExpression": "attribute_not_exists(eventId)",
            }
        }
        for movement in movements
    ]
    delta = total(movements)
    actions.append(
        {
            "Update": {
                "TableName": settings.demand_table,
                "Key": counts_key(campaign_id),
                "UpdateExpression": "ADD verified :verified, rejected :rejected, selected :selected",
                "ExpressionAttributeValues": {
                    f":{name}": {"N": str(value)} for name, value in asdict(delta).items()
                },
            }
        }
    )
    return actions
