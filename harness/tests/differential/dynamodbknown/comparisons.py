"""Where a condition of moto's holds otherwise than AWS's."""

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    GUIDE,
    KEY,
    after_put,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange


def _wants_a_size(exchange: Exchange) -> bool:
    texts = (exchange.theirs.code, exchange.theirs.message)
    breaks = any("ValueError" in t or t.startswith("Bad Filter Expression") for t in texts)
    return breaks and "size(" in repr(exchange.parameters)


def _holds(exchange: Exchange, condition: str) -> bool:
    """Whether a condition holds on one side alone, so that *condition* may be why."""
    failed = [
        "ConditionalCheckFailed" in f"{answer.code} {answer.message}"
        for answer in (exchange.ours, exchange.theirs)
    ]
    reads = exchange.operation in {"Scan", "Query"}
    both_read = reads and exchange.ours.is_ok and exchange.theirs.is_ok
    return (any(failed) or both_read) and condition in repr(exchange.parameters)


KNOWN: tuple[Known, ...] = (
    Known(
        "the size of what is not there",
        _wants_a_size,
        table(
            "PutItem",
            Item=KEY,
            ConditionExpression="size(gone) > :n",
            ExpressionAttributeValues={":n": {"N": "1"}},
        ),
        divergence(
            service="dynamodb",
            theirs="size() of an attribute that is not there, or has no size, ends in a ValueError"
            " of Python.",
            ours="The comparison is false.",
            aws="A condition on the size of a missing attribute is false, not an error.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "two attributes that are not there are not equal",
        lambda exchange: _holds(exchange, "a = n") or _holds(exchange, "d.x IN (n,"),
        table("PutItem", Item=KEY, ConditionExpression="a = n"),
        divergence(
            service="dynamodb",
            theirs="a = n holds where neither attribute is there.",
            ours="It does not.",
            aws="A comparison with an attribute that does not exist is false, whatever it is"
            " compared with.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "what is not there is no null",
        lambda exchange: _holds(exchange, "a = :null"),
        table(
            "PutItem",
            Item=KEY,
            ConditionExpression="a = :null",
            ExpressionAttributeValues={":null": {"NULL": True}},
        ),
        divergence(
            service="dynamodb",
            theirs="An attribute that is not there equals a null value.",
            ours="It does not.",
            aws="A comparison with an attribute that does not exist is false; null is a value.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "two places that are not there differ",
        lambda exchange: _holds(exchange, "d.y[1] <> l[0]"),
        table("PutItem", Item=KEY, ConditionExpression="d.y[1] <> l[0]"),
        divergence(
            service="dynamodb",
            theirs="Two places that are not there are not unequal.",
            ours="They are unequal, since they are not equal.",
            aws="Whatever is not equal is unequal; of two operands that are not there nothing is"
            " documented.",
            source=f"{GUIDE}Expressions.OperatorsAndFunctions.html",
            right="either",
        ),
    ),
    Known(
        "values of types that have no order in common",
        lambda exchange: "TypeError" in f"{exchange.theirs.code} {exchange.theirs.message}",
        after_put(
            KEY | {"a": {"S": "text"}},
            "DeleteItem",
            Key=KEY,
            ConditionExpression="a > :bin",
            ExpressionAttributeValues={":bin": {"B": b"te"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Comparing a text with binary data ends in a TypeError of Python.",
            ours="The comparison is false.",
            aws="A comparison of values of different types is false.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
)
