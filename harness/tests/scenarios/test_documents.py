"""YAML as nodes, and values as YAML."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harness.scenarios.documents.nodes import Mapping, Sequence, plain
from harness.scenarios.documents.parsing import parse
from harness.scenarios.documents.problems import InvalidScenarioError
from harness.scenarios.documents.rendering import block, flow
from harness.scenarios.documents.source import SourceFile


def root_of(text: str) -> Mapping:
    root = parse(SourceFile(Path("x.yaml"), text))
    assert isinstance(root, Mapping)
    return root


def text_of(root: Mapping, key: str) -> str:
    node = root.get(key)
    assert node is not None
    return root.source.text[node.start : node.end]


def test_a_node_knows_its_own_text_without_anchor_comment_and_blank_lines() -> None:
    """Whoever writes back replaces exactly this span."""
    text = "a: &x {b: 1}  # c\nd:\n  - 1\n  - 2 # e\n\nf: |\n  long\n  text\n\ng: !!str 'q'\n"
    root = root_of(text)

    assert text_of(root, "a") == "{b: 1}"
    assert text_of(root, "d") == "- 1\n  - 2"
    assert text_of(root, "f") == "|\n  long\n  text"
    assert text_of(root, "g") == "'q'"


def test_dates_and_words_stay_text_and_numbers_become_numbers() -> None:
    """YAML 1.2's core schema: no yes, no on, no octal by accident."""
    text = "{a: 2026-01-05T09:00:00Z, b: yes, c: 007, d: 1e3, e: ~, f: '1', g: off, h: 0x10}"

    assert plain(root_of(text)) == {
        "a": "2026-01-05T09:00:00Z",
        "b": "yes",
        "c": 7,
        "d": 1000.0,
        "e": None,
        "f": "1",
        "g": "off",
        "h": 16,
    }


def test_a_number_longer_than_any_number_stays_text() -> None:
    """It is written back as it was read."""
    digits = "7" * 5_000

    assert plain(root_of(f"{{a: {digits}}}")) == {"a": digits}
    assert plain(root_of(f"{{a: {flow(digits)}}}")) == {"a": digits}


def test_what_an_alias_or_a_merge_brings_is_marked_as_borrowed() -> None:
    """Its text stands elsewhere and must not be changed from here."""
    root = root_of("a: &x {b: 1, c: 2}\nd: *x\ne: {<<: *x, c: 3}\n")
    alias, merged = root.get("d"), root.get("e")

    assert isinstance(alias, Mapping)
    assert alias.is_borrowed
    assert isinstance(merged, Mapping)
    assert plain(merged) == {"c": 3, "b": 1}
    assert [value.is_borrowed for _, value in merged.entries] == [False, True]


def test_a_list_knows_its_dashes_wherever_it_stands() -> None:
    """A list may be indented like its key."""
    node = root_of("a:\n- 1\n- 2\n").get("a")

    assert isinstance(node, Sequence)
    assert node.start == 3


def test_nesting_and_aliases_without_end_are_refused() -> None:
    """A few lines must not fill the memory."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 8)
    )

    with pytest.raises(
        InvalidScenarioError, match="more than 500,000 values, aliases written out"
    ):
        root_of(bomb)
    with pytest.raises(InvalidScenarioError, match=r"x\.yaml:1:103: nested more than 100 deep"):
        root_of("a: " + "[" * 150 + "]" * 150)


def test_an_empty_file_is_an_empty_mapping_and_line_ends_may_be_of_either_kind() -> None:
    """Windows editors write both."""
    assert plain(root_of("# nothing\n")) == {}
    assert plain(root_of("a: 1\r\nb:\r\n  - 2\r\n")) == {"a": 1, "b": [2]}


def test_numbers_are_written_with_the_digits_that_a_reader_expects() -> None:
    """DynamoDB gives Decimals."""
    assert flow([Decimal(3), Decimal("0.10"), Decimal("1E+2"), 0.1]) == "[3, 0.1, 100, 0.1]"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 10**6) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(min_size=1, max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


def escapes_undone(value: Any) -> Any:
    """Undo what makes a value literal in an expectation: ``$${`` and keys with a dollar."""
    if isinstance(value, str):
        return value.replace("$${", "${")
    if isinstance(value, list):
        return [escapes_undone(item) for item in value]
    if isinstance(value, dict):
        return {
            (key[1:] if key.startswith("$") else escapes_undone(key)): escapes_undone(item)
            for key, item in value.items()
        }
    return value


@settings(deadline=None, max_examples=60)
@given(VALUES)
@example({"$ ": None, "$\n": 1, "$\x1f": "x", "$$": "$", "$a": "${a}"})
def test_every_value_reads_back_as_it_was_written(value: Any) -> None:
    """In flow style and in block style."""
    assert escapes_undone(plain(root_of(f"a: {flow(value)}"))["a"]) == value
    indented = f"a:\n{' ' * 60}{block(value, 60)}"
    assert escapes_undone(plain(root_of(indented))["a"]) == value
