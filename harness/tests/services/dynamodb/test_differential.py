"""The same calls to our engine and to moto: the same items and the same kinds of error.

Where moto is known to differ from AWS, the call is not drawn here; the README beside the engine
lists those differences.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import TABLE, Engine, key

VALUES = {
    ":s": {"S": "text"},
    ":t": {"S": "te"},
    ":n": {"N": "7"},
    ":m": {"N": "-2.5"},
    ":l": {"L": [{"S": "last"}]},
    ":e": {"L": []},
    ":d": {"M": {"x": {"N": "1"}}},
    ":ss": {"SS": ["a", "z"]},
    ":b": {"BOOL": True},
}
UPDATES = (
    "SET a = :s, n = :m",
    "SET a = n, n = a",
    "SET n = n + :n",
    "SET n = n - :m, extra = if_not_exists(gone, :s)",
    "SET n = if_not_exists(gone, :n) + :m",
    "SET l = list_append(l, :l)",
    "SET l = list_append(:l, if_not_exists(l, :e))",
    "SET d.x = :s, d.y = :n",
    "SET d.deep.er = :s",
    "SET gone.x = :s",
    "SET l[0] = :s, l[9] = :n",
    "REMOVE a, gone",
    "REMOVE l[0], l[1]",
    "REMOVE d.x SET b = :b",
    "ADD n :n, tags :ss",
    "ADD fresh :m",
    "DELETE tags :ss",
    "ADD a :n",
    "SET n = a + :n",
    "SET a = gone",
    "SET #names = :s REMOVE d",
)
CONDITIONS = (
    None,
    "attribute_exists(pk)",
    "attribute_not_exists(pk)",
    "a = :s",
    "a <> :s AND n > :m",
    "NOT (a = :s) OR n BETWEEN :m AND :n",
    "a IN (:s, :t)",
    "begins_with(a, :t)",
    "contains(a, :t) OR contains(tags, :t)",
    "size(pk) < :n",
    "size(pk) >= :m AND attribute_exists(d.x)",
    "d.x = :n",
    "gone = :s",
    "gone <> :s",
    "n <= :n AND attribute_not_exists(l[5])",
)
KEY_CONDITIONS = (
    "",
    " AND sk = :a",
    " AND sk < :b",
    " AND sk <= :b",
    " AND sk > :a",
    " AND sk >= :a",
    " AND sk BETWEEN :a AND :b",
    " AND begins_with(sk, :a)",
)
scalars = st.sampled_from(["text", "tea", "", "other"]).map(lambda text: {"S": text})
numbers = st.sampled_from(["0", "7", "-2.5", "1000000", "0.001"]).map(lambda text: {"N": text})
items = st.fixed_dictionaries(
    {},
    optional={
        "a": scalars,
        "n": numbers,
        "l": st.lists(scalars | numbers, max_size=3).map(lambda elements: {"L": elements}),
        "d": st.fixed_dictionaries({"x": numbers}).map(lambda members: {"M": members}),
        "tags": st.sets(st.sampled_from("abz"), min_size=1).map(lambda s: {"SS": sorted(s)}),
    },
)


@pytest.fixture(scope="module")
def moto_client() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client(
            "dynamodb",
            region_name="us-east-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )
        client.create_table(**TABLE)
        yield client


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    before=st.none() | items,
    expression=st.sampled_from(UPDATES),
    condition=st.sampled_from(CONDITIONS),
    returned=st.sampled_from(["NONE", "ALL_OLD", "ALL_NEW"]),
)
def test_an_update_ends_like_motos(
    moto_client: Any,
    before: dict[str, Any] | None,
    expression: str,
    condition: str | None,
    returned: str,
) -> None:
    engine = Engine()
    if before is None and re.search("REMOVE|DELETE|size", f"{expression} {condition}"):
        before = {}  # moto errs about items that are not there
    parameters = _parameters(expression, condition) | {"ReturnValues": returned, "Key": key()}
    ours, theirs = [], []
    moto_client.delete_item(TableName="demandTable", Key=key())
    if before is not None:
        moto_client.put_item(TableName="demandTable", Item=key() | before)
        engine.put(**before)
    try:
        ours.append(engine.call("UpdateItem", **parameters).get("Attributes"))
    except ServiceError as error:
        ours.append(error.code)
    try:
        answer = moto_client.update_item(TableName="demandTable", **parameters)
        theirs.append(answer.get("Attributes"))
    except ClientError as error:
        theirs.append(error.response["Error"]["Code"])
    ours.append(engine.item())
    theirs.append(moto_client.get_item(TableName="demandTable", Key=key()).get("Item"))
    assert [_comparable(each) for each in ours] == [_comparable(each) for each in theirs]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    sorts=st.sets(st.text("ab\u00e9\uffff", min_size=1, max_size=3), min_size=1, max_size=8),
    condition=st.sampled_from(KEY_CONDITIONS),
    filter_expression=st.sampled_from([None, "n > :n", "attribute_exists(a)"]),
    is_forward=st.booleans(),
    limit=st.none() | st.integers(1, 4),
)
def test_a_query_finds_what_moto_finds_page_by_page(  # noqa: PLR0913, PLR0917 - what is drawn
    moto_client: Any,
    sorts: set[str],
    condition: str,
    filter_expression: str | None,
    is_forward: bool,  # noqa: FBT001 - drawn
    limit: int | None,
) -> None:
    engine = Engine()
    for old in moto_client.scan(TableName="demandTable")["Items"]:
        moto_client.delete_item(TableName="demandTable", Key={n: old[n] for n in ("pk", "sk")})
    for number, sort in enumerate(sorted(sorts)):
        engine.put(sort, n={"N": str(number)})
        item = key(sort) | {"n": {"N": str(number)}}
        moto_client.put_item(TableName="demandTable", Item=item)
    parameters: dict[str, Any] = {
        "TableName": "demandTable",
        "KeyConditionExpression": f"pk = :p{condition}",
        "ScanIndexForward": is_forward,
        "ExpressionAttributeValues": {":p": {"S": "p"}},
    }
    if filter_expression is not None:
        parameters["FilterExpression"] = filter_expression
    if limit is not None:
        parameters["Limit"] = limit
    bound = {":a": {"S": "a"}, ":b": {"S": "b\u00e9"}, ":n": {"N": "2"}}
    used = re.findall(r":\w+", f"{condition} {filter_expression}")
    parameters["ExpressionAttributeValues"] |= {n: v for n, v in bound.items() if n in used}
    ours, theirs = engine.ask("Query", **parameters), moto_client.query(**parameters)
    while True:
        for member in ("Items", "Count", "ScannedCount"):
            assert _comparable(ours[member]) == _comparable(theirs[member])
        start = ours.get("LastEvaluatedKey")
        if start is None or "LastEvaluatedKey" not in theirs:
            break
        assert start == theirs["LastEvaluatedKey"]
        ours = engine.ask("Query", **parameters, ExclusiveStartKey=start)
        theirs = moto_client.query(**parameters, ExclusiveStartKey=start)


def _parameters(expression: str, condition: str | None) -> dict[str, Any]:
    parameters: dict[str, Any] = {"UpdateExpression": expression}
    if condition is not None:
        parameters["ConditionExpression"] = condition
    used = set(re.findall(r":\w+", f"{expression} {condition}"))
    if used:
        parameters["ExpressionAttributeValues"] = {
            name: value for name, value in VALUES.items() if name in used
        }
    if "#names" in expression:
        parameters["ExpressionAttributeNames"] = {"#names": "name"}
    return parameters


def _comparable(outcome: Any) -> Any:
    """Return *outcome* with sets in order, and numbers as such: moto writes ``0.0``."""
    if isinstance(outcome, list):
        return [_comparable(element) for element in outcome]
    if not isinstance(outcome, dict):
        return outcome or None
    comparable: dict[str, Any] = {}
    for name, value in outcome.items():
        if name == "SS":
            comparable[name] = sorted(value)
        elif name == "N" and isinstance(value, str):
            comparable[name] = Decimal(value)
        else:
            comparable[name] = _comparable(value)
    return comparable
