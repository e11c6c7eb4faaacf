"""Global indexes whose keys have several attributes of a kind."""

from typing import Any

import pytest

from harness.tests.services.dynamodb.engine import Engine
from harness.tests.services.dynamodb.refusals import refusal

VERIFIED = (
    "https://github.com/getmoto/moto/blob/master/tests/test_dynamodb/"
    "test_dynamodb_multi_attribute_gsi.py"
)
FROM_THE_LEFT = (
    "Items sort by the sort attributes in their order; conditions name them from the left, and "
    "only the last may be a range"
)
NAMES = ("h", "i", "a", "b")
COMPOSITE: dict[str, Any] = {
    "TableName": "demandTable",
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        *({"AttributeName": name, "AttributeType": "S"} for name in NAMES),
        {"AttributeName": "c", "AttributeType": "N"},
    ],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "composite",
            "KeySchema": [
                {"AttributeName": "h", "KeyType": "HASH"},
                {"AttributeName": "i", "KeyType": "HASH"},
                {"AttributeName": "a", "KeyType": "RANGE"},
                {"AttributeName": "b", "KeyType": "RANGE"},
                {"AttributeName": "c", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
}
ROWS = {
    "p1": ("h", "i", "T", "live", "10"),
    "p2": ("h", "i", "T", "live", "9"),
    "p3": ("h", "i", "T", "draft", "1"),
    "p4": ("h", "i", "F", "live", "1"),
    "p5": ("h", "j", "F", "live", "1"),
}


def filled() -> Engine:
    engine = Engine(COMPOSITE)
    for name, (h, i, a, b, c) in ROWS.items():
        values = {"h": {"S": h}, "i": {"S": i}, "a": {"S": a}, "b": {"S": b}, "c": {"N": c}}
        engine.call("PutItem", Item={"pk": {"S": name}} | values)
    engine.call("PutItem", Item={"pk": {"S": "p6"}, "h": {"S": "h"}, "i": {"S": "i"}})
    return engine


def parameters(condition: str) -> dict[str, Any]:
    values = {
        ":h": {"S": "h"},
        ":i": {"S": "i"},
        ":t": {"S": "T"},
        ":live": {"S": "live"},
        ":n": {"N": "9"},
    }
    used = {name: value for name, value in values.items() if name in condition}
    return {
        "IndexName": "composite",
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": used,
    }


@pytest.mark.aws(FROM_THE_LEFT, source=VERIFIED, service="dynamodb")
@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("h = :h AND i = :i", ["p4", "p3", "p2", "p1"]),
        ("i = :i AND a = :t AND h = :h", ["p3", "p2", "p1"]),
        ("h = :h AND i = :i AND a = :t AND b = :live", ["p2", "p1"]),
        ("h = :h AND i = :i AND a < :t", ["p4"]),
        ("h = :h AND i = :i AND a = :t AND begins_with(b, :live)", ["p2", "p1"]),
        ("h = :h AND i = :i AND a = :t AND b = :live AND c > :n", ["p1"]),
        ("h = :h AND i = :i AND a = :t AND b = :live AND c <= :n", ["p2"]),
        ("h = :h AND i = :i AND a = :t AND b = :live AND c BETWEEN :n AND :n", ["p2"]),
    ],
)
def test_conditions_narrow_from_the_left(condition: str, found: list[str]) -> None:
    engine = filled()
    forth = engine.call("Query", **parameters(condition))
    back = engine.call("Query", **parameters(condition), ScanIndexForward=False)
    assert [item["pk"]["S"] for item in forth["Items"]] == found
    assert [item["pk"]["S"] for item in back["Items"]] == found[::-1]


@pytest.mark.aws(FROM_THE_LEFT, source=VERIFIED, service="dynamodb")
@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("h = :h", "Query condition missed key schema element: i"),
        (
            "h = :h AND i = :i AND b = :live",
            (
                "RANGE key attributes a must have equality conditions specified in the query "
                "because a condition is present on key attribute b"
            ),
        ),
        (
            "h = :h AND i = :i AND a > :t AND b = :live",
            (
                "RANGE key attributes a must have equality conditions specified in the query "
                "because a condition is present on key attribute b"
            ),
        ),
    ],
)
def test_a_gap_is_refused(condition: str, message: str) -> None:
    assert refusal(filled(), "Query", **parameters(condition)) == message


def test_pages_go_on_where_they_ended() -> None:
    engine = filled()
    asked = parameters("h = :h AND i = :i")
    seen: list[str] = []
    start: dict[str, Any] = {}
    while True:
        answer = engine.call("Query", **asked, **start, Limit=1)
        seen += [item["pk"]["S"] for item in answer["Items"]]
        if "LastEvaluatedKey" not in answer:
            break
        assert answer["LastEvaluatedKey"].keys() == {"pk", "h", "i", "a", "b", "c"}
        start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
    assert seen == ["p4", "p3", "p2", "p1"]


def test_a_scan_of_the_index_sees_each_entry_once_in_any_segment() -> None:
    engine = filled()
    seen = [
        item["pk"]["S"]
        for segment in range(3)
        for item in engine.call("Scan", IndexName="composite", Segment=segment, TotalSegments=3)[
            "Items"
        ]
    ]
    assert sorted(seen) == ["p1", "p2", "p3", "p4", "p5"]
