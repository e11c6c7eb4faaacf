"""Where an update leaves something else in moto."""

import re

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    GUIDE,
    KEY,
    REFERENCE,
    RUN_TIME,
    TOO_PRECISE,
    after_put,
    alike_but,
    asked,
    expressions,
    fails,
    is_refused,
    is_sound,
    reasons,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Answer, Exchange

_SUM = re.compile(r"= ?\([^()]+ [+-] [^()]+\)")
_GROWS = re.compile(r"[+-] ?:|: ?[+-]|ADD ")
_TAKES_AWAY = re.compile(r"(REMOVE|DELETE) [^A-Z]*[\[.]")
_NESTED = re.compile(r"if_not_exists\([^()]+, ?if_not_exists\(")
_OPERAND = re.compile(
    r"Invalid UpdateExpression: Incorrect operand type for operator or function;"
    r" operator or function: [+-], operand type: \w+"
)
_ADDS_A_STORED = re.compile(r"= \(?[a-z][\w.\[\]]* [+-] |[+-] [a-z]")
_NO_FUNCTION = re.compile(
    r'Invalid UpdateExpression: Syntax error; token: "\(", near: "if_not_exists\(\w+"'
)


def only_takes_away(text: str) -> bool:
    """Whether an update can bring nothing."""
    return not re.search(r"\b(SET|ADD) ", text)


def _makes_an_item_of_nothing(exchange: Exchange) -> bool:
    text = exchange.parameters.get("UpdateExpression", "SET ")
    return (
        exchange.operation == "UpdateItem"
        and only_takes_away(text)
        and "Attributes" not in exchange.ours.output
        and exchange.theirs.output.get("Attributes") == exchange.parameters["Key"]
        and alike_but(exchange, "Attributes")
    )


def _has_nothing_to_do(exchange: Exchange) -> bool:
    return (
        exchange.operation == "UpdateItem"
        and exchange.parameters.keys().isdisjoint({"UpdateExpression", "AttributeUpdates"})
        and exchange.theirs.code == "broken down: AttributeError"
        and (exchange.ours.is_ok or fails(exchange.ours))
    )


def _removes_what_is_not_there(exchange: Exchange) -> bool:
    return (
        (exchange.ours.is_ok or is_refused(exchange.ours, *RUN_TIME[1:]))
        and is_refused(exchange.theirs, *RUN_TIME)
        and any(map(_TAKES_AWAY.search, expressions(exchange.parameters, "Update")))
    )


def _speaks_of_an_operand(answer: Answer) -> bool:
    return answer.code == "ValidationException" and _OPERAND.fullmatch(answer.message) is not None


def _takes_a_stored_operand_for_a_given_one(exchange: Exchange) -> bool:
    return (
        exchange.operation == "UpdateItem"
        and is_refused(exchange.ours, RUN_TIME[2])
        and _speaks_of_an_operand(exchange.theirs)
        and _ADDS_A_STORED.search(exchange.parameters.get("UpdateExpression", "")) is not None
    )


def _fails_a_whole_transaction(exchange: Exchange) -> bool:
    return (
        exchange.ours.code == "TransactionCanceledException"
        and (is_refused(exchange.theirs, *RUN_TIME) or _speaks_of_an_operand(exchange.theirs))
        and bool(expressions(exchange.parameters, "Update"))
        and all(
            code == "ConditionalCheckFailed" or (code == "ValidationError" and told in RUN_TIME)
            for code, told in reasons(exchange.ours)
        )
    )


def _is_too_precise(exchange: Exchange) -> bool:
    is_told = is_refused(exchange.ours, TOO_PRECISE)
    is_reason = reasons(exchange.ours) == [("ValidationError", TOO_PRECISE)]
    grows = any(map(_GROWS.search, expressions(exchange.parameters, "Update")))
    return exchange.theirs.is_ok and (is_told or is_reason) and grows


def _adds_in_parentheses(exchange: Exchange) -> bool:
    return (
        is_sound(exchange.ours)
        and exchange.theirs.code == "broken down: AssertionError"
        and any(map(_SUM.search, expressions(exchange.parameters, "Update")))
    )


def _takes_no_function(exchange: Exchange) -> bool:
    return (
        is_sound(exchange.ours)
        and exchange.theirs.code == "ValidationException"
        and _NO_FUNCTION.fullmatch(exchange.theirs.message) is not None
        and any(map(_NESTED.search, expressions(exchange.parameters, "Update")))
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "removing from nothing makes nothing",
        _makes_an_item_of_nothing,
        table("UpdateItem", Key=KEY, UpdateExpression="REMOVE a", ReturnValues="ALL_NEW"),
        divergence(
            service="dynamodb",
            theirs="An update that only removes or deletes makes the item that was not there.",
            ours="It makes none.",
            aws="An update that only deletes attributes does not create an item that is not there.",
            source=f"{ALTERNATOR}test_item.py",
            right="ours",
        ),
    ),
    Known(
        "an update that says nothing makes the item",
        _has_nothing_to_do,
        table("UpdateItem", Key=KEY),
        divergence(
            service="dynamodb",
            theirs="An update without an expression ends in an AttributeError of Python.",
            ours="It makes the item that was not there, with its key alone.",
            aws="An UpdateItem without any update makes an item with its key alone, if there was"
            " none.",
            source=f"{ALTERNATOR}test_item.py",
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
        "an operand of the item's that is no number",
        _takes_a_stored_operand_for_a_given_one,
        after_put(
            KEY | {"a": {"BOOL": True}},
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET n = a + :n",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="What the item has is told as a fault of the expression.",
            ours="An operand in the update expression has an incorrect data type",
            aws="An operand that the item has of a wrong type is a ValidationException: An operand in"
            " the update expression has an incorrect data type.",
            source=f"{ALTERNATOR}test_update_expression.py",
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
            aws="SET adds or subtracts two operands; parentheses around them are not documented.",
            source=f"{GUIDE}Expressions.UpdateExpressions.html",
            right="either",
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
            aws="A sum is exact; one that 38 digits cannot represent is a ValidationException.",
            source=f"{ALTERNATOR}test_number.py",
            right="ours",
        ),
    ),
    Known(
        "a default that has a default",
        _takes_no_function,
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
            aws="The second operand of if_not_exists may be another if_not_exists.",
            source=f"{ALTERNATOR}test_update_expression.py",
            right="ours",
        ),
    ),
)
