"""What Query and Scan answer, as the public suite measured it against AWS."""

import pytest

from harness.tests.services.dynamodb.engine import Engine
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal, used

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
