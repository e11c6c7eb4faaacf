"""``Select``: what is given back, and what may not stand beside it."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

SUITE = "https://github.com/nubo-db/dynamodb-conformance/blob/main/tests/"
QUERY = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html"
FAULTS = [
    (
        {"Select": "count"},
        (
            "Value 'count' at 'select' failed to satisfy constraint: Member must satisfy enum "
            "value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]"
        ),
    ),
    (
        {"Select": "COUNT", "ProjectionExpression": "a"},
        "Cannot specify the ProjectionExpression when choosing to get only the Count",
    ),
    (
        {"Select": "ALL_ATTRIBUTES", "ProjectionExpression": "a"},
        "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES",
    ),
    (
        {"Select": "ALL_ATTRIBUTES", "AttributesToGet": ["a"]},
        "Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES",
    ),
    (
        {"Select": "SPECIFIC_ATTRIBUTES"},
        (
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
            "SPECIFIC_ATTRIBUTES"
        ),
    ),
    (
        {"Select": "ALL_PROJECTED_ATTRIBUTES"},
        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
    ),
]


@pytest.mark.aws(
    "If you use ProjectionExpression, Select can only be SPECIFIC_ATTRIBUTES",
    source=QUERY,
    service="dynamodb",
)
@pytest.mark.aws(
    "Query and Scan tell a Select that contradicts the rest alike, in the envelope",
    source="https://github.com/getmoto/moto/blob/master/tests/test_dynamodb/test_dynamodb_select.py",
    service="dynamodb",
)
@pytest.mark.parametrize(("parameters", "message"), FAULTS)
def test_a_selection_that_contradicts_the_rest_is_refused(
    parameters: dict[str, Any], message: str
) -> None:
    for operation in ("Query", "Scan"):
        assert refusal(Engine(), operation, **parameters) == ENVELOPE + message


@pytest.mark.aws(
    "ALL_ATTRIBUTES of a global index that does not hold them is a ValidationException",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_gsi.py",
    service="dynamodb",
)
def test_a_global_index_gives_what_it_holds() -> None:
    engine = Engine(INDEXED)
    item = {"verdict": {"S": "v"}, "score": {"N": "1"}, "rank": {"N": "2"}, "x": {"S": "y"}}
    engine.put(**item)
    answer = engine.call("Scan", IndexName="byVerdict")
    assert answer["Items"] == [key() | {n: item[n] for n in ("verdict", "score", "rank")}]
    said = refusal(engine, "Scan", IndexName="byVerdict", Select="ALL_ATTRIBUTES")
    assert said == (
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported "
        "for global secondary index byVerdict because its projection type is not ALL"
    )


@pytest.mark.aws(
    "A local index fetches from its table what is asked for and not projected",
    source=QUERY,
    service="dynamodb",
)
def test_a_local_index_fetches_the_rest() -> None:
    engine = Engine(INDEXED)
    engine.put(score={"N": "1"}, x={"S": "y" * 5000})
    asked = {
        "IndexName": "byScore",
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "p"}},
        "ConsistentRead": True,
        "ReturnConsumedCapacity": "INDEXES",
    }
    held = engine.call("Query", **asked)
    whole = engine.call("Query", **asked, Select="ALL_ATTRIBUTES")
    assert "x" not in held["Items"][0]
    assert "x" in whole["Items"][0]
    assert held["ConsumedCapacity"]["CapacityUnits"] == 1
    assert whole["ConsumedCapacity"]["Table"]["CapacityUnits"] == 2
    assert whole["ConsumedCapacity"]["LocalSecondaryIndexes"] == {"byScore": {"CapacityUnits": 1}}


def _found_by_filter(engine: Engine, index: str, operation: str, **more: Any) -> dict[str, Any]:
    values = {":y": {"S": "y"}}
    if operation == "Query":
        name, value = ("pk", "p") if index == "byScore" else ("verdict", "v")
        more["KeyConditionExpression"] = f"{name} = :key"
        values[":key"] = {"S": value}
    return engine.call(
        operation,
        IndexName=index,
        FilterExpression="x <> :y AND w <> :y",
        ExpressionAttributeValues=values,
        **more,
    )


@pytest.mark.aws(
    "A read of an index by its key that filters by attributes the index does not project is refused",
    source=f"{SUITE}tier2/partiql/indexQualifier.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("more", [{}, {"Select": "COUNT"}, {"ProjectionExpression": "x"}])
@pytest.mark.parametrize("index", ["byScore", "byVerdict"])
def test_a_query_of_an_index_filters_by_what_it_holds(index: str, more: dict[str, Any]) -> None:
    """A global index says so before it says that it cannot give such an attribute, either."""
    with pytest.raises(ServiceError) as caught:
        _found_by_filter(Engine(INDEXED), index, "Query", **more)
    assert caught.value.message == (
        f"One or more parameter values were invalid: Secondary index {index} does not project one "
        "or more filter attributes: [w, x]"
    )


@pytest.mark.aws(
    "A filter of a read of an index without its key finds no attribute that the index does not project",
    source=f"{SUITE}tier2/partiql/indexQualifier.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("index", ["byScore", "byVerdict"])
def test_a_filter_of_a_scan_of_an_index_sees_what_it_holds(index: str) -> None:
    engine = Engine(INDEXED)
    engine.put(score={"N": "1"}, verdict={"S": "v"}, x={"S": "y"})
    answer = _found_by_filter(engine, index, "Scan")
    assert answer["Count"] == 1
    assert "x" not in answer["Items"][0]


def test_a_count_comes_without_items() -> None:
    engine = Engine()
    engine.put()
    answer = engine.call("Scan", Select="COUNT")
    assert answer == {"Count": 1, "ScannedCount": 1}


def test_a_limit_of_none_is_refused() -> None:
    engine = Engine()
    rule = "failed to satisfy constraint: Member must have value greater than or equal to 1"
    assert refusal(engine, "Scan", Limit=0) == f"{ENVELOPE}Value '0' at 'limit' {rule}"
    said = refusal(engine, "Query", KeyConditionExpression="a = b", Limit=0)
    assert said == f"{ENVELOPE}Value at 'Limit' {rule}"
