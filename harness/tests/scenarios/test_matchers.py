"""What matches what, and how a difference is told."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from harness.scenarios.documents.parsing import parse
from harness.scenarios.documents.problems import Problems
from harness.scenarios.documents.source import SourceFile
from harness.scenarios.matchers.pattern import Pattern, matches
from harness.scenarios.matchers.reading import read_pattern


def pattern(text: str, parts: int = 0) -> Pattern:
    problems = Problems()
    node = parse(SourceFile(Path("x.yaml"), f"- {text}"))
    found = read_pattern(node.items[0], problems, parts)  # type: ignore[union-attr]  # a list
    problems.raise_any()
    return found


def told(text: str, seen: Any, parts: int = 0) -> list[str]:
    return [str(each) for each in pattern(text, parts).compare(seen, "", {})]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("1", Decimal(1)),
        ("0.1", Decimal("0.1")),
        ("1.0", 1),
        ("true", True),
        ("null", None),
        ("{a: [1, x]}", {"a": [1, "x"]}),
        ("$any", None),
        ("{a: $absent}", {}),
        ("{$regex: '^member:'}", "member:fan:1"),
        ("{$approx: {value: 0.5, within: 0.1}}", Decimal("0.6")),
        ("{$at_least: 2}", 2),
        ("{$at_most: 2}", 2),
        ("{$contains: ell}", "hello"),
        ("{$contains: {a: 1}}", [{"b": 1}, {"a": 1, "b": 2}]),
        ("{$contains: {a: 1}}", {"a": 1, "b": 2}),
        ("{$contains: b}", frozenset(("a", "b"))),
        ("{$unordered: [2, 1]}", [1, 2]),
        ("{$unordered: [$any, 1]}", [1, 2]),
        ("{$set: [b, a]}", frozenset(("a", "b"))),
        ("{$one_of: [a, {$regex: '^b'}]}", "bc"),
        ("{$json: {a: [1]}}", '{"a": [1]}'),
        ("{$$ref: 1}", {"$ref": 1}),
        ("'$any'", "$any"),
    ],
)
def test_a_value_matches(text: str, seen: Any) -> None:
    """Each matcher, and plain values."""
    assert matches(pattern(text), seen)
    assert told(text, seen) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("1", True),
        ("true", 1),
        ("'1'", 1),
        ("[1]", [1, 2]),
        ("{a: 1}", {"a": 1, "b": 2}),
        ("{a: 1, b: $absent}", {"a": 1, "c": 2}),
        ("{a: 1}", [1]),
        ("{a: $any}", {}),
        ("{a: $absent}", {"a": None}),
        ("{$regex: '^b'}", "ab"),
        ("{$regex: '1'}", 1),
        ("{$approx: {value: 0.5, within: 0.1}}", 0.61),
        ("{$at_least: 2}", 1),
        ("{$at_most: 2}", 3),
        ("{$unordered: [1, 1]}", [1, 2]),
        ("{$set: [a]}", ["a"]),
        ("[a]", frozenset("a")),
        ("{$one_of: [1, 2]}", 3),
        ("{$json: {a: 1}}", "no json"),
    ],
)
def test_a_value_does_not_match(text: str, seen: Any) -> None:
    """A type is part of a value, but for numbers, which compare as numbers."""
    assert not matches(pattern(text), seen)
    assert told(text, seen) != []


def test_a_difference_names_the_place_inside_the_value() -> None:
    """The reader does not compare two long lines by eye."""
    seen = {"items": [{"v": 3}, {"v": 2, "x y": 1}], "n": 1}

    assert told("{items: [{v: 3}, {v: 3}], n: 1, m: 2}", seen) == [
        "items[1].v: expected 3, was 2",
        'items[1]["x y"]: expected nothing, was 1',
        "m: expected 2, was nothing",
    ]


def test_in_a_part_only_the_written_keys_count() -> None:
    """One level deep: what stands below them is compared whole."""
    assert told("{a: 1}", {"a": 1, "b": 2}, parts=1) == []
    assert told("{a: {b: 1}}", {"a": {"b": 1, "c": 2}}, parts=1) == [
        "a.c: expected nothing, was 2"
    ]


def test_items_in_any_order_are_paired_so_that_as_many_as_possible_match() -> None:
    """A wide pattern must not take the only partner of a narrow one."""
    assert told("{$unordered: [$any, {$regex: '^b'}, b]}", ["b", "bc", "x"]) == []


def test_the_one_item_that_is_left_over_on_either_side_is_compared_in_detail() -> None:
    """It is most likely the same item, changed."""
    assert told(
        "{$unordered: [{id: 1, n: 1}, {id: 2, n: 2}]}", [{"id": 2, "n": 3}, {"id": 1, "n": 1}]
    ) == ["[1].n: expected 2, was 3"]


def test_a_capture_keeps_what_it_finds() -> None:
    """Later expectations use it as a variable."""
    captures: dict[str, Any] = {}

    assert pattern("{a: {$capture: x}}").compare({"a": [1]}, "", captures) == []
    assert captures == {"x": [1]}
