"""What Query and Scan answer, as the public suite measured it against AWS."""

import pytest

from harness.tests.services.dynamodb.engine import Engine

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
