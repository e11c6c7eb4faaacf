"""Transactions: cancellation reasons, and the tokens that make a call idempotent.

Source: Developer Guide, "Amazon DynamoDB Transactions: How it works".
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from marshal import dumps
from typing import Any

from harness.kernel.instant import Duration, Instant, minutes
from harness.services.base.errors import ServiceError
from harness.services.dynamodb.database import Database
from harness.services.dynamodb.errors import (
    broken,
    choice_rule,
    constraint,
    constraint_text,
    validation,
)

ACTIONS_MAX = 100
REQUEST_SIZE_MAX = 4 * 1024 * 1024
_ON_FAILURE = "ReturnValuesOnConditionCheckFailure"
_RETURNED = ("ALL_OLD", "NONE")
_TOKEN_LIFETIME: Duration = minutes(10)

Reason = dict[str, Any]


def check_action_count(actions: Sequence[object]) -> None:
    """Raise where there are no actions, or more than a transaction takes."""
    if not actions:  # which botocore refuses, unless it is told not to look
        raise constraint("[]", "transactItems", "have length greater than or equal to 1")
    if len(actions) > ACTIONS_MAX:
        raise validation(
            "1 validation error detected: Value at 'TransactItems' failed to satisfy constraint: "
            f"Member must have length less than or equal to {ACTIONS_MAX}"
        )


def check_failure_words(actions: Sequence[Mapping[str, Mapping[str, Any]]]) -> None:
    """Raise where an action asks for what no failed condition returns."""
    faults = [
        constraint_text(
            given[_ON_FAILURE],
            f"transactItems.{position}.member.{kind[0].lower()}{kind[1:]}."
            "returnValuesOnConditionCheckFailure",
            choice_rule(_RETURNED),
        )
        for position, action in enumerate(actions, 1)
        for kind, given in action.items()
        if given.get(_ON_FAILURE, "NONE") not in _RETURNED
    ]
    if faults:
        raise broken(faults)


def reason_of(error: ServiceError) -> Reason:
    """Return the cancellation reason of an action that failed with *error*."""
    if error.code == "ConditionalCheckFailedException":
        reason = {"Code": "ConditionalCheckFailed", "Message": error.message}
        return reason | error.fields
    if error.code == "ProvisionedThroughputExceededException":
        return {"Code": "ProvisionedThroughputExceeded", "Message": error.message}
    return {"Code": "ValidationError", "Message": error.message}


def cancelled(reasons: Sequence[Reason | None]) -> ServiceError:
    """Return ``TransactionCanceledException``; None is an action that is not to blame."""
    listed = [{"Code": "None"} if reason is None else reason for reason in reasons]
    codes = ", ".join(reason["Code"] for reason in listed)
    return ServiceError(
        "TransactionCanceledException",
        f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]",
        fields={"CancellationReasons": listed},
    )


def fingerprint(actions: list[dict[str, Any]]) -> bytes:
    """Return a digest of what a transaction asks for, in the order it was written."""
    try:
        content = dumps(actions, 0)
    except ValueError:
        # A text or mapping of the caller's own class; slower, and just as exact.
        content = repr(actions).encode()
    return blake2b(content, digest_size=16).digest()


def is_repeated(database: Database, token: str, asked: bytes, now: Instant) -> bool:
    """Return whether the same call succeeded within ten minutes; raise if another one did."""
    order = database.transaction_order
    while order and order[0][0] <= now:
        del database.transaction_tokens[order.popleft()[1]]
    known = database.transaction_tokens.get(token)
    if known is not None and known != asked:
        raise ServiceError(
            "IdempotentParameterMismatchException",
            "The provided client token has been used with different parameters",
        )
    return known is not None


def remember(database: Database, token: str, asked: bytes, now: Instant) -> None:
    """Keep *token* for ten minutes from *now*."""
    database.transaction_tokens[token] = asked
    database.transaction_order.append((Instant(now + _TOKEN_LIFETIME), token))
