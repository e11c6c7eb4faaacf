"""DynamoDB and moto, side by side."""

import pytest

from harness.tests.differential.dynamodbknown import KNOWN
from harness.tests.differential.dynamodbknown.asking import ALTERNATOR, KEY, after_put, asked
from harness.tests.differential.dynamodbmachine import ItemsMachine
from harness.tests.differential.known import MOTO, Known
from harness.tests.differential.machine import thorough
from harness.tests.differential.peers import peers

TestItems = ItemsMachine.TestCase
TestItems.settings = thorough(examples=25)


@pytest.mark.parametrize("known", [known.parameter for known in KNOWN])
def test_a_known_divergence_is_still_there(known: Known) -> None:
    """Once moto has caught up, it is taken off the list."""
    with peers() as both:
        exchange = known.shown(both)

    assert str(exchange.ours) != str(exchange.theirs)
    assert known.explains(exchange), f"{exchange.ours} and {exchange.theirs}"


@pytest.mark.divergence(
    peer=MOTO,
    service="dynamodb",
    theirs="An update that is refused at its second clause has done its first one.",
    ours="A refused update changes nothing.",
    aws="An update with one faulty clause leaves the item as it was.",
    source=f"{ALTERNATOR}test_update_expression.py",
    right="ours",
)
def test_a_refused_update_is_kept_by_moto() -> None:
    """The refusals are the same; what they leave is not."""
    values = {":n": {"N": "7"}, ":s": {"SS": ["a"]}}
    with peers() as both:
        refused = after_put(
            KEY | {"a": {"S": "text"}},
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET score = :n DELETE a :s",
            ExpressionAttributeValues=values,
        )(both)
        left = asked(both, "GetItem", TableName="items", Key=KEY)

    assert refused.ours == refused.theirs
    assert refused.ours.code == "ValidationException"
    assert "score" not in left.ours.output["Item"]
    assert "score" in left.theirs.output["Item"]
