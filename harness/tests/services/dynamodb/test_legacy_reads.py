"""``KeyConditions``, ``QueryFilter`` and ``AttributesToGet``."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import refusal

LEGACY = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters"
)
SORTS = ("alpha", "beta", "delta", "gamma")


def conditions(name: str = "", *arguments: str) -> dict[str, Any]:
    given = {"pk": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "p"}]}}
    if name:
        values = [{"S": argument} for argument in arguments]
        given["sk"] = {"ComparisonOperator": name, "AttributeValueList": values}
    return given


def filled() -> Engine:
    engine = Engine()
    for number, sort in enumerate(SORTS):
        engine.put(sort, n={"N": str(number)})
    return engine


@pytest.mark.aws(
    "KeyConditions select by equality of the partition key and one condition on the sort key",
    source=LEGACY + ".KeyConditions.html",
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("given", "found"),
    [
        (conditions(), SORTS),
        (conditions("EQ", "beta"), ("beta",)),
        (conditions("LT", "beta"), ("alpha",)),
        (conditions("LE", "beta"), ("alpha", "beta")),
        (conditions("GT", "delta"), ("gamma",)),
        (conditions("GE", "delta"), ("delta", "gamma")),
        (conditions("BETWEEN", "b", "d"), ("beta",)),
        (conditions("BEGINS_WITH", "g"), ("gamma",)),
    ],
)
def test_key_conditions_choose_the_items(given: dict[str, Any], found: tuple[str, ...]) -> None:
    answer = filled().call("Query", KeyConditions=given)
    assert tuple(item["sk"]["S"] for item in answer["Items"]) == found


def test_a_query_filter_is_applied_after_the_page_is_read() -> None:
    narrow = {"n": {"ComparisonOperator": "GT", "AttributeValueList": [{"N": "1"}]}}
    answer = filled().call("Query", KeyConditions=conditions(), QueryFilter=narrow, Limit=3)
    assert (answer["Count"], answer["ScannedCount"]) == (1, 3)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"KeyConditions": conditions("CONTAINS", "a")},
            "Attempted conditional constraint is not an indexable operation",
        ),
        (
            {"KeyConditions": {"sk": conditions("EQ", "a")["sk"]}},
            "Query condition missed key schema element: pk",
        ),
        (
            {"KeyConditions": conditions(), "QueryFilter": {"sk": conditions("EQ", "a")["sk"]}},
            "QueryFilter can only contain non-primary key attributes: Primary key attribute: sk",
        ),
        (
            {},
            (
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in "
                "the request."
            ),
        ),
    ],
)
def test_a_query_that_names_no_partition_is_refused(
    parameters: dict[str, Any], message: str
) -> None:
    assert refusal(Engine(), "Query", **parameters) == message


@pytest.mark.aws(
    "AttributesToGet retrieves whole attributes, and no elements within a list or a map",
    source=LEGACY + ".AttributesToGet.html",
    service="dynamodb",
)
def test_attributes_to_get_are_names_and_no_paths() -> None:
    engine = Engine()
    inner = {"m": {"M": {"x": {"S": "inner"}}}, "l": {"L": [{"S": "first"}]}}
    wanted = {"a.b": {"S": "dotted"}, "status": {"S": "reserved"}, "l": inner["l"]}
    engine.put(**wanted | inner, a={"M": {"b": {"S": "inner"}}})
    names = ["a.b", "status", "gone", "l", "l[0]", "m.x"]
    assert engine.call("GetItem", Key=key(), AttributesToGet=names)["Item"] == wanted
    requests = {"demandTable": {"Keys": [key()], "AttributesToGet": names}}
    answer = engine.ask("BatchGetItem", RequestItems=requests)
    assert answer["Responses"] == {"demandTable": [wanted]}


def test_an_attribute_is_asked_for_once() -> None:
    said = refusal(Engine(), "GetItem", Key=key(), AttributesToGet=["a", "a"])
    assert said == (
        "One or more parameter values were invalid: Duplicate value in attribute name: a"
    )


def test_one_batch_is_asked_one_way() -> None:
    engine = Engine()
    requests = {
        "demandTable": {"Keys": [key()], "AttributesToGet": ["a"]},
        "other": {"Keys": [key()], "ProjectionExpression": "a"},
    }
    with pytest.raises(ServiceError, match="Can not use both expression and non-expression"):
        engine.ask("BatchGetItem", RequestItems=requests)
