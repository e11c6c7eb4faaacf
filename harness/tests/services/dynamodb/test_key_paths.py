"""Paths and names: what may not be reached, and what may not be a name."""

from typing import Any

import pytest

from harness.tests.services.dynamodb.engine import INDEXED, Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

NAMES = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "HowItWorks.NamingRulesDataTypes.html"
)
SCALARS = (
    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed"
)


@pytest.mark.aws(
    "Key attributes must be scalars; an update of a path below an index key is a ValidationException",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_gsi.py",
    service="dynamodb",
)
@pytest.mark.parametrize("expression", ["SET score.a = :n", "SET score[0] = :n"])
def test_no_update_reaches_below_an_index_key(expression: str) -> None:
    engine = Engine(INDEXED)
    engine.put(score={"N": "1"})
    asked = {"UpdateExpression": expression, "ExpressionAttributeValues": {":n": {"N": "2"}}}
    assert refusal(engine, "UpdateItem", Key=key(), **asked) == f"{SCALARS}: IndexKey: score"
    assert engine.item() == key() | {"score": {"N": "1"}}


@pytest.mark.parametrize(
    ("operation", "parameters", "tail"),
    [
        ("PutItem", {"Item": key(), "ConditionExpression": "attribute_exists(pk.a)"}, "Key: pk"),
        (
            "DeleteItem",
            {"Key": key(), "ConditionExpression": "attribute_exists(sk[0])"},
            "Key: sk",
        ),
        ("UpdateItem", {"Key": key(), "UpdateExpression": "REMOVE score.a"}, "IndexKey: score"),
        ("GetItem", {"Key": key(), "ProjectionExpression": "a, pk.b"}, "Key: pk"),
        ("Scan", {"FilterExpression": "attribute_exists(verdict.x)"}, "IndexKey: verdict"),
    ],
)
def test_no_path_reaches_below_a_key(
    operation: str, parameters: dict[str, Any], tail: str
) -> None:
    assert refusal(Engine(INDEXED), operation, **parameters) == f"{SCALARS}: {tail}"


@pytest.mark.aws(
    "A name is at least one character and less than 64 KB",
    source=NAMES,
    service="dynamodb",
)
def test_a_name_is_neither_empty_nor_too_large() -> None:
    engine = Engine()
    too_large = "Attribute name is too large, must be less than 65536 bytes"
    engine.put(**{"x" * 65_535: {"S": "fits"}})
    assert refusal(engine, "PutItem", Item=key() | {"x" * 65_536: {"S": ""}}) == (
        ENVELOPE + too_large
    )
    nested = {"a": {"M": {"m": {"L": [{"M": {"x" * 65_536: {"S": ""}}}]}}}}
    assert refusal(engine, "PutItem", Item=key() | nested) == ENVELOPE + too_large
    assert refusal(engine, "PutItem", Item=key() | {"": {"S": ""}}) == (
        f"{ENVELOPE}Empty attribute name"
    )


@pytest.mark.aws(
    "A name that an expression or a legacy parameter gives is at least one character",
    source=NAMES,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("UpdateItem", {"Key": key(), "AttributeUpdates": {"": {"Action": "DELETE"}}}),
        ("DeleteItem", {"Key": key(), "Expected": {"": {"Exists": False}}}),
        ("Scan", {"ScanFilter": {"": {"ComparisonOperator": "NULL"}}}),
        ("UpdateItem", {"Key": key(), "UpdateExpression": "REMOVE #x"}),
        ("Scan", {"FilterExpression": "attribute_exists(#x"}),
        ("GetItem", {"Key": key(), "ProjectionExpression": "#x, #y"}),
    ],
)
def test_no_empty_name_is_given(operation: str, parameters: dict[str, Any]) -> None:
    fault, names = "Empty attribute name", {}
    if any(parameter.endswith("Expression") for parameter in parameters):
        fault = f"ExpressionAttributeNames contains invalid value: {fault} for key #x"
        names = {"ExpressionAttributeNames": {"#x": "", "#y": ""}}
    said = refusal(Engine(), operation, **parameters, **names)
    assert said.removeprefix(ENVELOPE) == fault


@pytest.mark.aws(
    "The name of a key of an index is at most 255 characters", source=NAMES, service="dynamodb"
)
def test_the_name_of_an_index_key_is_short() -> None:
    def asked(name: str) -> dict[str, Any]:
        create = {
            "IndexName": "other",
            "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        }
        return {
            "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"}],
            "GlobalSecondaryIndexUpdates": [{"Create": create}],
        }

    engine = Engine()
    said = refusal(engine, "UpdateTable", **asked("x" * 256))
    assert said.endswith("Member must have length less than or equal to 255")
    engine.call("UpdateTable", **asked("x" * 255))


def test_in_takes_a_hundred_operands_with_the_one_before_it() -> None:
    engine = Engine()
    values = {f":v{number}": {"N": str(number)} for number in range(100)}
    most = dict(list(values.items())[:99])
    engine.call(
        "Scan", FilterExpression=f"n IN ({', '.join(most)})", ExpressionAttributeValues=most
    )
    said = refusal(
        engine,
        "Scan",
        FilterExpression=f"n IN ({', '.join(values)})",
        ExpressionAttributeValues=values,
    )
    assert said == (
        "Invalid FilterExpression: The IN operator is provided with too many operands; "
        "number of operands: 101"
    )
