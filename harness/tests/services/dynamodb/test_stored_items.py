"""Items at rest: what was stored is what is read, and no caller can reach into it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins
from msgspec.json import encode

from harness.services.base.errors import ServiceError
from harness.services.dynamodb.attributevalues import is_normal, normal_item
from harness.services.dynamodb.errors import ValueFaultError
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.storeditems import StoredItem, pack
from harness.tests.services.dynamodb.engine import Engine, key

_NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-1000, 1000, places=3).map(str),
    st.sampled_from(["1E5", "-0", "007", "1.50", ".5", "1e-3", "0.0", "+4"]),
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
_SCALARS = st.one_of(
    st.fixed_dictionaries({"S": _TEXTS}),
    st.fixed_dictionaries({"N": _NUMBERS}),
    st.fixed_dictionaries({"B": st.binary(max_size=4)}),
    st.fixed_dictionaries({"BOOL": st.booleans()}),
    st.fixed_dictionaries({"NULL": st.just(value=True)}),
    st.fixed_dictionaries({"SS": st.lists(_TEXTS, max_size=3)}),
    st.fixed_dictionaries({"NS": st.lists(_NUMBERS, max_size=3)}),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda values: st.one_of(
        st.fixed_dictionaries({"L": st.lists(values, max_size=3)}),
        st.fixed_dictionaries({"M": st.dictionaries(_TEXTS, values, max_size=3)}),
    ),
    max_leaves=8,
)
_ITEMS = st.dictionaries(_TEXTS, _VALUES, max_size=4)


@settings(max_examples=300, deadline=None)
@given(_ITEMS)
def test_what_is_seen_to_be_normal_is_its_own_normal_form(item: dict[str, Any]) -> None:
    if is_normal(item):
        assert normal_item(item) == item


@settings(max_examples=300, deadline=None)
@given(_ITEMS)
def test_an_item_at_rest_is_whole_and_takes_no_fewer_bytes_than_are_counted(
    item: dict[str, Any],
) -> None:
    try:
        normal = normal_item(item)
    except ValueFaultError:
        return
    stored = StoredItem(pack(normal))
    assert stored.item == normal
    assert len(stored.packed) >= item_size(normal)
    assert stored.attributes(list(normal)[:2]) == {name: normal[name] for name in list(normal)[:2]}
    backwards = StoredItem(pack(dict(reversed(normal.items()))))
    assert stored.equals(backwards)
    shown = to_builtins(normal)  # with binary values in base64, as events show them
    assert stored.json_bound >= len(encode(shown))
    assert stored.may_hold_binary or shown == normal


@pytest.mark.parametrize(
    "value",
    [
        {"S": '"' * 300},
        {"S": "\x00" * 300},
        {"S": "\u20ac" * 300},
        {"B": bytes(range(256))},
        {"B": b"a" * 31},
        {"L": [{"BOOL": False}] * 40},
        {"M": {"n": {"M": {"m": {"NULL": True}}}}},
        {"NS": ["1", "2", "3"]},
    ],
    ids=["quotes", "controls", "wide", "binary", "short binary", "flags", "nested", "numbers"],
)
def test_no_item_takes_more_as_json_than_its_bound(value: dict[str, Any]) -> None:
    """Escapes, base64, and many small values are what makes JSON long."""
    stored = StoredItem(pack({"v": value}))

    assert len(encode(to_builtins({"v": value}))) <= stored.json_bound
    assert stored.may_hold_binary or "B" not in value


def test_what_a_caller_gave_or_got_is_its_own() -> None:
    engine = Engine()
    given_item = key() | {"map": {"M": {"list": {"L": [{"S": "a"}]}}}}
    engine.call("PutItem", Item=given_item)
    given_item["map"]["M"]["list"]["L"].append({"S": "b"})
    got = engine.item()
    assert got is not None
    assert got["map"] == {"M": {"list": {"L": [{"S": "a"}]}}}
    got["map"]["M"]["list"]["L"].clear()
    assert engine.item() != got
    (record,) = engine.records
    assert record.new_image is not None
    record.new_image.clear()
    assert record.new_image == engine.item()


def test_a_put_of_equal_content_in_another_order_changes_nothing() -> None:
    engine = Engine()
    engine.put(a={"M": {"x": {"N": "1"}, "y": {"S": "2"}}}, b={"S": "3"})
    engine.call(
        "PutItem",
        Item={"b": {"S": "3"}, **key(), "a": {"M": {"y": {"S": "2"}, "x": {"N": "1.0"}}}},
    )
    assert len(engine.records) == 1
    engine.put(a={"M": {"x": {"N": "1"}, "y": {"S": "2"}}}, b={"S": "4"})
    assert len(engine.records) == 2


def test_an_update_that_computes_what_is_there_changes_nothing() -> None:
    engine = Engine()
    engine.put(n={"N": "1"}, tags={"SS": ["a"]})
    engine.update("SET n = :n ADD tags :t REMOVE gone", {":n": {"N": "1.0"}, ":t": {"SS": ["a"]}})
    assert len(engine.records) == 1


@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("PutItem", {"Item": key() | {"text": {"S": "\ud800"}}}),
        ("PutItem", {"Item": key("\udfff")}),
        (
            "UpdateItem",
            {
                "Key": key(),
                "UpdateExpression": "SET a = :a",
                "ExpressionAttributeValues": {":a": {"S": "\ud800"}},
            },
        ),
    ],
)
def test_half_a_surrogate_pair_is_no_text(operation: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ServiceError) as caught:
        Engine().call(operation, **parameters)
    assert caught.value.code == "SerializationException"
