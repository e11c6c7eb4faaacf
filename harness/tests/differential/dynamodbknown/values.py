"""Where moto takes other keys and numbers than AWS does."""

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    GUIDE,
    KEY,
    after_put,
    message,
    numbers,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange


def _writes_numbers_differently(exchange: Exchange) -> bool:
    return (
        exchange.ours.is_ok
        and exchange.theirs.is_ok
        and exchange.ours.output != exchange.theirs.output
        and numbers(exchange.ours.output) == numbers(exchange.theirs.output)
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a number of many places is projected",
        lambda exchange: exchange.theirs.code in {"broken down: Rounded", "broken down: Inexact"},
        after_put(
            KEY | {"n": {"N": "9" * 38 + "0"}}, "GetItem", Key=KEY, ProjectionExpression="d.x"
        ),
        divergence(
            service="dynamodb",
            theirs="A number of more than 38 places ends in a Rounded of Python.",
            ours="It is given.",
            aws="A number has up to 38 digits of precision and can be as large as 9.99e+125.",
            source=f"{GUIDE}HowItWorks.NamingRulesDataTypes.html",
            right="ours",
        ),
    ),
    Known(
        "numbers are normalised",
        _writes_numbers_differently,
        after_put(KEY | {"n": {"N": "1e2"}}, "GetItem", Key=KEY),
        divergence(
            service="dynamodb",
            theirs="A number comes back as it was written: 1e2, 1.0.",
            ours="It comes back as a plain decimal without zeros at its ends: 100, 1.",
            aws="Leading and trailing zeroes of numbers are trimmed.",
            source=f"{GUIDE}HowItWorks.NamingRulesDataTypes.html",
            right="ours",
        ),
    ),
    Known(
        "an index key of a wrong type in an update",
        message("The update expression attempted to update the secondary index key"),
        table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET score = :s",
            ExpressionAttributeValues={":s": {"S": "text"}},
        ),
        divergence(
            service="dynamodb",
            theirs="The text speaks of a type mismatch for a key.",
            ours="The text speaks of the secondary index key.",
            aws="Setting a key attribute of an index to a value of another type is a"
            " ValidationException.",
            source=f"{ALTERNATOR}test_gsi.py",
            right="ours",
        ),
    ),
    Known(
        "a key that is none",
        message(
            "The provided key element does not match the schema",
            "One or more parameter values are not valid. The AttributeValue for a key attribute",
        ),
        table("GetItem", Key={"pk": {"N": "1"}, "sk": {"S": "a"}}),
        divergence(
            service="dynamodb",
            theirs="A key of a wrong type or an empty one finds nothing, or is refused under another"
            " text.",
            ours="It is a ValidationException.",
            aws="The key must have the type that the schema says, and may not be empty.",
            source=f"{ALTERNATOR}test_item.py",
            right="ours",
        ),
    ),
)
