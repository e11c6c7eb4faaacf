"""Writing and reading single items: what is stored, returned and counted."""

from enum import StrEnum
from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.itemsize import item_size, value_size
from harness.services.dynamodb.numbers import normal_number
from harness.tests.services.dynamodb.engine import INDEXED, TABLE, Engine, key


@pytest.mark.aws(
    "Leading and trailing zeroes of a number are trimmed.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("1e3", "1000"),
        (".5", "0.5"),
        ("-0", "0"),
        ("0e5", "0"),
        ("+007.50", "7.5"),
        ("1e125", "1" + "0" * 125),
        ("1e-130", "0." + "0" * 129 + "1"),
        ("9" * 38, "9" * 38),
    ],
)
def test_a_number_is_kept_in_normal_form(given: str, normal: str) -> None:
    assert normal_number(given) == normal


@pytest.mark.aws(
    "An item's size is that of its attribute names and values, counted by type.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"N": "0"}, 1),
        ({"N": "100"}, 2),
        ({"N": "12"}, 2),
        ({"N": "120"}, 2),
        ({"N": "1010"}, 3),
        ({"N": "123"}, 3),
        ({"N": "1234"}, 3),
        ({"N": "12345678901234567890123456789012345678"}, 20),
        ({"N": "0.0000001"}, 2),
        ({"N": "1.5"}, 3),
        ({"N": "1.234"}, 4),
        ({"N": "3.14159"}, 5),
        ({"N": "100.5"}, 4),
        ({"N": "0.15"}, 2),
        ({"N": "-42"}, 3),
        ({"S": "\u00e9"}, 2),
        ({"BOOL": True}, 1),
        ({"L": [{"S": "ab"}]}, 6),
        ({"M": {"k": {"S": "ab"}}}, 7),
        ({"SS": ["a", "bc"]}, 3),
    ],
)
def test_a_value_has_the_size_that_aws_counts(value: dict[str, Any], size: int) -> None:
    assert value_size(value) == size


@pytest.mark.aws(
    "An item is at most 400 KB, names and values together.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html",
    service="dynamodb",
)
def test_an_item_may_have_exactly_400_kb() -> None:
    engine = Engine()
    room = 409_600 - item_size(key()) - len("padding")
    engine.put(padding={"S": "x" * room})
    with pytest.raises(ServiceError, match="Item size has exceeded the maximum allowed size"):
        engine.put(padding={"S": "x" * (room + 1)})
    with pytest.raises(ServiceError, match="Item size to update has exceeded"):
        engine.update("SET a = :a", {":a": {"BOOL": True}})


@pytest.mark.aws(
    "All values of an update are read before any of them is written.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_update_expression.py",
    service="dynamodb",
)
def test_all_right_hand_sides_see_the_item_as_it_was() -> None:
    engine = Engine()
    engine.put(a={"N": "1"}, b={"N": "2"})
    engine.update("SET a = b, b = a")
    assert engine.item() == key() | {"a": {"N": "2"}, "b": {"N": "1"}}


@pytest.mark.aws(
    "REMOVE alone does not create an item that is not there.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_returnvalues.py",
    service="dynamodb",
)
def test_removing_from_a_missing_item_does_not_make_it() -> None:
    engine = Engine()
    assert engine.update("REMOVE a", ReturnValues="ALL_NEW") == {}
    assert engine.item() is None
    engine.call("UpdateItem", Key=key())
    assert engine.item() == key()


@pytest.mark.aws(
    "An element can be removed from within an item that does not exist: nothing is done.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_update_expression.py",
    service="dynamodb",
)
@pytest.mark.parametrize("expression", ["REMOVE a.b", "REMOVE a[0]"])
def test_to_remove_from_within_a_missing_item_does_nothing(expression: str) -> None:
    engine = Engine()
    assert engine.update(expression) == {}
    assert engine.item() is None


@pytest.mark.aws(
    "An index into a list refers to the list as it was before the update, whatever else it removes.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_update_expression.py",
    service="dynamodb",
)
def test_list_indexes_refer_to_the_list_before_the_update() -> None:
    engine = Engine()
    engine.put(l={"L": [{"N": str(number)} for number in range(4)]})
    engine.update("SET l[9] = :a, l[7] = :b, l[1] = :c REMOVE l[0], l[2]", {
        ":a": {"S": "nine"}, ":b": {"S": "seven"}, ":c": {"S": "one"},
    })  # fmt: skip
    item = engine.item()
    assert item is not None
    assert item["l"]["L"] == [{"S": "one"}, {"N": "3"}, {"S": "seven"}, {"S": "nine"}]


