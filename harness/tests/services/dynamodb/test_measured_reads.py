"""What Query and Scan answer, as the public suite measured it against AWS."""

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine
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
