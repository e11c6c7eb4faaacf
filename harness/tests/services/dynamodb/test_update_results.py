"""What updates leave behind, and what they return."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

TIER = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier1/"
UPDATES = f"{TIER}updateItem/"
Item = dict[str, Any]


def text(content: str) -> Item:
    return {"S": content}


def texts(contents: str) -> Item:
    return {"L": [text(content) for content in contents]}


VALUES = {":v": text("new"), ":n": {"N": "3"}, ":zero": {"N": "0"}, ":l": texts("x")}
CHANGES: list[tuple[Item, str, Item]] = [
    ({"c": {"N": "10"}}, "SET c = (c - :n)", {"c": {"N": "7"}}),
    ({"c": {"N": "10"}}, "SET c = if_not_exists(c, :zero) - :n", {"c": {"N": "7"}}),
    ({}, "SET c = if_not_exists(c, :zero) - :n", {"c": {"N": "-3"}}),
    ({"a": text("old")}, "SET b = if_not_exists(b, a)", {"a": text("old"), "b": text("old")}),
    ({"l": texts("ab")}, "SET l = list_append(:l, l)", {"l": texts("xab")}),
    ({}, "SET l = list_append(if_not_exists(l, :l), :l)", {"l": texts("xx")}),
    ({"l": texts("ab")}, "SET l[5] = :v", {"l": {"L": [*map(text, ("a", "b", "new"))]}}),
    ({"l": {"L": []}}, "SET l[0] = :v", {"l": {"L": [text("new")]}}),
    ({"l": texts("abcd")}, "REMOVE l[1]", {"l": texts("acd")}),
    (
        {"m": {"M": {"k": text("k")}}},
        "SET m.child = :v",
        {"m": {"M": {"k": text("k"), "child": text("new")}}},
    ),
    ({"m": {"M": {"k": text("k")}}}, "REMOVE m.gone, gone", {"m": {"M": {"k": text("k")}}}),
    ({}, "ADD c :n", {"c": {"N": "3"}}),
]


def used(expression: str) -> Item:
    values = {name: value for name, value in VALUES.items() if name in expression}
    return {"ExpressionAttributeValues": values} if values else {}


@pytest.mark.aws(
    "An update reads all before it writes: sums may stand in parentheses and around functions, an "
    "element behind the end of a list is appended, what is removed need not be there",
    source=f"{UPDATES}basic.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(("before", "expression", "after"), CHANGES)
def test_an_update_leaves_what_its_expression_says(
    before: Item, expression: str, after: Item
) -> None:
    engine = Engine()
    engine.put(**before)
    asked = {"UpdateExpression": expression, **used(expression)}
    engine.call("UpdateItem", Key=key(), **asked)
    assert engine.item() == key() | after


@pytest.mark.aws(
    "UPDATED_NEW returns each piece that was set and nothing beside it, also of a new item, "
    "and no attributes where nothing was set",
    source=f"{UPDATES}paths.test.ts",
    service="dynamodb",
)
def test_the_updated_pieces_alone_are_returned() -> None:
    engine = Engine()
    wanted: Item = {"ReturnValues": "UPDATED_NEW"}
    answer = engine.update("SET a = :v", {":v": text("x")}, **wanted)
    assert answer == {"Attributes": {"a": text("x")}}
    engine.put(m={"M": {"kept": text("k")}}, dropped=text("d"))
    answer = engine.update("SET m.b = :v, m.c = :w", {":v": text("b"), ":w": text("c")}, **wanted)
    assert answer == {"Attributes": {"m": {"M": {"b": text("b"), "c": text("c")}}}}
    assert engine.update("REMOVE dropped", **wanted) == {}


@pytest.mark.aws(
    "An update whose condition does not hold for an item that is not there does not make it; "
    "one whose condition holds does, and returns it",
    source=f"{UPDATES}conditions.test.ts",
    service="dynamodb",
)
def test_a_condition_keeps_an_update_from_making_an_item() -> None:
    engine = Engine()
    values: Item = {":v": text("x"), ":n": {"N": "0"}}
    for condition in ("attribute_exists(pk) AND n = :n", "n > :n"):
        with pytest.raises(ServiceError, match="The conditional request failed"):
            engine.update("SET a = :v", values, ConditionExpression=condition)
        assert engine.item() is None
    answer = engine.update(
        "SET a = :v",
        {":v": text("x")},
        ConditionExpression="attribute_not_exists(pk)",
        ReturnValues="ALL_NEW",
    )
    assert answer == {"Attributes": key() | {"a": text("x")}}


@pytest.mark.aws(
    "A condition may be in parentheses, as a whole and in its parts, but not in two pairs of them",
    source=f"{TIER}putItem/conditionExpressionParens.test.ts",
    service="dynamodb",
)
def test_parentheses_in_a_condition_must_not_be_redundant() -> None:
    engine = Engine()
    engine.put(a=text("x"), n={"N": "10"})
    values = {":a": text("x"), ":n": {"N": "5"}}
    for condition in (
        "(a = :a) AND (n > :n)",
        "(a = :a AND n > :n)",
        "(a = :a AND (n > :n))",
    ):
        assert engine.update("REMOVE b", values, ConditionExpression=condition) == {}
    for operation, named in (("PutItem", {"Item": key()}), ("DeleteItem", {"Key": key()})):
        condition = "((attribute_exists(a)))"
        said = refusal(engine, operation, **named, ConditionExpression=condition)
        assert said == (
            f"{ENVELOPE}Invalid ConditionExpression: The expression has redundant parentheses;"
        )


@pytest.mark.aws(
    "The calls on one item tell their capacity units, and not which of them were reads or writes",
    source=f"{TIER}getItem/consumedCapacity.test.ts",
    service="dynamodb",
)
def test_the_calls_on_one_item_do_not_split_their_units() -> None:
    engine = Engine()
    for operation, asked in (
        ("PutItem", {"Item": key()}),
        ("UpdateItem", {"Key": key()}),
        ("GetItem", {"Key": key(), "ConsistentRead": True}),
        ("DeleteItem", {"Key": key()}),
    ):
        whole: Item = {"TableName": "demandTable", "CapacityUnits": 1.0}
        for wanted, shown in (
            ("TOTAL", whole),
            ("INDEXES", whole | {"Table": {"CapacityUnits": 1.0}}),
        ):
            answer = engine.call(operation, ReturnConsumedCapacity=wanted, **asked)
            assert answer["ConsumedCapacity"] == shown
