"""Where an update of moto's returns something else."""

import re
from typing import Any

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    KEY,
    REFERENCE,
    after_put,
    alike_but,
    is_refused,
    numbers,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange


def _updates_and_returns(exchange: Exchange, *values: str) -> bool:
    return (
        exchange.operation == "UpdateItem"
        and exchange.parameters.get("ReturnValues") in values
        and alike_but(exchange, "Attributes")
    )


def _returns_nothing_at_all(exchange: Exchange) -> bool:
    return (
        _updates_and_returns(exchange, "UPDATED_OLD", "UPDATED_NEW")
        and "Attributes" not in exchange.ours.output
        and exchange.theirs.output.get("Attributes") == {}
    )


def _returns_the_key(exchange: Exchange) -> bool:
    ours, theirs = (side.output.get("Attributes", {}) for side in (exchange.ours, exchange.theirs))
    more = {name: theirs[name] for name in theirs if name not in ours}
    return (
        _updates_and_returns(exchange, "UPDATED_NEW")
        and more == exchange.parameters["Key"]
        and bool(numbers({**ours, **more}) == numbers(theirs))
    )


def _attributes(exchange: Exchange) -> tuple[dict[str, Any], dict[str, Any]]:
    ours, theirs = (
        numbers(side.output.get("Attributes", {})) for side in (exchange.ours, exchange.theirs)
    )
    return ours, theirs


def _names(exchange: Exchange, name: str, more: str = "") -> bool:
    """Whether an update names an attribute, as such or by a placeholder, with *more* behind it."""
    text = exchange.parameters.get("UpdateExpression", "")
    placeholders = exchange.parameters.get("ExpressionAttributeNames", {})
    written = [name, *(each for each, meant in placeholders.items() if meant == name)]
    return any(re.search(rf"(?<![:#\w]){each}\b{more}", text) is not None for each in written)


def _leaves_out_what_stays(exchange: Exchange) -> bool:
    ours, theirs = _attributes(exchange)
    return (
        _updates_and_returns(exchange, "UPDATED_OLD", "UPDATED_NEW")
        and theirs.keys() < ours.keys()
        and all(theirs[name] == ours[name] for name in theirs)
        and all(_names(exchange, name) for name in ours.keys() - theirs.keys())
    )


def _returns_what_was_beside(exchange: Exchange) -> bool:
    ours, theirs = _attributes(exchange)
    return (
        _updates_and_returns(exchange, "UPDATED_OLD")
        and not theirs.keys() <= ours.keys()
        and all(theirs[name] == ours[name] for name in theirs.keys() & ours.keys())
        and all(_names(exchange, name, r"[.\[]") for name in theirs.keys() - ours.keys())
        and all(_names(exchange, name) for name in ours.keys() - theirs.keys())
    )


def _returns_what_cannot_be(exchange: Exchange) -> bool:
    return (
        exchange.operation in {"PutItem", "DeleteItem"}
        and exchange.parameters.get("ReturnValues") not in {None, "NONE", "ALL_OLD"}
        and is_refused(
            exchange.ours, "1 validation error detected: ReturnValues can only be ALL_OLD or NONE"
        )
        and is_refused(exchange.theirs, "Return values set to invalid value")
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "where no attribute is left none is returned",
        _returns_nothing_at_all,
        after_put(
            KEY,
            "UpdateItem",
            Key=KEY,
            UpdateExpression="DELETE a :ss",
            ExpressionAttributeValues={":ss": {"SS": ["a"]}},
            ReturnValues="UPDATED_NEW",
        ),
        divergence(
            service="dynamodb",
            theirs="UPDATED_NEW of attributes that are gone is empty.",
            ours="It is left out.",
            aws="Where an update leaves none of the attributes that it names, the answer has no"
            " Attributes.",
            source=f"{ALTERNATOR}test_returnvalues.py",
            right="ours",
        ),
    ),
    Known(
        "what a put or a deletion can return",
        _returns_what_cannot_be,
        table("DeleteItem", Key=KEY, ReturnValues="ALL_NEW"),
        divergence(
            service="dynamodb",
            theirs="The text about ALL_NEW of a PutItem or DeleteItem is another one.",
            ours="It says which values there are.",
            aws="The values are NONE and ALL_OLD; anything else is a ValidationException.",
            source=f"{ALTERNATOR}test_returnvalues.py",
            right="ours",
        ),
    ),
    Known(
        "the new values alone are returned",
        _returns_the_key,
        table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="ADD n :n",
            ExpressionAttributeValues={":n": {"N": "7"}},
            ReturnValues="UPDATED_NEW",
        ),
        divergence(
            service="dynamodb",
            theirs="UPDATED_NEW of an item that was not there has the key, too.",
            ours="It has the updated attributes alone.",
            aws="UPDATED_NEW returns only the updated attributes, as they appear after the update.",
            source=f"{REFERENCE}API_UpdateItem.html",
            right="ours",
        ),
    ),
    Known(
        "an old value that stays",
        _leaves_out_what_stays,
        after_put(
            KEY | {"a": {"S": "text"}},
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET a = :s",
            ExpressionAttributeValues={":s": {"S": "text"}},
            ReturnValues="UPDATED_OLD",
        ),
        divergence(
            service="dynamodb",
            theirs="UPDATED_OLD and UPDATED_NEW leave out an attribute that was set to what it was.",
            ours="They have every attribute that the update names.",
            aws="UPDATED_OLD returns the old value of each attribute that is overwritten, also where it"
            " is the same.",
            source=f"{ALTERNATOR}test_returnvalues.py",
            right="ours",
        ),
    ),
    Known(
        "the old value of a member that was not there",
        _returns_what_was_beside,
        after_put(
            KEY | {"d": {"M": {"x": {"N": "1"}}}},
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET d.fresh = :n",
            ExpressionAttributeValues={":n": {"N": "7"}},
            ReturnValues="UPDATED_OLD",
        ),
        divergence(
            service="dynamodb",
            theirs="UPDATED_OLD of a member that was not there has the members beside it.",
            ours="It has nothing of the map.",
            aws="Where an update adds a member to a map, UPDATED_OLD returns nothing.",
            source=f"{ALTERNATOR}test_returnvalues.py",
            right="ours",
        ),
    ),
)
