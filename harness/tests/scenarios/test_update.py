"""`--update`: the file says what was there, and nothing else in it has moved."""

# ruff: noqa: ISC004 - a file of several lines is one text

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.scenarios.documents.rendering import block, flow
from harness.scenarios.documents.source import SourceFile
from harness.scenarios.loader import load, load_source
from harness.scenarios.updating.update import Update, updated, write_update
from harness.tests.scenarios.writing import runs_of, write

HEAD = """\
title: An object becomes an item
when:
  - put_object: {bucket: inbox, key: k1, text: hello}  # five letters
then:
"""
CASES = {
    "a number, with its comment": (
        "  - item: {table: orders, key: {id: k1}, has: {size: 6}}  # letters\n",
        "  - item: {table: orders, key: {id: k1}, has: {size: 5}}  # letters\n",
    ),
    "matchers that still match stay": (
        "  - item: {table: orders, key: {id: k1}, is: {text: {$regex: ^h}, size: 6}}\n",
        "  - item: {table: orders, key: {id: k1}, is: {text: {$regex: ^h}, size: 5}}\n",
    ),
    "a matcher that does not match goes": (
        "  - item: {table: orders, key: {id: k1}, has: {text: {$regex: ^x}}}\n",
        "  - item: {table: orders, key: {id: k1}, has: {text: hello}}\n",
    ),
    "an approximation keeps its width": (
        "  - table: {name: orders, count: {$approx: {value: 9, within: 2}}}\n",
        "  - table: {name: orders, count: {$approx: {value: 1, within: 2}}}\n",
    ),
    "keys come and go in flow style": (
        "  - item: {table: orders, key: {id: k1}, is: {gone: 1, text: hello, old: 2}}\n",
        "  - item: {table: orders, key: {id: k1}, is: {text: hello, size: 5}}\n",
    ),
    "keys come and go in block style, comments stay": (
        "  - item:\n      table: orders\n      key: {id: k1}\n      is:\n"
        "        # of the object\n        gone: 1\n        # its length\n        text: hullo  # text\n",
        "  - item:\n      table: orders\n      key: {id: k1}\n      is:\n"
        "        # of the object\n        # its length\n        text: hello  # text\n"
        "        size: 5\n",
    ),
    "an item that is not there": (
        "  - item: {table: orders, key: {id: k2}, has: {size: 6}}\n",
        "  - item: {table: orders, key: {id: k2}, absent: true}\n",
    ),
    "an item that should not be there": (
        "  - item: {table: orders, key: {id: k1}, absent: true}\n",
        "  - item: {table: orders, key: {id: k1}, is: {size: 5, text: hello}}\n",
    ),
    "a value that was forgotten": (
        "  - table:\n      name: orders\n      count:\n",
        "  - table:\n      name: orders\n      count: 1\n",
    ),
    "a list in block style": (
        "  - partner:\n      name: chat\n      shows:\n        posts:\n"
        "          # none of these\n          - text: a\n            color: red\n"
        "          # but this\n          - {text: k1 arrived, color: bad}  # colour\n",
        "  - partner:\n      name: chat\n      shows:\n        posts:\n"
        "          # none of these\n          - text: k1 arrived\n            color: good\n"
        "          # but this\n",
    ),
    "an empty table": (
        "  - table: {name: orders, items: []}\n",
        "  - table: {name: orders, items: [{id: k1, size: 5, text: hello}]}\n",
    ),
    "an alias is overwritten where it stands": (
        "  - item: {table: orders, key: &k {id: k1}, has: {size: 5}}\n"
        "  - item: {table: orders, key: {id: k1}, has: *k}\n"
        "  - item: {table: orders, key: {id: k1}, has: {text: *k}}\n",
        "  - item: {table: orders, key: &k {id: k1}, has: {size: 5}}\n"
        "  - item: {table: orders, key: {id: k1}, has: *k}\n"
        "  - item: {table: orders, key: {id: k1}, has: {text: hello}}\n",
    ),
}


def update(path: Path) -> Update:
    scenario = load(path)
    change = updated(scenario, runs_of(scenario))
    write_update(scenario, change)
    return change


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_the_expectation_says_what_was_there_and_all_else_is_as_it_was(
    tmp_path: Path, before: str, after: str
) -> None:
    """Then the scenario passes, and another update changes nothing."""
    path = write(tmp_path, HEAD + before)

    assert update(path).refused == ()

    assert path.read_text() == HEAD + after
    assert [run.result.verdict for run in runs_of(load(path))] == ["passed"]
    assert update(path).text == HEAD + after


def test_a_variable_that_one_expectation_alone_uses_changes_where_it_is_defined(
    tmp_path: Path,
) -> None:
    """Each case has its own."""
    text = (
        "title: An object becomes an item\n"
        "cases:\n  short: {text: yo, n: 9}  # two\n  long: {text: hello, n: 9}\n"
        'when:\n  - put_object: {bucket: inbox, key: k1, text: "${text}"}\n'
        'then:\n  - item: {table: orders, key: {id: k1}, has: {size: "${n}"}}\n'
    )
    path = write(tmp_path, text)

    assert update(path).refused == ()

    assert path.read_text() == text.replace("yo, n: 9", "yo, n: 2").replace("o, n: 9", "o, n: 5")


