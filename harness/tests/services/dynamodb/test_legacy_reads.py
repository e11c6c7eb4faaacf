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


def test_a_query_by_key_conditions_may_filter_and_project_by_expressions() -> None:
    answer = filled().call(
        "Query",
        KeyConditions=conditions("BETWEEN", "b", "h"),
        FilterExpression="n >= :0",
        ProjectionExpression="sk",
        ExpressionAttributeValues={":0": {"N": "2"}},
    )
    assert [item["sk"]["S"] for item in answer["Items"]] == ["delta", "gamma"]
    assert (answer["Items"][0].keys(), answer["ScannedCount"]) == ({"sk"}, 3)


@pytest.mark.parametrize(
    "mixed",
    [
        {"KeyConditions": conditions(), "KeyConditionExpression": "pk = :p"},
        {"KeyConditionExpression": "pk = :p", "AttributesToGet": ["n"]},
        {"KeyConditions": conditions(), "AttributesToGet": ["n"], "FilterExpression": "n = :p"},
    ],
    ids="/".join,
)
def test_a_query_mixes_nothing_else(mixed: dict[str, Any]) -> None:
    said = refusal(Engine(), "Query", ExpressionAttributeValues={":p": {"S": "p"}}, **mixed)
    assert said.startswith("Can not use both expression and non-expression parameters")


def test_a_mixture_is_told_in_an_order_of_its_own() -> None:
    said = refusal(
        Engine(),
        "Query",
        KeyConditionExpression="pk = :p",
        FilterExpression="n = :p",
        ProjectionExpression="n",
        ExpressionAttributeValues={":p": {"S": "p"}},
        AttributesToGet=["n"],
        KeyConditions=conditions(),
    )
    assert said == (
        "Can not use both expression and non-expression parameters in the same request: "
        "Non-expression parameters: {AttributesToGet, KeyConditions} Expression parameters: "
        "{ProjectionExpression, FilterExpression, KeyConditionExpression}"
    )


@pytest.mark.parametrize(
    ("operation", "lacking"),
    [
        ("Query", "FilterExpression and KeyConditionExpression are null"),
        ("Scan", "FilterExpression is null"),
    ],
)
@pytest.mark.parametrize("projection", [{}, {"ProjectionExpression": "n"}], ids=len)
def test_values_need_an_expression_that_could_have_some(
    operation: str, lacking: str, projection: dict[str, str]
) -> None:
    values = {":p": {"S": "p"}}
    said = refusal(Engine(), operation, ExpressionAttributeValues=values, **projection)
    assert said == (
        "ExpressionAttributeValues can only be specified when using expressions: " + lacking
    )


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
