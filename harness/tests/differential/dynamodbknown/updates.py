"""Where an update leaves something else in moto."""

import re

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    GUIDE,
    KEY,
    REFERENCE,
    after_put,
    asked,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_SUM = re.compile(r"= ?\([^()]+ [+-] [^()]+\)")
_TOO_PRECISE = "Attempting to store more than 38 significant digits in a Number"
_RUN_TIME = (
    "The document path provided in the update expression is invalid for update",
    "The provided expression refers to an attribute that does not exist in the item",
    "An operand in the update expression has an incorrect data type",
)


def _makes_an_item_of_nothing(exchange: Exchange) -> bool:
    ours, theirs, key = (
        exchange.ours.output,
        exchange.theirs.output,
        exchange.parameters.get("Key"),
    )
    if exchange.operation == "GetItem":
        return "Item" not in ours and theirs.get("Item") == key
    made = theirs.get("Attributes") == key and "Attributes" not in ours
    return exchange.operation == "UpdateItem" and exchange.theirs.is_ok and made


def _removes_what_is_not_there(exchange: Exchange) -> bool:
    refused = (
        exchange.theirs.code == "ValidationException" and exchange.theirs.message in _RUN_TIME
    )
    takes_away = any(name in repr(exchange.parameters) for name in ("REMOVE", "DELETE"))
    return exchange.ours.is_ok and refused and takes_away


def _fails_a_whole_transaction(exchange: Exchange) -> bool:
    refused = exchange.theirs.message in _RUN_TIME or "AssertionError" in exchange.theirs.code
    return exchange.ours.code == "TransactionCanceledException" and refused


def _is_too_precise(exchange: Exchange) -> bool:
    reasons = exchange.ours.code == "TransactionCanceledException" and "ValidationError" in (
        exchange.ours.message
    )
    return exchange.theirs.is_ok and (exchange.ours.message == _TOO_PRECISE or reasons)


def _adds_in_parentheses(exchange: Exchange) -> bool:
    told = (_RUN_TIME[1], _TOO_PRECISE, "The conditional request failed")
    is_sound = exchange.ours.is_ok or exchange.ours.message in told
    is_broken = "AssertionError" in exchange.theirs.code
    return is_sound and is_broken and _SUM.search(repr(exchange.parameters)) is not None


def _removed_from_nothing(peers: Peers) -> Exchange:
    asked(peers, "UpdateItem", TableName="items", Key=KEY, UpdateExpression="REMOVE a")
    return asked(peers, "GetItem", TableName="items", Key=KEY)


KNOWN: tuple[Known, ...] = (
    Known(
        "removing from nothing makes nothing",
        _makes_an_item_of_nothing,
        _removed_from_nothing,
        divergence(
            service="dynamodb",
            theirs="An update that only removes or deletes makes the item that was not there.",
            ours="It makes none.",
            aws="REMOVE and DELETE alone do not create an item that is not there.",
            source=f"{ALTERNATOR}test_update_expression.py",
            right="ours",
        ),
    ),
    Known(
        "an element that is not there can be removed",
        _removes_what_is_not_there,
        table("UpdateItem", Key=KEY, UpdateExpression="REMOVE l[0]"),
        divergence(
            service="dynamodb",
            theirs="REMOVE of a list's element is refused where there is no item or no list.",
            ours="It does nothing where there is no item.",
            aws="Removing an attribute of an item that does not exist is no error.",
            source=f"{ALTERNATOR}test_update_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a fault that the item shows cancels a transaction",
        _fails_a_whole_transaction,
        lambda peers: asked(
            peers,
            "TransactWriteItems",
            TransactItems=[
                {
                    "Update": {
                        "TableName": "items",
                        "Key": KEY,
                        "UpdateExpression": "SET n = n + :n",
                        "ExpressionAttributeValues": {":n": {"N": "7"}},
                    }
                }
            ],
        ),
        divergence(
            service="dynamodb",
            theirs="A fault of one update that only the item shows is a ValidationException of the"
            " whole call.",
            ours="It cancels the transaction, with the reason ValidationError at its place.",
            aws="A transaction that is cancelled lists a reason for each item; ValidationError is"
            " one of the codes.",
            source=f"{REFERENCE}API_TransactWriteItems.html",
            right="ours",
        ),
    ),
    Known(
        "a sum in parentheses",
        _adds_in_parentheses,
        after_put(
            KEY | {"n": {"N": "1"}},
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET a = (n + :n)",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="An AssertionError of Python, whether or not the item has the attribute.",
            ours="It is the sum; an attribute that is not there is a ValidationException.",
            aws="SET adds or subtracts two operands; one that the item does not have is a"
            " ValidationException.",
            source=f"{GUIDE}Expressions.UpdateExpressions.html",
            right="ours",
        ),
    ),
    Known(
        "a sum has 38 digits",
        _is_too_precise,
        after_put(
            KEY | {"n": {"N": "7"}},
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET n = n + :max",
            ExpressionAttributeValues={":max": {"N": "9" * 38}},
        ),
        divergence(
            service="dynamodb",
            theirs="A sum is rounded to 28 digits.",
            ours="It is exact to 38 digits, and a ValidationException above.",
            aws="Numbers have up to 38 digits of precision; more is an error.",
            source=f"{ALTERNATOR}test_number.py",
            right="ours",
        ),
    ),
    Known(
        "a default that has a default",
        lambda exchange: (
            'Syntax error; token: "(", near: "if_not_exists' in exchange.theirs.message
        ),
        table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET a = if_not_exists(d.x, if_not_exists(l[0], :n))",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="The second operand of if_not_exists cannot be a function.",
            ours="It can be any operand.",
            aws="An operand is a path or a function; if_not_exists takes a path and a value, which is"
            " an operand.",
            source=f"{GUIDE}Expressions.UpdateExpressions.html",
            right="ours",
        ),
    ),
    Known(
        "which of two faults is told",
        lambda exchange: {exchange.ours.message, exchange.theirs.message} <= {*_RUN_TIME},
        table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET l[9] = :n, n = a",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Of two faults that only the item shows, the first one is told.",
            ours="A missing operand is told before a path that leads nowhere.",
            aws="Both are a ValidationException; which one is told is not documented.",
            source=f"{GUIDE}Expressions.UpdateExpressions.html",
            right="either",
        ),
    ),
)
