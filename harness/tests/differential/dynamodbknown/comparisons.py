"""Where a condition of moto's holds otherwise than AWS's."""

from harness.tests.differential.dynamodbknown.asking import ALTERNATOR, KEY, after_put, table
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange


def _wants_a_size(exchange: Exchange) -> bool:
    texts = (exchange.theirs.code, exchange.theirs.message)
    breaks = any("ValueError" in t or t.startswith("Bad Filter Expression") for t in texts)
    return breaks and "size(" in repr(exchange.parameters)


def _finds_nothing_equal(exchange: Exchange) -> bool:
    failed = "ConditionalCheckFailed"
    one = [
        failed in f"{answer.code} {answer.message}" for answer in (exchange.ours, exchange.theirs)
    ]
    found = (
        exchange.operation in {"Scan", "Query"} and exchange.ours.is_ok and exchange.theirs.is_ok
    )
    return (any(one) or found) and "a = n" in repr(exchange.parameters)


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
        _finds_nothing_equal,
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
        "values of types that have no order in common",
        lambda exchange: "TypeError" in exchange.theirs.code,
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
