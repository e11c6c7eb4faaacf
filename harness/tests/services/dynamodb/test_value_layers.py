"""Illegal values in the words of the layer that reads them.

Single writes, GetItem, BatchGetItem and Query run AWS's present layer; batch writes,
transactions and Scan the older one, which also names the placeholder.
"""

from collections.abc import Callable
from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key

TYPES = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "HowItWorks.NamingRulesDataTypes.html"
)
INVALID = "One or more parameter values were invalid: "
OVERFLOW = (
    "Number overflow. Attempting to store a number with magnitude larger than supported range"
)
UNDERFLOW = (
    "Number underflow. Attempting to store a number with magnitude smaller than supported range"
)
WORD = "The parameter cannot be converted to a numeric value"
PRESENT = {"abc": f"{WORD}: abc", "": f"{WORD}: ", "1e126": OVERFLOW, "1e2147483647": OVERFLOW}
OLDER = {"abc": f"{WORD}: abc", "": WORD, "1e126": OVERFLOW, "1e2147483647": UNDERFLOW}

Send = Callable[[Engine, dict[str, Any]], object]


def put(engine: Engine, value: dict[str, Any]) -> object:
    return engine.call("PutItem", Item=key() | {"a": {"M": {"x": {"L": [value]}}}})


def compare(engine: Engine, value: dict[str, Any]) -> object:
    values = {":v": value}
    return engine.call(
        "DeleteItem",
        Key=key(),
        ConditionExpression="a = :v",
        ExpressionAttributeValues=values,
    )


def query(engine: Engine, value: dict[str, Any]) -> object:
    values = {":p": {"S": "p"}, ":v": value}
    return engine.call(
        "Query",
        KeyConditionExpression="pk = :p",
        FilterExpression="a = :v",
        ExpressionAttributeValues=values,
    )


def scan(engine: Engine, value: dict[str, Any]) -> object:
    values = {":v": value}
    return engine.call("Scan", FilterExpression="a = :v", ExpressionAttributeValues=values)


def batch_write(engine: Engine, value: dict[str, Any]) -> object:
    request = {"PutRequest": {"Item": key() | {"a": value}}}
    return engine.ask("BatchWriteItem", RequestItems={"demandTable": [request]})


def transact(engine: Engine, value: dict[str, Any]) -> object:
    update = {
        "TableName": "demandTable",
        "Key": key(),
        "UpdateExpression": "SET a = :v",
        "ExpressionAttributeValues": {":v": value},
    }
    return engine.ask("TransactWriteItems", TransactItems=[{"Update": update}])


def said(send: Send, value: dict[str, Any]) -> str:
    engine = Engine()
    with pytest.raises(ServiceError) as caught:
        send(engine, value)
    assert caught.value.code == "ValidationException"
    assert engine.item() is None
    return caught.value.message


def named(message: str) -> str:
    return f"ExpressionAttributeValues contains invalid value: {message} for key :v"


@pytest.mark.aws(
    "Numbers have up to 38 digits and a magnitude of 1E-130 to 9.9E+125; others are an exception",
    source=TYPES,
    service="dynamodb",
)
def test_a_number_has_bounds() -> None:
    largest = "9." + "9" * 37 + "E+125"
    for number in ("1E-130", largest, f"-{largest}", "-1E-130", "1" * 38):
        put(Engine(), {"N": number})
    for number in ("1E-131", "1E+126", "-1E+126", "-1E-131", "9." + "9" * 38, "1" * 39):
        assert said(put, {"N": number})


@pytest.mark.parametrize("number", list(PRESENT))
def test_a_malformed_number_is_told_by_the_layer_that_reads_it(number: str) -> None:
    value = {"N": number}
    envelope = "1 validation error detected: "
    assert said(put, value) == envelope + PRESENT[number]
    assert said(compare, value) == envelope + PRESENT[number]
    assert said(query, value) == PRESENT[number]
    assert said(batch_write, value) == OLDER[number]
    assert said(scan, value) == named(OLDER[number])
    assert said(transact, value) == named(OLDER[number])


@pytest.mark.aws("The elements of a set must be distinct", source=TYPES, service="dynamodb")
@pytest.mark.parametrize(
    ("value", "present", "older"),
    [
        (
            {"SS": ["b", "a", "b"]},
            INVALID + 'Input collection ["a", "b", "b"] contains duplicates.',
            INVALID + "Input collection [b, a, b] contains duplicates.",
        ),
        (
            {"BS": [b"\xff", b"\0", b"\0"]},
            INVALID + 'Input collection ["AA==","/w==","AA=="]of type BS contains duplicates.',
            INVALID + "Input collection [/w==, AA==, AA==]of type BS contains duplicates.",
        ),
        (
            {"NS": ["2", "1", "2.0"]},
            INVALID + "Input collection contains duplicates.",
            "Input collection contains duplicates",
        ),
    ],
)
def test_a_repeated_element_is_told_by_the_layer_that_reads_it(
    value: dict[str, Any], present: str, older: str
) -> None:
    assert said(put, value) == f"1 validation error detected: {present}"
    assert said(query, value) == present
    assert said(batch_write, value) == older
    assert said(scan, value) == named(older)


@pytest.mark.aws(
    "DynamoDB supports nested attributes up to 32 levels deep",
    source=TYPES,
    service="dynamodb",
)
def test_the_32nd_level_is_the_last() -> None:
    def deep(count: int) -> dict[str, Any]:
        value: dict[str, Any] = {"S": "leaf"}
        for _ in range(count):
            value = {"M": {"n": value}}
        return value

    engine = Engine()
    engine.put(a=deep(31))
    with pytest.raises(ServiceError, match="Nesting Levels have exceeded supported limits"):
        engine.put(a=deep(32))


@pytest.mark.parametrize("exponent", ["99999999999", "-99999999999"])
def test_a_huge_exponent_is_out_of_range_and_costs_nothing(exponent: str) -> None:
    fault = UNDERFLOW if exponent[0] == "-" else OVERFLOW
    assert said(put, {"N": f"1e{exponent}"}) == f"1 validation error detected: {fault}"