def test_what_several_cases_see_differently_is_left_alone_and_said(tmp_path: Path) -> None:
    """Whatever was written there would be wrong for one of them."""
    text = (
        "title: An object becomes an item\n"
        "cases: {short: {text: yo}, long: {text: hello}}\n"
        'when:\n  - put_object: {bucket: inbox, key: k1, text: "${text}"}\n'
        "then:\n  - item: {table: orders, key: {id: k1}, has: {size: 2}}\n"
    )
    path = write(tmp_path, text)

    refused = update(path).refused

    assert [each.text for each in refused] == ["not updated: the cases want different values here"]
    assert path.read_text() == text


def test_an_expectation_that_only_one_case_has_is_updated_where_it_is_written(
    tmp_path: Path,
) -> None:
    """The steps and the expectations of a case stand in its variables."""
    path = write(
        tmp_path,
        "title: An object becomes an item\n"
        "cases:\n"
        "  none: {steps: [], found: []}\n"
        "  one:\n"
        "    steps: [{put_object: {bucket: inbox, key: k1, text: hi}}]\n"
        "    found: [{table: {name: orders, count: 9}}]  # how many\n"
        "when:\n  - ${steps}\nthen:\n  - ${found}\n",
    )

    result = update(path)

    assert result.refused == ()
    assert "    found: [{table: {name: orders, count: 1}}]  # how many\n" in result.text


def test_an_expectation_of_an_included_file_is_not_written_into_this_one(tmp_path: Path) -> None:
    """Its text stands elsewhere, and other files may include it too."""
    write(tmp_path, "variables: {found: [{table: {name: orders, count: 9}}]}\n", "_part.yaml")
    text = "title: Nothing becomes an item\ninclude: [_part.yaml]\nthen:\n  - ${found}\n"

    result = update(write(tmp_path, text))

    assert result.text == text
    assert [each.text for each in result.refused] == [
        f"not updated: {tmp_path / 'x.yaml'} only includes it"
    ]


def test_an_input_is_never_changed_to_please_an_expectation(tmp_path: Path) -> None:
    """The scenario would be another one."""
    text = HEAD.replace("then:", "variables: {n: k2}\nthen:").replace("key: k1", 'key: "${n}"')
    path = write(tmp_path, text + '  - table: {name: orders, count: "${n}"}\n')

    assert update(path).refused == ()

    assert path.read_text() == text + "  - table: {name: orders, count: 1}\n"


def test_what_cannot_be_written_back_is_said(tmp_path: Path) -> None:
    """A time limit is a decision, not a measurement."""
    path = write(tmp_path, HEAD + "  - settles_within: 9s\n")

    assert [each.text for each in update(path).refused] == [
        "not updated: the time until rest cannot be written back"
    ]


def test_windows_line_ends_and_byte_order_marks_stay(tmp_path: Path) -> None:
    """New lines get the kind that the file has."""
    text = (
        HEAD + "  - item:\n      table: orders\n      key: {id: k1}\n      is:\n        size: 5\n"
    )
    path = write(tmp_path, "\ufeff" + text.replace("\n", "\r\n"))

    update(path)

    after = path.read_bytes().decode()
    assert after == "\ufeff" + (text + "        text: hello\n").replace("\n", "\r\n")


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(0, 99)
    | st.sampled_from(["a", "b: c", "", "- d", "é"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "c d", "e"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@settings(deadline=None, max_examples=60)
@given(expected=VALUES, seen=VALUES, in_block=st.booleans())
def test_any_expectation_becomes_any_value_and_stays_so(
    tmp_path_factory: pytest.TempPathFactory, expected: Any, seen: Any, *, in_block: bool
) -> None:
    """The updated file passes, a second update changes nothing, comments are all still there."""
    written = f"\n        {block_of(expected, 8)}" if in_block else f" {flow(expected)}"
    text = (
        "title: An answer is what it is  # sentence\n"
        f"when:\n  - invoke: {{function: ingest, event: {flow(seen)}, as: x}}  # call\n"
        "then:\n  # before\n  - answer:\n      of: x\n      # inside\n"
        f"      has:\n        outcome: returned  # as always\n        payload:{written}\n"
        "  # after\n"
    ).replace("\n        payload:\n        ", "\n        payload:\n          ")
    # A folder of its own: a world file in the base folder would lie above every other test.
    path = tmp_path_factory.mktemp("updated") / "any.yaml"
    (path.parent / "world.yaml").touch()
    scenario = load_source(SourceFile(path, text))
    runs = runs_of(scenario)

    change = updated(scenario, runs)

    assert change.refused == ()
    if runs[0].result.verdict == "passed":
        assert change.text == text
    again = load_source(SourceFile(path, change.text))
    rerun = runs_of(again)
    assert rerun[0].result.verdict == "passed"
    assert updated(again, rerun).text == change.text
    comments = ["# sentence", "# call", "# before", "# inside", "# as always", "# after"]
    assert [each for each in comments if each not in change.text] == []


def block_of(value: Any, indent: int) -> str:
    """Return *value* in block style all the way down."""
    margin = "\n" + " " * (indent + 2)
    if isinstance(value, dict) and value:
        return margin.join(
            f"{flow(key)}: {nested(item, indent + 2)}" for key, item in value.items()
        )
    if isinstance(value, list) and value:
        return margin.join(f"- {block_of(item, indent + 2)}" for item in value)
    return block(value, indent + 2)


def nested(value: Any, indent: int) -> str:
    if value and isinstance(value, dict | list):
        return "\n" + " " * (indent + 2) + block_of(value, indent)
    return flow(value)
