"""``Expected``, ``ScanFilter`` and ``QueryFilter``: the conditions of before 2014."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

LEGACY = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters"
)
ITEM = {
    "a": {"S": "hello-world"},
    "n": {"N": "5"},
    "t": {"SS": ["x", "y"]},
    "l": {"L": [{"S": "x"}]},
    "f": {"BOOL": True},
}
HOLDING = [
    ("a", "EQ", [{"S": "hello-world"}]),
    ("f", "EQ", [{"BOOL": True}]),
    ("t", "EQ", [{"SS": ["y", "x"]}]),
    ("n", "EQ", [{"N": "5.0"}]),
    ("a", "NE", [{"S": "b"}]),
    ("a", "NE", [{"N": "1"}]),
    ("gone", "NE", [{"S": "b"}]),
    ("n", "LT", [{"N": "10"}]),
    ("n", "LE", [{"N": "5"}]),
    ("n", "GT", [{"N": "-7"}]),
    ("n", "GE", [{"N": "5"}]),
    ("n", "BETWEEN", [{"N": "5"}, {"N": "6"}]),
    ("n", "IN", [{"N": "1"}, {"N": "5"}]),
    ("a", "BEGINS_WITH", [{"S": "hello"}]),
    ("a", "CONTAINS", [{"S": "o-w"}]),
    ("t", "CONTAINS", [{"S": "x"}]),
    ("l", "CONTAINS", [{"S": "x"}]),
    ("t", "NOT_CONTAINS", [{"S": "z"}]),
    ("gone", "NULL", []),
    ("a", "NOT_NULL", []),
]
FAILING = [
    ("gone", "EQ", [{"S": "b"}]),
    ("a", "LT", [{"N": "10"}]),
    ("a", "EQ", [{"N": "1"}]),
    ("n", "EQ", [{"N": "6"}]),
    ("n", "NE", [{"N": "5"}]),
    ("n", "LE", [{"N": "4"}]),
    ("n", "GT", [{"N": "5"}]),
    ("n", "GE", [{"N": "6"}]),
    ("n", "BETWEEN", [{"N": "6"}, {"N": "7"}]),
    ("n", "IN", [{"N": "1"}, {"N": "2"}]),
    ("a", "BEGINS_WITH", [{"S": "world"}]),
    ("a", "CONTAINS", [{"S": "z"}]),
    ("t", "NOT_CONTAINS", [{"S": "x"}]),
    ("gone", "LT", [{"N": "10"}]),
    ("gone", "NOT_CONTAINS", [{"S": "z"}]),
    ("n", "CONTAINS", [{"S": "5"}]),
    ("a", "NULL", []),
    ("gone", "NOT_NULL", []),
    ("gone", "IN", [{"S": "b"}]),
]


def condition(name: str, arguments: list[dict[str, Any]]) -> dict[str, Any]:
    return {"ComparisonOperator": name} | ({"AttributeValueList": arguments} if arguments else {})


OPERATORS = (
    "A legacy condition compares by EQ, NE, LE, LT, GE, GT, BETWEEN, IN, BEGINS_WITH, CONTAINS or "
    "NOT_CONTAINS, or asks for existence by NULL or NOT_NULL; what has another type does not match"
)


@pytest.mark.aws(OPERATORS, source=LEGACY + ".Conditions.html", service="dynamodb")
@pytest.mark.parametrize(("attribute", "name", "arguments"), HOLDING)
def test_a_condition_that_holds_lets_a_write_and_a_filter_pass(
    attribute: str, name: str, arguments: list[dict[str, Any]]
) -> None:
    engine = Engine()
    engine.put(**ITEM)
    conditions = {attribute: condition(name, arguments)}
    assert engine.call("Scan", ScanFilter=conditions)["Count"] == 1
    engine.call("DeleteItem", Key=key(), Expected=conditions)
    assert engine.item() is None


@pytest.mark.aws(OPERATORS, source=LEGACY + ".Conditions.html", service="dynamodb")
@pytest.mark.parametrize(("attribute", "name", "arguments"), FAILING)
def test_a_condition_that_does_not_hold_stops_a_write(
    attribute: str, name: str, arguments: list[dict[str, Any]]
) -> None:
    engine = Engine()
    engine.put(**ITEM)
    conditions = {attribute: condition(name, arguments)}
    assert engine.call("Scan", ScanFilter=conditions)["Count"] == 0
    with pytest.raises(ServiceError) as caught:
        engine.call("PutItem", Item=key(), Expected=conditions)
    assert caught.value.code == "ConditionalCheckFailedException"
    assert engine.item() == key() | ITEM


@pytest.mark.aws(
    "Without an operator, Exists and Value say whether and with which value an attribute is there",
    source=LEGACY + ".Expected.html",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("expected", "is_met"),
    [
        ({"a": {"Exists": False}}, False),
        ({"gone": {"Exists": False}}, True),
        ({"a": {"Value": {"S": "hello-world"}}}, True),
        ({"a": {"Value": {"S": "b"}, "Exists": True}}, False),
        ({"gone": {"Value": {"S": "b"}}}, False),
    ],
)
def test_exists_and_value_are_a_condition(expected: dict[str, Any], is_met: bool) -> None:  # noqa: FBT001 - drawn
    engine = Engine()
    engine.put(**ITEM)
    if is_met:
        engine.call("DeleteItem", Key=key(), Expected=expected)
        return
    with pytest.raises(ServiceError, match="The conditional request failed"):
        engine.call("DeleteItem", Key=key(), Expected=expected)


def test_an_operator_may_have_its_argument_as_value() -> None:
    """The guide says otherwise; what AWS says of an operator that has neither speaks for it."""
    engine = Engine()
    engine.put(**ITEM)
    expected = {"n": {"Value": {"N": "4"}, "ComparisonOperator": "GT"}}
    engine.call("DeleteItem", Key=key(), Expected=expected)
    assert engine.item() is None


@pytest.mark.aws(
    "ConditionalOperator joins the conditions: AND, unless it is OR",
    source=LEGACY + ".ConditionalOperator.html",
    service="dynamodb",
)
def test_conditions_are_joined_by_and_unless_or_is_asked_for() -> None:
    engine = Engine()
    engine.put(**ITEM)
    conditions = {
        "a": condition("EQ", [{"S": "hello-world"}]),
        "n": condition("EQ", [{"N": "6"}]),
    }
    assert engine.call("Scan", ScanFilter=conditions)["Count"] == 0
    assert engine.call("Scan", ScanFilter=conditions, ConditionalOperator="OR")["Count"] == 1


FAULTS = [
    (
        {"a": {"ComparisonOperator": "EQ"}},
        "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a",
    ),
    ({"a": {}}, "Value must be provided when Exists is null for Attribute: a"),
    (
        {"a": {"Exists": False, "Value": {"S": "x"}}},
        "Value cannot be used when Exists is false for Attribute: a",
    ),
    (
        {"a": condition("EQ", [{"S": "x"}, {"S": "y"}])},
        "Invalid number of argument(s) for the EQ ComparisonOperator",
    ),
    (
        {"a": condition("LT", [{"BOOL": True}])},
        "ComparisonOperator LT is not valid for BOOL AttributeValue type",
    ),
    (
        {"a": condition("BEGINS_WITH", [{"N": "1"}])},
        "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type",
    ),
    (
        {"a": {"AttributeValueList": [{"S": "x"}]}},
        "AttributeValueList can only be used with a ComparisonOperator for Attribute: a",
    ),
    (
        {"a": condition("NULL", []) | {"Exists": True}},
        "Exists and ComparisonOperator cannot be used together for Attribute: a",
    ),
]


@pytest.mark.parametrize(("expected", "message"), FAULTS)
def test_a_faulty_expectation_is_refused(expected: dict[str, Any], message: str) -> None:
    said = refusal(Engine(), "DeleteItem", Key=key(), Expected=expected)
    assert said == f"{ENVELOPE}One or more parameter values were invalid: {message}"


def test_reversed_bounds_are_refused() -> None:
    conditions = {"a": condition("BETWEEN", [{"N": "2"}, {"N": "1"}])}
    assert refusal(Engine(), "Scan", ScanFilter=conditions) == (
        "The BETWEEN condition was provided a range where the lower bound is greater than the "
        "upper bound"
    )


def test_a_lone_conditional_operator_is_refused() -> None:
    engine = Engine()
    assert refusal(engine, "Scan", ConditionalOperator="OR") == (
        "ConditionalOperator cannot be used without Filter or Expected"
    )
    one = {"a": condition("NULL", [])}
    assert refusal(engine, "Scan", ScanFilter=one, ConditionalOperator="OR") == (
        "ConditionalOperator can only be used when Filter or Expected has two or more elements"
    )


@pytest.mark.aws(
    "Expressions and legacy parameters may not be mixed in one request",
    source=LEGACY + ".html",
    service="dynamodb",
)
def test_old_and_new_parameters_do_not_mix() -> None:
    said = refusal(
        Engine(),
        "UpdateItem",
        Key=key(),
        UpdateExpression="REMOVE a",
        AttributeUpdates={"a": {"Action": "DELETE"}},
        Expected={"a": {"Exists": False}},
    )
    assert said == (
        f"{ENVELOPE}Can not use both expression and non-expression parameters in the same "
        "request: Non-expression parameters: {AttributeUpdates, Expected} "
        "Expression parameters: {UpdateExpression}"
    )
