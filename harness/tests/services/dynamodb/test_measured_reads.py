"""What Query and Scan answer, as the public suite measured it against AWS."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, Engine
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal, used

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/"
OLDER = "https://github.com/nubo-db/dynamodb-conformance/blob/main/tests/"


@pytest.mark.aws(
    "size() of a text counts UTF-16 code units, not bytes of UTF-8",
    source=f"{OLDER}tier1/query/expressions.test.ts",
    service="dynamodb",
)
def test_the_size_of_a_text_is_counted_in_units_of_utf_16() -> None:
    engine = Engine()
    engine.put(a={"S": "\u00e9\U0001d11e"}, b={"S": "plain"})
    for condition, size in (("size(a) = :n", 3), ("size(b) = :n", 5)):
        values = {":n": {"N": str(size)}}
        found = engine.call("Scan", FilterExpression=condition, ExpressionAttributeValues=values)
        assert found["Count"] == 1, condition


@pytest.mark.aws(
    "A Scan tells why its starting key is invalid, a Query does not",
    source=f"{OLDER}tier3/error-messages/scan.test.ts",
    service="dynamodb",
)
def test_a_wrong_starting_key_is_told_at_length_by_a_scan() -> None:
    start = {"ExclusiveStartKey": {"bad": {"S": "p"}}}
    fault = "The provided starting key is invalid"
    asked = {"KeyConditionExpression": "pk = :s", "ExpressionAttributeValues": used(":s")}
    assert refusal(Engine(), "Query", **asked, **start) == fault
    said = refusal(Engine(), "Scan", **start)
    assert said == f"{fault}: The provided key element does not match the schema"


@pytest.mark.aws(
    "The segment of a Scan must be less than the number of its segments",
    source=f"{OLDER}tier3/error-messages/scan.test.ts",
    service="dynamodb",
)
@pytest.mark.aws(
    "TotalSegments is at most 1000000",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("segment", "count", "message"),
    [
        (
            5,
            5,
            (
                "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                "Segment: 5 is not less than TotalSegments: 5"
            ),
        ),
        (
            0,
            1_000_001,
            (
                f"{ENVELOPE}Value '1000001' at 'totalSegments' failed to satisfy constraint: "
                "Member must have value less than or equal to 1000000"
            ),
        ),
        (
            -1,
            4,
            (
                f"{ENVELOPE}Value '-1' at 'segment' failed to satisfy constraint: "
                "Member must have value greater than or equal to 0"
            ),
        ),
    ],
)
def test_a_segment_that_there_is_not_is_refused(segment: int, count: int, message: str) -> None:
    assert refusal(Engine(), "Scan", Segment=segment, TotalSegments=count) == message


OPERAND = (
    "Incorrect operand type for operator or function; operator or function: begins_with, "
    "operand type: N"
)
UNDEFINED = (
    "An expression attribute value used in expression is not defined; attribute value: :gone"
)


@pytest.mark.aws(
    "Of the faults of a key condition that which is written first is told, before a clause too many",
    source=f"{SUITE}tier3/validation-ordering/queryKeyCondition.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ("pk = :gone AND begins_with(sk, :n)", UNDEFINED),
        ("begins_with(sk, :n) AND pk = :gone", OPERAND),
        ("pk = :s AND begins_with(sk, :n) AND sk = :gone", OPERAND),
        ("pk = :s AND begins_with(sk, :n) AND sk > :s", OPERAND),
        ("pk = :s AND sk BETWEEN :s AND :gone", UNDEFINED),
    ],
)
def test_the_first_fault_of_a_key_condition_is_told(condition: str, fault: str) -> None:
    asked = {
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": used(*condition.split()),
    }
    assert refusal(Engine(), "Query", **asked) == f"Invalid KeyConditionExpression: {fault}"


@pytest.mark.aws(
    "The operands of a key condition are looked at before its table is looked for",
    source=f"{SUITE}tier3/validation-ordering/queryKeyCondition.test.ts",
    service="dynamodb",
)
def test_a_wrong_operand_is_told_before_a_table_that_is_not_there() -> None:
    engine = Engine()
    condition = "pk = :s AND begins_with(sk, :n)"
    asked = {"KeyConditionExpression": condition, "TableName": "nowhere"}
    with pytest.raises(ServiceError, match="Incorrect operand type"):
        engine.ask("Query", **asked, ExpressionAttributeValues=used(":s", ":n"))


def by_partition(value: str = "p") -> dict[str, Any]:
    return {
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": value}},
    }


@pytest.mark.aws(
    "A Query or Scan is charged for what it reads before the filter and the projection",
    source=f"{OLDER}tier1/scan/consumedCapacity.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("operation", ["Query", "Scan"])
def test_neither_a_filter_nor_a_projection_makes_a_read_cheaper(operation: str) -> None:
    engine = Engine()
    for number in range(6):
        engine.put(str(number), keep={"BOOL": not number}, filler={"S": "x" * 1500})
    asked: dict[str, Any] = by_partition() if operation == "Query" else {}
    asked["ReturnConsumedCapacity"] = "TOTAL"
    values = asked.get("ExpressionAttributeValues", {}) | {":b": {"BOOL": True}}
    filtered = {"FilterExpression": "keep = :b", "ExpressionAttributeValues": values}
    projected = {"ProjectionExpression": "sk"}
    for more, count in ((filtered, 1), (projected, 6), (filtered | projected, 1)):
        answer = engine.call(operation, **asked | more)
        assert answer["Count"] == count
        assert answer["ConsumedCapacity"]["CapacityUnits"] == 1.5


@pytest.mark.aws(
    "A page of an index ends at a key of the table's and the index's attributes, and no item comes twice",
    source=f"{OLDER}tier1/query/gsi.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("operation", ["Query", "Scan"])
@pytest.mark.parametrize(
    ("index", "condition"),
    [("byScore", "pk = :s AND score = :n"), ("byVerdict", "verdict = :s AND score = :n")],
)
def test_items_with_the_same_index_key_are_told_apart_by_their_own(
    operation: str, index: str, condition: str
) -> None:
    engine = Engine(INDEXED)
    for sort in "abcd":
        item = {"pk": {"S": "a"}, "sk": {"S": sort}, "verdict": {"S": "a"}, "score": {"N": "1"}}
        engine.call("PutItem", Item=item)
    asked: dict[str, Any] = {"IndexName": index, "Limit": 1}
    if operation == "Query":
        asked |= {
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": used(condition),
        }
    names = {"pk", "sk", "score"} | ({"verdict"} if index == "byVerdict" else set())
    seen = []
    for _ in range(4):
        answer = engine.call(operation, **asked)
        seen += [item["sk"]["S"] for item in answer["Items"]]
        asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        assert answer["LastEvaluatedKey"].keys() == names
    assert seen == ["a", "b", "c", "d"]
    assert engine.call(operation, **asked)["Items"] == []


@pytest.mark.aws(
    "An item that lacks a key attribute of an index is in the table and not in the index",
    source=f"{OLDER}tier1/query/gsi.test.ts",
    service="dynamodb",
)
def test_an_index_holds_only_items_with_all_of_its_keys() -> None:
    engine = Engine(INDEXED)
    engine.put("whole", verdict={"S": "v"}, score={"N": "1"})
    engine.put("unsorted", verdict={"S": "v"})
    engine.put("bare")
    asked = {
        "KeyConditionExpression": "verdict = :v",
        "ExpressionAttributeValues": {":v": {"S": "v"}},
    }
    assert engine.call("Query", IndexName="byVerdict", **asked)["Count"] == 1
    assert engine.call("Scan", IndexName="byVerdict")["Count"] == 1
    assert engine.call("Query", IndexName="byScore", **by_partition())["Count"] == 1
    assert engine.call("Query", **by_partition())["Count"] == 3


@pytest.mark.aws(
    "Consistent reads are not supported on global secondary indexes",
    source=f"{SUITE}tier3/error-messages/indexReads.test.ts",
    service="dynamodb",
)
@pytest.mark.aws(
    "To read an index that the table does not have is a ValidationException",
    source=f"{OLDER}tier3/validation-ordering/index.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("operation", ["Query", "Scan"])
def test_an_index_that_cannot_be_read_so_is_refused(operation: str) -> None:
    engine = Engine(INDEXED)
    asked: dict[str, Any] = {}
    if operation == "Query":
        asked = {
            "KeyConditionExpression": "verdict = :s",
            "ExpressionAttributeValues": used(":s"),
        }
    said = refusal(engine, operation, IndexName="byVerdict", ConsistentRead=True, **asked)
    assert said == "Consistent reads are not supported on global secondary indexes"
    said = refusal(engine, operation, IndexName="byNothing", **asked)
    assert said.startswith("The table does not have the specified index")


INVALID = "Invalid KeyConditionExpression: "
NO_OPERAND = f"{INVALID}Incorrect operand type for operator or function; operator or function: "
NO_KEY = "One or more parameter values were invalid: Condition parameter type does not match schema type"


@pytest.mark.aws(
    "An operand that no key could be is a fault of the key condition, one that this key is not one of its type",
    source=f"{SUITE}tier3/error-messages/queryKeyConditionOperands.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("begins_with(score, :n)", f"{NO_OPERAND}begins_with, operand type: N"),
        ("begins_with(score, :b)", f"{NO_OPERAND}begins_with, operand type: BOOL"),
        ("begins_with(score, :s)", NO_KEY),
        ("score < :b", f"{NO_OPERAND}<, operand type: BOOL"),
        (":b >= score", f"{NO_OPERAND}>=, operand type: BOOL"),
        ("score BETWEEN :b AND :b", f"{NO_OPERAND}BETWEEN, operand type: BOOL"),
        ("score = :b", NO_KEY),
        (
            "score > :n AND score < :m",
            f"{INVALID}KeyConditionExpressions must only contain one condition per key",
        ),
        (
            "score > :n AND extra = :m",
            (
                "The number of query conditions (3) exceeds the number of key attributes defined "
                "in the schema (2)"
            ),
        ),
    ],
)
def test_an_operand_that_is_no_key_is_refused(condition: str, message: str) -> None:
    asked = {
        "KeyConditionExpression": f"pk = :s AND {condition}",
        "ExpressionAttributeValues": used(":s", condition),
    }
    assert refusal(Engine(INDEXED), "Query", IndexName="byScore", **asked) == message


@pytest.mark.aws(
    "A key condition may name the value first",
    source=f"{OLDER}tier1/query/keyConditionSemantics.test.ts",
    service="dynamodb",
)
def test_the_value_of_a_key_condition_may_stand_first() -> None:
    engine = Engine()
    for sort in "abc":
        engine.put(sort)
    values = {":p": {"S": "p"}, ":low": {"S": "b"}}
    condition = ":p = pk AND :low <= sk"
    found = engine.call(
        "Query", KeyConditionExpression=condition, ExpressionAttributeValues=values
    )
    assert [item["sk"]["S"] for item in found["Items"]] == ["b", "c"]


@pytest.mark.aws(
    "Sets are equal whatever the order of their members",
    source=f"{OLDER}tier1/scan/filterOperators.test.ts",
    service="dynamodb",
)
@pytest.mark.aws(
    "Sets of numbers are compared by all of their digits",
    source=f"{SUITE}tier3/limits/numberPrecision.test.ts",
    service="dynamodb",
)
@pytest.mark.aws(
    "contains() with an empty text finds a set that has it as a member, and no other",
    source=f"{SUITE}tier1/query/expressions.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ("tags = :v", {"SS": ["b", "a"]}, True),
        ("tags <> :v", {"SS": ["b", "a"]}, False),
        ("digits = :v", {"NS": ["100000000000000001"]}, True),
        ("digits = :v", {"NS": ["100000000000000002"]}, False),
        ("contains(tags, :v)", {"S": ""}, False),
        ("contains(hollow, :v)", {"S": ""}, True),
        ("bytes > :v", {"B": b"\x01\x02"}, True),
        ("bytes > :v", {"B": b"\x01\xff\x00"}, False),
        ("begins_with(bytes, :v)", {"B": b"\x01"}, True),
    ],
)
def test_a_filter_compares_by_value(condition: str, value: dict[str, Any], holds: bool) -> None:  # noqa: FBT001 - a column of the table
    engine = Engine()
    engine.put(
        tags={"SS": ["a", "b"]},
        digits={"NS": ["100000000000000001"]},
        hollow={"SS": ["", "x"]},
        bytes={"B": b"\x01\xff"},
    )
    filtered = {
        "FilterExpression": condition.replace("bytes", "#b"),
        "ExpressionAttributeValues": {":v": value},
    }
    if "bytes" in condition:
        filtered["ExpressionAttributeNames"] = {"#b": "bytes"}
    assert engine.call("Scan", **filtered)["Count"] == int(holds)


@pytest.mark.aws(
    "Paths of a projection may share their beginning, and are put together again",
    source=f"{SUITE}tier1/query/projection.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("operation", ["Query", "Scan"])
def test_paths_that_begin_alike_are_put_together(operation: str) -> None:
    engine = Engine()
    elements = [{"M": {name: {"S": name + str(n)} for name in "xyz"}} for n in range(2)]
    engine.put(m={"M": {name: {"S": name} for name in "abc"}}, l={"L": elements})
    asked = by_partition() if operation == "Query" else {}
    projection = "m.a, m.b, l[1], l[0].x, l[0].y"
    found = engine.call(operation, ProjectionExpression=projection, **asked)["Items"]
    first = {"M": {name: {"S": f"{name}0"} for name in "xy"}}
    assert found == [
        {"m": {"M": {name: {"S": name} for name in "ab"}}, "l": {"L": [first, elements[1]]}}
    ]


@pytest.mark.aws(
    "EQ of a QueryFilter compares truth values, too",
    source=f"{OLDER}tier3/legacy-api/queryFilter.test.ts",
    service="dynamodb",
)
def test_a_legacy_filter_compares_truth_values() -> None:
    engine = Engine()
    engine.put("a", flag={"BOOL": True})
    engine.put("b", flag={"BOOL": False})
    condition = {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "p"}]}
    wanted = {"ComparisonOperator": "EQ", "AttributeValueList": [{"BOOL": True}]}
    found = engine.call("Query", KeyConditions={"pk": condition}, QueryFilter={"flag": wanted})
    assert [item["sk"]["S"] for item in found["Items"]] == ["a"]
    assert found["ScannedCount"] == 2


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ("m.x = sk", "KeyConditionExpressions cannot have conditions on nested attributes"),
        (
            "sk = m.x",
            "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
        ),
        (
            "m.x BETWEEN sk AND :n",
            "KeyConditionExpressions cannot have conditions on nested attributes",
        ),
        ("NOT NOT sk = :n", "Invalid operator used in KeyConditionExpression: NOT"),
    ],
)
def test_a_clause_of_a_key_condition_is_read_from_its_left(condition: str, fault: str) -> None:
    """As DynamoDB Local answers, but for the beginning of its words."""
    text = f"pk = :s AND {condition}"
    asked = {"KeyConditionExpression": text, "ExpressionAttributeValues": used(*text.split())}
    said = refusal(Engine(), "Query", **asked)
    assert said == f"Invalid KeyConditionExpression: {fault}"
