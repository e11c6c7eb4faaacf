"""Wherever an illegal value stands in a call, it is told as that operation tells all."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE

SOURCE = (
    "https://github.com/paritysuite/dynamodb-conformance/blob/main/"
    "tests/tier3/error-messages/valueLayers.test.ts"
)
Places = list[tuple[str, dict[str, Any]]]
INVALID = "One or more parameter values were invalid: "
PRESENT: dict[str, tuple[dict[str, Any], str]] = {
    "number": ({"N": ""}, "The parameter cannot be converted to a numeric value: "),
    "set": (
        {"SS": ["b", "a", "b"]},
        INVALID + 'Input collection ["a", "b", "b"] contains duplicates.',
    ),
}
OLDER = {
    "number": "The parameter cannot be converted to a numeric value",
    "set": INVALID + "Input collection [b, a, b] contains duplicates.",
}
TABLE = {"TableName": "demandTable"}


def bound(value: dict[str, Any]) -> dict[str, Any]:
    return {"ExpressionAttributeValues": {":v": value}}


def single_writes(value: dict[str, Any]) -> Places:
    wrong = key() | {"sk": value}
    condition = {"ConditionExpression": "attribute_not_exists(pk) OR a = :v", **bound(value)}
    expected = {"Expected": {"a": {"Value": value}}}
    return [
        ("PutItem", {"Item": key() | {"a": value}}),
        ("PutItem", {"Item": key(), **condition}),
        ("PutItem", {"Item": key(), **expected}),
        ("UpdateItem", {"Key": key(), "UpdateExpression": "SET a = :v", **bound(value)}),
        ("UpdateItem", {"Key": key(), "AttributeUpdates": {"a": {"Value": value}}}),
        ("UpdateItem", {"Key": wrong, "UpdateExpression": "REMOVE a"}),
        ("DeleteItem", {"Key": wrong}),
        ("DeleteItem", {"Key": key(), **condition}),
        ("DeleteItem", {"Key": key(), **expected}),
    ]


def reads(value: dict[str, Any]) -> Places:
    wrong = key() | {"sk": value}
    ours = {":p": {"S": "p"}}
    both = {"ExpressionAttributeValues": ours | {":v": value}}
    partition = {"KeyConditionExpression": "pk = :p"}
    equal = {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "p"}]}
    return [
        ("GetItem", {"Key": wrong}),
        ("Query", {"KeyConditionExpression": "pk = :p AND sk = :v", **both}),
        ("Query", {**partition, "FilterExpression": "a = :v", **both}),
        (
            "Query",
            {**partition, "ExpressionAttributeValues": ours, "ExclusiveStartKey": wrong},
        ),
        (
            "Query",
            {
                "KeyConditions": {"pk": equal},
                "QueryFilter": {"a": equal | {"AttributeValueList": [value]}},
            },
        ),
    ]


def said(operation: str, parameters: dict[str, Any]) -> str:
    engine = Engine()
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    assert caught.value.code == "ValidationException"
    assert engine.item() is None
    return caught.value.message


@pytest.mark.aws(
    "The single writes tell an illegal value in the envelope, be it in the item, the key, a bound "
    "value, Expected or AttributeUpdates; nothing is written",
    source=SOURCE,
    service="dynamodb",
)
@pytest.mark.parametrize("fault", list(PRESENT))
def test_a_single_write_tells_an_illegal_value_in_the_envelope(fault: str) -> None:
    value, message = PRESENT[fault]
    for operation, parameters in single_writes(value):
        assert said(operation, TABLE | parameters) == ENVELOPE + message, parameters


@pytest.mark.aws(
    "GetItem, BatchGetItem and Query tell an illegal value bare, be it in the key, a condition, "
    "a filter or the start key",
    source=SOURCE,
    service="dynamodb",
)
@pytest.mark.parametrize("fault", list(PRESENT))
def test_a_read_tells_an_illegal_value_bare(fault: str) -> None:
    value, message = PRESENT[fault]
    for operation, parameters in reads(value):
        assert said(operation, TABLE | parameters) == message, parameters
    keys = {"Keys": [key() | {"sk": value}]}
    assert said("BatchGetItem", {"RequestItems": {"demandTable": keys}}) == message


@pytest.mark.aws(
    "BatchWriteItem and the transactions tell an illegal value in the older words, "
    "be it in an item or a key, and name the placeholder of a bound one",
    source=SOURCE,
    service="dynamodb",
)
@pytest.mark.parametrize("fault", list(PRESENT))
def test_several_writes_tell_an_illegal_value_in_the_older_words(fault: str) -> None:
    value, _ = PRESENT[fault]
    item, wrong = {"Item": key() | {"a": value}}, {"Key": key() | {"sk": value}}
    for request in ({"PutRequest": item}, {"DeleteRequest": wrong}):
        asked = {"RequestItems": {"demandTable": [request]}}
        assert said("BatchWriteItem", asked) == OLDER[fault]
    for action in ({"Put": TABLE | item}, {"Delete": TABLE | wrong}):
        assert said("TransactWriteItems", {"TransactItems": [action]}) == OLDER[fault]
    assert said("TransactGetItems", {"TransactItems": [{"Get": TABLE | wrong}]}) == OLDER[fault]
    named = f"ExpressionAttributeValues contains invalid value: {OLDER[fault]} for key :v"
    condition = {**TABLE, "ConditionExpression": "a = :v", **bound(value)}
    for action in (
        {"Put": condition | {"Item": key()}},
        {"Update": TABLE | {"Key": key(), "UpdateExpression": "SET a = :v", **bound(value)}},
        {"Delete": condition | {"Key": key()}},
        {"ConditionCheck": condition | {"Key": key()}},
    ):
        assert said("TransactWriteItems", {"TransactItems": [action]}) == named
