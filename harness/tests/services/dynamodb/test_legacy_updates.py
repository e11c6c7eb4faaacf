"""``AttributeUpdates``: put, add to, delete."""

from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import INDEXED, Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal

LEGACY = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "LegacyConditionalParameters.AttributeUpdates.html"
)


def update(engine: Engine, **updates: Any) -> dict[str, Any] | None:
    engine.call("UpdateItem", Key=key(), AttributeUpdates=updates)
    return engine.item()


@pytest.mark.aws(
    "PUT replaces, ADD sums or unites, DELETE removes an attribute or elements of a set",
    source=LEGACY,
    service="dynamodb",
)
def test_each_action_changes_its_attribute() -> None:
    engine = Engine()
    engine.put(
        p={"N": "0"},
        n={"N": "1"},
        t={"SS": ["a", "b"]},
        u={"NS": ["1", "2"]},
        gone={"S": "x"},
        l={"L": [{"S": "a"}]},
    )
    after = update(
        engine,
        p={"Value": {"S": "put"}},
        u={"Action": "ADD", "Value": {"NS": ["2", "3"]}},
        n={"Action": "ADD", "Value": {"N": "9"}},
        t={"Action": "DELETE", "Value": {"SS": ["b"]}},
        gone={"Action": "DELETE"},
        l={"Action": "ADD", "Value": {"L": [{"S": "b"}]}},
        s={"Action": "ADD", "Value": {"NS": ["1"]}},
    )
    assert after == key() | {
        "p": {"S": "put"},
        "n": {"N": "10"},
        "t": {"SS": ["a"]},
        "u": {"NS": ["1", "2", "3"]},
        "l": {"L": [{"S": "a"}, {"S": "b"}]},
        "s": {"NS": ["1"]},
    }


@pytest.mark.aws(
    "If no item is found, PUT and ADD make one and DELETE does nothing",
    source=LEGACY,
    service="dynamodb",
)
def test_only_what_brings_something_makes_an_item() -> None:
    engine = Engine()
    assert update(engine, a={"Action": "DELETE"}) is None
    assert update(engine, n={"Action": "ADD", "Value": {"N": "2"}}) == key() | {"n": {"N": "2"}}
    put = {"Action": "PUT", "Value": {"S": "put"}}
    assert update(Engine(), a=put) == key() | {"a": {"S": "put"}}


def test_a_set_that_loses_its_last_element_goes() -> None:
    engine = Engine()
    engine.put(t={"SS": ["a"]})
    assert update(engine, t={"Action": "DELETE", "Value": {"SS": ["a", "b"]}}) == key()


def test_the_updated_attributes_can_be_asked_for() -> None:
    engine = Engine()
    engine.put(n={"N": "1"}, other={"S": "x"})
    answer = engine.call(
        "UpdateItem",
        Key=key(),
        AttributeUpdates={"n": {"Action": "ADD", "Value": {"N": "1"}}},
        ReturnValues="UPDATED_NEW",
    )
    assert answer["Attributes"] == {"n": {"N": "2"}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"Action": "PUT"},
            "Only DELETE action is allowed when no attribute value is specified",
        ),
        (
            {"Action": "DELETE", "Value": {"S": "x"}},
            "DELETE action with value is not supported for the type S",
        ),
        ({"Action": "ADD", "Value": {"S": "x"}}, "ADD action is not supported for the type S"),
    ],
)
def test_an_action_that_does_not_fit_its_value_is_refused(
    change: dict[str, Any], message: str
) -> None:
    said = refusal(Engine(), "UpdateItem", Key=key(), AttributeUpdates={"a": change})
    assert said == f"{ENVELOPE}One or more parameter values were invalid: {message}"


def test_a_value_of_another_type_than_the_attributes_is_refused() -> None:
    engine = Engine()
    engine.put(a={"S": "x"})
    for action, value in (("ADD", {"N": "1"}), ("DELETE", {"SS": ["x"]})):
        updates = {"a": {"Action": action, "Value": value}}
        said = refusal(engine, "UpdateItem", Key=key(), AttributeUpdates=updates)
        assert said == "Type mismatch for attribute to update"


def test_a_key_cannot_be_updated() -> None:
    updates = {"sk": {"Value": {"S": "x"}}}
    said = refusal(Engine(), "UpdateItem", Key=key(), AttributeUpdates=updates)
    assert said.endswith("Cannot update attribute sk. This attribute is part of the key")


def test_an_index_key_of_another_type_is_told_as_that_of_a_put() -> None:
    engine = Engine(INDEXED)
    updates = {"verdict": {"Value": {"N": "1"}}}
    with pytest.raises(ServiceError, match="Type mismatch for Index Key verdict Expected: S"):
        engine.call("UpdateItem", Key=key(), AttributeUpdates=updates)
