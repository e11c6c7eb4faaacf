"""Where moto takes other keys and numbers than AWS does."""

import re
from typing import Any

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    COSTS,
    GUIDE,
    KEY,
    REFERENCE,
    after_put,
    expressions,
    is_refused,
    keys_of,
    numbers,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange

_INDEX_KEY = (
    "The update expression attempted to update the secondary index key to unsupported type"
)
_MISMATCH = re.compile(
    r"One or more parameter values were invalid: Type mismatch for key (\w+) expected: \w+ actual: \w+"
)
_NO_INTEGER = re.compile(r"invalid literal for int\(\) with base 10: '-?\d+([.]\d+)?[eE][+-]?\d+'")
_NO_KEY = "The provided key element does not match the schema"
_EMPTY = (
    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
    " contain an empty string value. Key: pk"
)
_EMPTY_AT_MOTO = (
    "One or more parameter values were invalid: An AttributeValue may not contain an empty string."
    " Key: pk"
)
_OTHER_AT_MOTO = (
    "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N"
)


def _written(value: Any) -> list[str]:
    """Return the numbers in *value*, as they are written."""
    if isinstance(value, dict):
        own = [value["N"]] if isinstance(value.get("N"), str) else value.get("NS", [])
        inner = [each for name, member in value.items() if name not in COSTS
                 for each in _written(member)]  # fmt: skip
        return [*(own if isinstance(own, list) else []), *inner]
    return (
        [each for member in value for each in _written(member)] if isinstance(value, list) else []
    )


def _is_plain(number: str) -> bool:
    return number != "-0" and re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", number) is not None


def _writes_numbers_differently(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours, exchange.theirs
    return (
        ours.is_ok
        and theirs.is_ok
        and bool(numbers(ours.output) == numbers(theirs.output))
        and all(map(_is_plain, _written(ours.output)))
        and not all(map(_is_plain, _written(theirs.output)))
    )


def _projects_a_number_of_many_places(exchange: Exchange) -> bool:
    projects = (
        exchange.parameters.get("IndexName") in {"byData", "byScore"}
        or "ProjectionExpression" in repr(exchange.parameters)
    )  # fmt: skip
    breaks = exchange.theirs.code in {"broken down: Rounded", "broken down: Inexact"}
    return exchange.ours.is_ok and breaks and projects


def _adds_to_no_whole_number(exchange: Exchange) -> bool:
    return (
        exchange.operation == "UpdateItem"
        and exchange.ours.is_ok
        and exchange.theirs.code == "broken down: ValueError"
        and _NO_INTEGER.fullmatch(exchange.theirs.message) is not None
    )


def _sets_an_index_key_to_another_type(exchange: Exchange) -> bool:
    found = _MISMATCH.fullmatch(exchange.theirs.message)
    return (
        exchange.operation == "UpdateItem"
        and is_refused(exchange.ours, _INDEX_KEY)
        and exchange.theirs.code == "ValidationException"
        and found is not None
        and any(found[1] in keys_of(index) for index in ("byVerdict", "byScore", "byData"))
        and any(f"{found[1]} = " in text for text in expressions(exchange.parameters, "Update"))
    )


def _names_no_key(exchange: Exchange) -> bool:
    given = exchange.parameters.get("Key", exchange.parameters.get("Item"))
    theirs = exchange.theirs
    if given is None or not (
        theirs.is_ok
        or is_refused(theirs, "Validation Exception", _EMPTY_AT_MOTO, _OTHER_AT_MOTO)
        or theirs.code == "broken down: AttributeError"
    ):
        return False
    is_empty = {"S": ""} in (given.get("pk"), given.get("sk"))
    is_other = given.keys() != {"pk", "sk"} or any("S" not in value for value in given.values())
    return bool(
        (is_refused(exchange.ours, _EMPTY) and is_empty)
        or (is_refused(exchange.ours, _NO_KEY) and is_other and "Key" in exchange.parameters)
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a number of many places is projected",
        _projects_a_number_of_many_places,
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
        "a sum with a number that has an exponent",
        _adds_to_no_whole_number,
        after_put(
            KEY | {"n": {"N": "1e2"}},
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET n = n + :n",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="It ends in a ValueError of Python.",
            ours="It is 107.",
            aws="SET supports + and - with operands that are numbers.",
            source=f"{GUIDE}Expressions.UpdateExpressions.html",
            right="ours",
        ),
    ),
    Known(
        "an index key of a wrong type in an update",
        _sets_an_index_key_to_another_type,
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
            aws="The update expression attempted to update the secondary index key to unsupported"
            " type.",
            source=f"{REFERENCE}API_TransactWriteItems.html",
            right="ours",
        ),
    ),
    Known(
        "a key that is none",
        _names_no_key,
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