@pytest.mark.aws(
    "Numbers have up to 38 digits of precision; exceeding it is an exception.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
    service="dynamodb",
)
@pytest.mark.aws(
    "A sum that 38 digits cannot represent is refused as a number overflow.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_number.py",
    service="dynamodb",
)
def test_arithmetic_is_exact_to_38_digits_and_refused_beyond() -> None:
    engine = Engine()
    engine.put(n={"N": "1" + "0" * 37})
    engine.update("ADD n :one", {":one": {"N": "1"}})
    for expression in ("ADD n :half", "SET n = n + :half", "SET n = n - :half"):
        with pytest.raises(ServiceError, match="Number overflow") as caught:
            engine.update(expression, {":half": {"N": "0.5"}})
        assert caught.value.code == "ValidationException"
    item = engine.item()
    assert item is not None
    assert item["n"] == {"N": "1" + "0" * 36 + "1"}


@pytest.mark.aws(
    "ReturnValues gives the item, or the updated attributes alone, as they were before or after.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("wanted", "attributes"),
    [
        ("ALL_OLD", key() | {"a": {"M": {"x": {"N": "1"}, "y": {"N": "2"}}}, "b": {"S": "b"}}),
        ("ALL_NEW", key() | {"a": {"M": {"x": {"N": "9"}, "y": {"N": "2"}}}}),
        ("UPDATED_OLD", {"a": {"M": {"x": {"N": "1"}}}, "b": {"S": "b"}}),
        ("UPDATED_NEW", {"a": {"M": {"x": {"N": "9"}}}}),
        ("NONE", None),
    ],
)
def test_an_update_returns_what_was_asked_for(
    wanted: str, attributes: dict[str, Any] | None
) -> None:
    engine = Engine()
    engine.put(a={"M": {"x": {"N": "1"}, "y": {"N": "2"}}}, b={"S": "b"})
    answer = engine.update("SET a.x = :n REMOVE b", {":n": {"N": "9"}}, ReturnValues=wanted)
    assert answer.get("Attributes") == attributes


@pytest.mark.aws(
    "ReturnValuesOnConditionCheckFailure ALL_OLD returns the item that failed the condition.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html",
    service="dynamodb",
)
def test_a_failed_condition_shows_the_item_to_those_who_ask() -> None:
    engine = Engine()
    engine.put(a={"S": "x"})
    condition = {"ConditionExpression": "attribute_not_exists(pk)", "Item": key()}
    with pytest.raises(ServiceError, match="The conditional request failed") as caught:
        engine.call("PutItem", **condition, ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert caught.value.fields == {"Item": key() | {"a": {"S": "x"}}}
    with pytest.raises(ServiceError) as caught:
        engine.call("PutItem", **condition)
    assert caught.value.fields == {}


@pytest.mark.aws(
    "An attribute that does not exist is never equal to anything, and unequal to everything.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_condition_expression.py",
    service="dynamodb",
)
def test_missing_attributes_equal_nothing_not_even_each_other() -> None:
    engine = Engine()
    engine.put()
    for condition, holds in (
        ("gone = other", False),
        ("gone <> other", True),
        ("NOT gone < other", True),
        ("size(gone) = size(other)", False),
    ):
        answer = engine.call("Scan", FilterExpression=condition.replace("other", "elsewhere"))
        assert bool(answer["Count"]) is holds, condition


@pytest.mark.parametrize(
    ("value", "size"),
    [({"S": "abc"}, 3), ({"S": "\u00e9"}, 1), ({"S": "\U0001f600"}, 2), ({"B": b"ab"}, 2)],
)
def test_a_text_has_the_size_of_its_code_units(value: dict[str, Any], size: int) -> None:
    """As DynamoDB Local counts them."""
    engine = Engine()
    engine.put(a=value)
    found = engine.call(
        "Scan",
        FilterExpression="size(a) = :size",
        ExpressionAttributeValues={":size": {"N": str(size)}},
    )
    assert found["Count"] == 1


@pytest.mark.aws(
    "A strongly consistent read of up to 4 KB requires one read unit, an eventually consistent one half.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html",
    service="dynamodb",
)
def test_a_read_costs_by_4_kb_and_half_when_eventual() -> None:
    engine = Engine()
    engine.put(padding={"S": "x" * 5000})
    for is_strong, units in ((True, 2.0), (False, 1.0)):
        answer = engine.call(
            "GetItem", Key=key(), ConsistentRead=is_strong, ReturnConsumedCapacity="TOTAL"
        )
        assert answer["ConsumedCapacity"] == {"TableName": "demandTable", "CapacityUnits": units}


@pytest.mark.aws(
    "A write costs a unit for each 1 KB of the larger of the item before and after.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html",
    service="dynamodb",
)
@pytest.mark.aws(
    "Writes to a table consume write capacity for updating its global secondary indexes, too.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html",
    service="dynamodb",
)
def test_a_write_costs_by_the_larger_item_and_by_every_index_it_moves_in() -> None:
    engine = Engine(INDEXED)
    engine.put(padding={"S": "x" * 3000}, score={"N": "1"}, verdict={"S": "selected"})
    answer = engine.update(
        "SET verdict = :v REMOVE padding",
        {":v": {"S": "waiting"}},
        ReturnConsumedCapacity="INDEXES",
    )
    assert answer["ConsumedCapacity"] == {
        "TableName": "demandTable",
        "CapacityUnits": 5.0,
        "Table": {"CapacityUnits": 3.0},
        "GlobalSecondaryIndexes": {"byVerdict": {"CapacityUnits": 2.0}},
    }


@pytest.mark.aws(
    "A batch with two requests for one item is refused as a whole.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html",
    service="dynamodb",
)
def test_a_batch_is_refused_whole_for_one_duplicate() -> None:
    engine = Engine()
    requests = [{"PutRequest": {"Item": key()}}, {"DeleteRequest": {"Key": key()}}]
    with pytest.raises(ServiceError, match="Provided list of item keys contains duplicates"):
        engine.ask("BatchWriteItem", RequestItems={"demandTable": requests})
    assert engine.item() is None


def test_a_batch_writes_and_reads_many_items() -> None:
    engine = Engine()
    requests = [{"PutRequest": {"Item": key(sort)}} for sort in "abc"]
    answer = engine.ask("BatchWriteItem", RequestItems={"demandTable": requests})
    assert answer == {"UnprocessedItems": {}}
    wanted = {"Keys": [key("a"), key("z")], "ProjectionExpression": "sk"}
    answer = engine.ask("BatchGetItem", RequestItems={"demandTable": wanted})
    assert answer == {"Responses": {"demandTable": [{"sk": {"S": "a"}}]}, "UnprocessedKeys": {}}


@pytest.mark.aws(
    "A query stops when what it has read exceeds 1 MB, and gives a LastEvaluatedKey to go on with.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html",
    service="dynamodb",
)
def test_a_query_page_ends_after_one_megabyte() -> None:
    engine = Engine()
    for sort in "abcd":
        engine.put(sort, padding={"S": "x" * 400_000})
    parameters = {
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "p"}},
    }
    first = engine.call("Query", **parameters)
    assert (first["Count"], first["LastEvaluatedKey"]) == (3, key("c"))
    rest = engine.call("Query", **parameters, ExclusiveStartKey=first["LastEvaluatedKey"])
    assert rest["Count"] == 1
    assert "LastEvaluatedKey" not in rest


