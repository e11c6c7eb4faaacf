"""DynamoDB and moto, side by side."""

import pytest

from harness.tests.differential.dynamodbknown import KNOWN
from harness.tests.differential.dynamodbknown.asking import ALTERNATOR, KEY, after_put, asked
from harness.tests.differential.dynamodbmachine import ItemsMachine
from harness.tests.differential.known import MOTO
from harness.tests.differential.machine import thorough
from harness.tests.differential.peers import Answer, Exchange, peers

TestItems = ItemsMachine.TestCase
TestItems.settings = thorough(examples=25)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("size(n) > :n", "Invalid function name; function: size"),
        ("n = :n", "An expression attribute value used in expression is not defined; attribute value: :n"),
        ("a > :n", "Incorrect operand type for operator or function; operator: >, operand type: N"),
        ("n BETWEEN :n AND :n", ("The BETWEEN operator requires same data type for lower and upper"
         " bounds; lower bound operand: AttributeValue: {N:7}, upper bound operand: AttributeValue: {N:7}")),
        ("(n = :n)", "The expression has redundant parentheses;"),
        ("n = :n", 'Syntax error; token: "=", near: "n = :n"'),
    ],
)  # fmt: skip
def test_a_fault_that_a_condition_does_not_have_is_no_known_divergence(
    condition: str, told: str
) -> None:
    """Else a sound condition that the engine refused would pass, where moto takes it."""
    call = {"ConditionExpression": condition, "ExpressionAttributeValues": {":n": {"N": "7"}}}
    ours = Answer("ValidationException", f"Invalid ConditionExpression: {told}")
    exchange = Exchange("dynamodb", "DeleteItem", {"Key": KEY} | call, ours, Answer("ok"))

    assert [known.name for known in KNOWN if known.explains(exchange)] == []


@pytest.mark.divergence(
    peer=MOTO,
    service="dynamodb",
    theirs="An update that is refused at its second clause has done its first one.",
    ours="A refused update changes nothing.",
    aws="An update that is refused writes nothing.",
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
