"""What a projection gives of an item, and which paths it must not have beside each other."""

from typing import Any

import pytest

from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import refusal

SUITE = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/"


def text(content: str) -> dict[str, Any]:
    return {"S": content}


ITEM: dict[str, Any] = {
    "m": {"M": {"a": text("A"), "b": text("B"), "c": text("C")}},
    "l": {
        "L": [
            {
                "M": {
                    "a": text("a0"),
                    "b": text("b0"),
                    "m": {"M": {"x": text("x0"), "y": text("y0")}},
                    "n": {"L": [{"M": {"p": text("p0")}}, {"M": {"q": text("q1")}}]},
                }
            },
            {"M": {"a": text("a1")}},
            {"M": {"a": text("a2"), "c": text("c2")}},
        ]
    },
}
MERGED: list[tuple[str, dict[str, Any]]] = [
    ("m.a, m.b", {"m": {"M": {"a": text("A"), "b": text("B")}}}),
    ("l[0].b, l[0].a", {"l": {"L": [{"M": {"a": text("a0"), "b": text("b0")}}]}}),
    (
        "l[0].a, l[0].m.x",
        {"l": {"L": [{"M": {"a": text("a0"), "m": {"M": {"x": text("x0")}}}}]}},
    ),
    (
        "l[0].n[0].p, l[0].n[1].q",
        {"l": {"L": [{"M": {"n": ITEM["l"]["L"][0]["M"]["n"]}}]}},
    ),
    ("l[2].c, l[0].a", {"l": {"L": [{"M": {"a": text("a0")}}, {"M": {"c": text("c2")}}]}}),
    ("l[2], l[1]", {"l": {"L": ITEM["l"]["L"][1:]}}),
]
OVERLAPPING = [
    ("a, a", "[a], path two: [a]"),
    ("a, #x", "[a], path two: [a]"),
    ("#x, #y", "[a], path two: [a]"),
    ("a, a.b.c", "[a], path two: [a, b, c]"),
    ("a.b, #x", "[a, b], path two: [a]"),
    ("l, l[0]", "[l], path two: [l, [0]]"),
]


@pytest.mark.aws(
    "Paths that meet in a map or in an element of a list are answered as one, "
    "and the elements of a list in its order, without the others",
    source=f"{SUITE}tier1/getItem/projection.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(("expression", "found"), MERGED)
def test_paths_that_meet_are_answered_as_one(expression: str, found: dict[str, Any]) -> None:
    engine = Engine()
    engine.put(**ITEM)
    asked = {"ProjectionExpression": expression}
    assert engine.call("GetItem", Key=key(), **asked) == {"Item": found}
    keys = {"Keys": [key()], **asked}
    answer = engine.ask("BatchGetItem", RequestItems={"demandTable": keys})
    assert answer["Responses"] == {"demandTable": [found]}
    condition = {
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "p"}},
    }
    assert engine.call("Query", **condition, **asked)["Items"] == [found]


@pytest.mark.aws(
    "Of an item that has nothing of what was asked for an empty one is the answer, "
    "of one that is not there none",
    source=f"{SUITE}tier1/batchGetItem/basic.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(
    "asked", [{"ProjectionExpression": "gone"}, {"AttributesToGet": ["gone"]}]
)
def test_an_item_without_what_was_asked_for_is_empty(asked: dict[str, Any]) -> None:
    engine = Engine()
    engine.put(a=text("x"))
    assert engine.call("GetItem", Key=key(), **asked) == {"Item": {}}
    assert engine.call("GetItem", Key=key("other"), **asked) == {}
    keys = {"Keys": [key(), key("other")], **asked}
    answer = engine.ask("BatchGetItem", RequestItems={"demandTable": keys})
    assert answer["Responses"] == {"demandTable": [{}]}


@pytest.mark.aws(
    "Paths that overlap are refused before anything is read, "
    "and told in their order with the attributes that their names stand for",
    source=f"{SUITE}tier3/error-messages/getItem.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize(("expression", "told"), OVERLAPPING)
def test_paths_that_overlap_are_refused(expression: str, told: str) -> None:
    names = {name: "a" for name in ("#x", "#y") if name in expression}
    asked: dict[str, Any] = {"ProjectionExpression": expression}
    if names:
        asked["ExpressionAttributeNames"] = names
    assert refusal(Engine(), "GetItem", Key=key(), **asked) == (
        "Invalid ProjectionExpression: Two document paths overlap with each other; "
        f"must remove or rewrite one of these paths; path one: {told}"
    )