@pytest.mark.aws(
    "Results are sorted by the sort key; numbers in numeric order.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.html",
    service="dynamodb",
)
def test_numbers_are_sorted_by_value_in_an_index() -> None:
    engine = Engine(INDEXED)
    for sort, score in zip("abc", ("10", "9", "-1"), strict=True):
        engine.put(sort, score={"N": score}, verdict={"S": "v"}, rank={"N": "0"}, more={"S": ""})
    answer = engine.call(
        "Query",
        IndexName="byVerdict",
        KeyConditionExpression="verdict = :v AND score >= :low",
        ExpressionAttributeValues={":v": {"S": "v"}, ":low": {"N": "-1.0"}},
        Limit=2,
    )
    assert [item["score"]["N"] for item in answer["Items"]] == ["-1", "9"]
    assert "more" not in answer["Items"][0]
    assert answer["LastEvaluatedKey"].keys() == {"pk", "sk", "verdict", "score"}


def test_what_is_given_out_and_what_was_given_in_are_the_callers_own() -> None:
    engine = Engine()
    given = key() | {"flag": {"BOOL": True}, "tags": {"L": [{"S": "a"}]}}
    engine.call("PutItem", Item=given)
    given["tags"]["L"].append({"S": "b"})
    for _ in range(2):
        item = engine.item()
        assert item is not None
        assert (item["flag"], item["tags"]) == ({"BOOL": True}, {"L": [{"S": "a"}]})
        item["flag"]["BOOL"] = False
        item["tags"]["L"].clear()


def test_a_text_of_the_callers_own_class_is_stored_as_plain_text() -> None:
    class Verdict(StrEnum):
        SELECTED = "selected"

    engine = Engine()
    engine.put(verdict={"S": Verdict.SELECTED})
    item = engine.item()
    assert item is not None
    assert type(item["verdict"]["S"]) is str
    put = {"Put": {"TableName": "demandTable", "Item": key("t") | {"v": {"S": Verdict.SELECTED}}}}
    engine.ask("TransactWriteItems", TransactItems=[put], ClientRequestToken="token")
    assert engine.item("t") == key("t") | {"v": {"S": "selected"}}


def test_binary_keys_may_be_any_bytes_like_object() -> None:
    definitions = [{"AttributeName": "id", "AttributeType": "B"}]
    table = TABLE | {
        "AttributeDefinitions": definitions,
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    }
    engine = Engine(table)
    engine.call("PutItem", Item={"id": {"B": bytearray(b"\xff\x00")}})
    assert engine.call("GetItem", Key={"id": {"B": b"\xff\x00"}})["Item"] == {
        "id": {"B": b"\xff\x00"}
    }
    assert engine.call("Scan")["Count"] == 1
