"""What AWS says when a call does not fit the table or the item, letter for letter."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal, used

RUN_TIME = [
    (
        "SET a = gone",
        "The provided expression refers to an attribute that does not exist in the item",
    ),
    ("SET a = word + :n", "An operand in the update expression has an incorrect data type"),
    ("ADD word :n", "An operand in the update expression has an incorrect data type"),
    (
        "SET gone.a = :n",
        "The document path provided in the update expression is invalid for update",
    ),
    (
        "SET word[0] = :n",
        "The document path provided in the update expression is invalid for update",
    ),
    ("REMOVE gone.a", "The document path provided in the update expression is invalid for update"),
    (
        "SET a = gone, gone.a = :n",
        "The document path provided in the update expression is invalid for update",
    ),
    (
        "SET pk = :n",
        (
            "One or more parameter values were invalid: Cannot update attribute pk. "
            "This attribute is part of the key"
        ),
    ),
]

ITEMS = [
    ({}, "One or more parameter values were invalid: Missing the key pk in the item"),
    (
        {"pk": {"S": "p"}},
        "One or more parameter values were invalid: Missing the key sk in the item",
    ),
    (
        {"pk": {"N": "1"}, "sk": {"S": "s"}},
        (
            "One or more parameter values were invalid: "
            "Type mismatch for key pk expected: S actual: N"
        ),
    ),
    (
        key("") | {},
        (
            "One or more parameter values are not valid. The AttributeValue for a key attribute "
            "cannot contain an empty string value. Key: sk"
        ),
    ),
    (
        {"pk": {"S": "p" * 2049}, "sk": {"S": "s"}},
        (
            "One or more parameter values were invalid: "
            "Size of hashkey has exceeded the maximum size limit of2048 bytes"
        ),
    ),
    (
        key("s" * 1025),
        (
            "One or more parameter values were invalid: "
            "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
        ),
    ),
]

VALUES = [
    (
        key() | {"a": {"NULL": False}},
        (
            "One or more parameter values were invalid: "
            "Null attribute value types must have the value of true"
        ),
    ),
    (
        key() | {"a": {"SS": []}},
        "One or more parameter values were invalid: An string set  may not be empty",
    ),
    (
        key() | {"a": {"SS": ["a", "a"]}},
        'One or more parameter values were invalid: Input collection ["a", "a"] contains duplicates.',
    ),
    (
        key() | {"a": {"NS": ["1", "1.0"]}},
        "One or more parameter values were invalid: Input collection contains duplicates.",
    ),
    (
        key() | {"a": {"N": "abc"}},
        "The parameter cannot be converted to a numeric value: abc",
    ),
    (
        key() | {"a": {"N": "1e126"}},
        "Number overflow. Attempting to store a number with magnitude larger than supported range",
    ),
    (
        key() | {"a": {"N": "1e-131"}},
        (
            "Number underflow. "
            "Attempting to store a number with magnitude smaller than supported range"
        ),
    ),
    (
        key() | {"a": {"N": "1" * 39}},
        "Attempting to store more than 38 significant digits in a Number",
    ),
    (
        key() | {"a": {}},
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    ),
    (
        key() | {"a": {"S": "x", "N": "1"}},
        (
            "Supplied AttributeValue has more than one datatypes set, "
            "must contain exactly one of the supported datatypes"
        ),
    ),
]


@pytest.mark.aws(
    "An update whose operands are missing or of a wrong type is a ValidationException.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_update_expression.py",
    service="dynamodb",
)
@pytest.mark.parametrize(("expression", "message"), RUN_TIME)
def test_an_update_that_does_not_fit_the_item_is_refused(expression: str, message: str) -> None:
    engine = Engine()
    engine.put(word={"S": "x"})
    parameters: dict[str, Any] = {"Key": key(), "UpdateExpression": expression}
    if used(expression):
        parameters["ExpressionAttributeValues"] = used(expression)
    assert refusal(engine, "UpdateItem", **parameters) == message


@pytest.mark.aws(
    "An item that lacks a key attribute, or has one of another type, is a ValidationException.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_item.py",
    service="dynamodb",
)
@pytest.mark.parametrize(("item", "message"), ITEMS)
def test_an_item_that_does_not_fit_the_table_is_refused(
    item: dict[str, Any], message: str
) -> None:
    assert refusal(Engine(), "PutItem", Item=item) == message


@pytest.mark.parametrize(("item", "message"), VALUES)
def test_an_illegal_value_is_refused(item: dict[str, Any], message: str) -> None:
    assert refusal(Engine(), "PutItem", Item=item) == ENVELOPE + message


@pytest.mark.aws(
    "A placeholder that no expression uses is a ValidationException, whether or not the condition would hold.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_condition_expression.py",
    service="dynamodb",
)
@pytest.mark.parametrize("is_there", [True, False])
def test_an_unused_placeholder_fails_before_the_condition_is_looked_at(*, is_there: bool) -> None:
    engine = Engine()
    if is_there:
        engine.put()
    parameters = {"Item": key(), "ConditionExpression": "attribute_exists(pk)"}
    unused = "unused in expressions: keys:"
    said = refusal(
        engine, "PutItem", **parameters, ExpressionAttributeNames={"#a": "a", "#b": "b"}
    )
    assert said == f"{ENVELOPE}Value provided in ExpressionAttributeNames {unused} {{#a, #b}}"
    said = refusal(engine, "PutItem", **parameters, ExpressionAttributeValues={":a": {"S": ""}})
    assert said == f"{ENVELOPE}Value provided in ExpressionAttributeValues {unused} {{:a}}"


@pytest.mark.aws(
    "A key must have exactly the attributes of the schema, with their types.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_item.py",
    service="dynamodb",
)
def test_the_key_must_be_that_of_the_schema() -> None:
    message = "The provided key element does not match the schema"
    for wrong in (
        {},
        {"pk": {"S": "p"}},
        key() | {"a": {"S": ""}},
        {"pk": {"S": ""}, "k": {"S": ""}},
        {"pk": {"N": "1"}, "sk": {"S": "s"}},
        {"pk": {"S": "p"}, "sk": {"B": b"s"}},
    ):
        assert refusal(Engine(), "GetItem", Key=wrong) == message


@pytest.mark.aws(
    "An attribute that is an index's key must have the index's type.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_gsi.py",
    service="dynamodb",
)
def test_an_index_key_of_another_type_is_refused() -> None:
    engine = Engine(INDEXED)
    said = refusal(engine, "PutItem", Item=key() | {"verdict": {"N": "1"}})
    assert said == (
        "One or more parameter values were invalid: Type mismatch for Index Key verdict "
        "Expected: S Actual: N IndexName: byVerdict"
    )
    said = refusal(
        engine,
        "UpdateItem",
        Key=key(),
        UpdateExpression="SET verdict = :n",
        ExpressionAttributeValues=used(":n"),
    )
    assert said == (
        "The update expression attempted to update the secondary index key to unsupported type"
    )


@pytest.mark.aws(
    "A filter expression cannot contain partition key or sort key attributes.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.FilterExpression.html",
    service="dynamodb",
)
def test_a_filter_must_not_name_a_key() -> None:
    said = refusal(
        Engine(),
        "Query",
        KeyConditionExpression="pk = :s",
        FilterExpression="sk = :s",
        ExpressionAttributeValues=used(":s"),
    )
    assert said == (
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk"
    )


@pytest.mark.aws(
    "An operation on a table that is not there is ResourceNotFoundException.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html",
    service="dynamodb",
)
def test_a_missing_table_is_not_found() -> None:
    engine = Engine()
    for operation, message in (
        ("GetItem", "Requested resource not found"),
        ("DescribeTable", "Requested resource not found: Table: other not found"),
    ):
        with pytest.raises(ServiceError) as caught:
            engine.ask(
                operation, TableName="other", **({"Key": key()} if "Item" in operation else {})
            )
        assert (caught.value.code, caught.value.message) == ("ResourceNotFoundException", message)


@pytest.mark.aws(
    "An operation on an item of a table with no legal name is a ValidationException.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_item.py",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("non!existent!table", "satisfy regular expression pattern: [a-zA-Z0-9_.-]+"),
        ("xx", "have length greater than or equal to 3"),
    ],
)
def test_a_name_that_no_table_can_have_is_refused(name: str, rule: str) -> None:
    with pytest.raises(ServiceError) as caught:
        Engine().ask("PutItem", TableName=name, Item=key())
    assert caught.value.code == "ValidationException"
    assert caught.value.message == (
        f"{ENVELOPE}Value '{name}' at 'tableName' failed to satisfy constraint: Member must {rule}"
    )
