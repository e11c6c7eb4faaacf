"""What an author is told, to the letter: place, sentence, line, caret, suggestion."""

# ruff: noqa: ISC004 - a file of several lines is one text

from pathlib import Path

import pytest

from harness.errors import ScenarioError
from harness.scenarios.documents.problems import InvalidScenarioError
from harness.scenarios.loader import load
from harness.tests.scenarios.writing import write

HEAD = "title: An object becomes an item\n"


def told(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    path = write(folder, text)
    with pytest.raises(InvalidScenarioError) as caught:
        load(path)
    assert isinstance(caught.value, ScenarioError)
    return str(caught.value)


CASES = {
    "a misspelt key": (
        "titel: An object becomes an item\nthen: []\n",
        "x.yaml:1:1: unknown key 'titel'; did you mean 'title'?\n"
        "  1 | titel: An object becomes an item\n"
        "    | ^^^^^",
    ),
    "a missing key": (
        "title: An object becomes an item\n",
        "x.yaml:1:1: the key 'then' is missing\n"
        "  1 | title: An object becomes an item\n"
        "    | ^^^^^",
    ),
    "a duplicated key": (
        HEAD + "then: []\ntitle: An object becomes two\n",
        "x.yaml:3:1: the key 'title' stands twice; it is also on line 1\n"
        "  3 | title: An object becomes two\n"
        "    | ^^^^^",
    ),
    "broken YAML": (
        HEAD + "then: [a\nwhen: []\n",
        "x.yaml:3:5: broken YAML: while parsing a flow sequence: did not find expected ',' or ']'\n"
        "  3 | when: []\n"
        "    |     ^",
    ),
    "a variable without quotes in braces": (
        HEAD + "then:\n  - table: {name: t, count: ${n}}\n",
        "x.yaml:3:30: broken YAML: while parsing a flow mapping: did not find expected ',' or '}';"
        " inside {...} or [...] a variable needs quotes: '${n}'\n"
        "  3 |   - table: {name: t, count: ${n}}\n"
        "    |                              ^",
    ),
    "an unknown step": (
        HEAD + "when:\n  - put_objct: {bucket: b}\nthen: []\n",
        "x.yaml:3:5: unknown step 'put_objct'; did you mean 'put_object'?\n"
        "  3 |   - put_objct: {bucket: b}\n"
        "    |     ^^^^^^^^^",
    ),
    "an unknown expectation": (
        HEAD + "then:\n  - tabel: {name: t}\n",
        "x.yaml:3:5: unknown expectation 'tabel'; did you mean 'table'?\n"
        "  3 |   - tabel: {name: t}\n"
        "    |     ^^^^^",
    ),
    "two steps in one entry": (
        HEAD + "when:\n  - settle: 1m\n    advance: 5m\nthen: []\n",
        "x.yaml:4:5: a second step 'advance' in one entry; begin it with a dash\n"
        "  4 |     advance: 5m\n"
        "    |     ^^^^^^^",
    ),
    "a wrong type": (
        HEAD + "tags: smoke\nthen: []\n",
        "x.yaml:2:7: expected a list of text, found the text 'smoke'\n"
        "  2 | tags: smoke\n"
        "    |       ^^^^^",
    ),
    "a duration without a unit": (
        HEAD + "when:\n  - advance: 10\nthen: []\n",
        "x.yaml:3:14: a duration needs a unit: 10s, 10ms ...\n"
        "  3 |   - advance: 10\n"
        "    |              ^^",
    ),
    "a bad duration": (
        HEAD + "when:\n  - advance: soon\nthen: []\n",
        "x.yaml:3:14: expected a duration, found the text 'soon';"
        " write 200ms, 30s, 5m, 1h or 1m30s\n"
        "  3 |   - advance: soon\n"
        "    |              ^^^^",
    ),
    "an unknown variable": (
        HEAD + "variables: {name: 3}\nwhen:\n  - advance: ${nme}\nthen: []\n",
        "x.yaml:4:14: unknown variable 'nme'; did you mean 'name'?\n"
        "  4 |   - advance: ${nme}\n"
        "    |              ^^^^^^",
    ),
    "a variable that defines itself": (
        HEAD + 'variables: {a: "${b}", b: "${a}"}\nthen: []\n',
        "x.yaml:2:27: the variable 'b' is defined by itself\n"
        '  2 | variables: {a: "${b}", b: "${a}"}\n'
        "    |                           ^^^^^^",
    ),
    "an unknown matcher": (
        HEAD + "then:\n  - table: {name: t, count: {$at_lest: 1}}\n",
        "x.yaml:3:30: unknown matcher '$at_lest'; did you mean '$at_least'?\n"
        "  3 |   - table: {name: t, count: {$at_lest: 1}}\n"
        "    |                              ^^^^^^^^",
    ),
    "a matcher with the wrong value": (
        HEAD + "then:\n  - table: {name: t, count: {$regex: '('}}\n",
        "x.yaml:3:38: not a regular expression:"
        " missing ), unterminated subpattern at position 0\n"
        "  3 |   - table: {name: t, count: {$regex: '('}}\n"
        "    |                                      ^^^",
    ),
    "a matcher without its value": (
        HEAD + "then:\n  - table: {name: t, count: $regex}\n",
        "x.yaml:3:29: the matcher '$regex' needs a value: {$regex: ...}\n"
        "  3 |   - table: {name: t, count: $regex}\n"
        "    |                             ^^^^^^",
    ),
    "an include that is not there": (
        HEAD + "include: [_comon.yaml]\nthen: []\n",
        "x.yaml:2:11: there is no file '_comon.yaml' to include; did you mean '_common.yaml'?\n"
        "  2 | include: [_comon.yaml]\n"
        "    |           ^^^^^^^^^^^",
    ),
    "a world file that is not there": (
        HEAD + "world: other.yaml\nthen: []\n",
        "x.yaml:2:8: there is no world file 'other.yaml'\n"
        "  2 | world: other.yaml\n"
        "    |        ^^^^^^^^^^",
    ),
    "generated content that nothing makes": (
        HEAD + "when:\n  - put_object: {bucket: b, key: k, generated: fans}\nthen: []\n",
        "x.yaml:3:48: unknown generated content 'fans'; nothing is kept under any name\n"
        "  3 |   - put_object: {bucket: b, key: k, generated: fans}\n"
        "    |                                                ^^^^",
    ),
    "an anchor that is not there": (
        HEAD + "then: *missing\n",
        "x.yaml:2:7: no anchor '&missing' stands before this alias\n"
        "  2 | then: *missing\n"
        "    |       ^^^^^^^^",
    ),
    "something else than a mapping": (
        "just text\n",
        "x.yaml:1:1: expected a mapping with title, given, when and then;"
        " found the text 'just text'\n"
        "  1 | just text\n"
        "    | ^^^^^^^^^",
    ),
    "rows without the key that decides the shard": (
        HEAD + "when:\n  - put_records: {stream: s, rows: [{id: 1}]}\nthen: []\n",
        "x.yaml:3:30: rows need a partition_key: which of their keys decides the shard?\n"
        "  3 |   - put_records: {stream: s, rows: [{id: 1}]}\n"
        "    |                              ^^^^",
    ),
    "a row that lacks its partition key": (
        HEAD
        + "when:\n  - put_records: {stream: s, partition_key: id, rows: [{id: 1}, {di: 2}]}\n"
        + "then: []\n",
        "x.yaml:3:65: the row has no value for its partition_key 'id'\n"
        "  3 |   - put_records: {stream: s, partition_key: id, rows: [{id: 1}, {di: 2}]}\n"
        "    |                                                                 ^^^^^^^",
    ),
    "records that have their partition key already": (
        HEAD + "when:\n  - put_records: {stream: s, partition_key: id, records: []}\nthen: []\n",
        "x.yaml:3:30: partition_key goes with rows; records have their own\n"
        "  3 |   - put_records: {stream: s, partition_key: id, records: []}\n"
        "    |                              ^^^^^^^^^^^^^",
    ),
    "records from two sources": (
        HEAD + "when:\n  - put_records: {stream: s, records: [], rows: []}\nthen: []\n",
        "x.yaml:3:43: the records are given twice: records and rows\n"
        "  3 |   - put_records: {stream: s, records: [], rows: []}\n"
        "    |                                           ^^^^",
    ),
    "no metric's name": (
        HEAD + "then:\n  - metrics: {namespace: n, sums: 3}\n",
        "x.yaml:3:35: expected a mapping of a metric's name to its sum\n"
        "  3 |   - metrics: {namespace: n, sums: 3}\n"
        "    |                                   ^",
    ),
    "a title that is no sentence": (
        "title: Counts\nthen: []\n",
        "x.yaml:1:8: the title 'Counts' is no sentence; say what is so\n"
        "  1 | title: Counts\n"
        "    |        ^^^^^^",
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_the_author_is_told_where_and_what_and_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: str
) -> None:
    """A message names the place, shows the line, and suggests the word that was meant."""
    (tmp_path / "_common.yaml").write_text("when: []\n")

    assert told(tmp_path, text, monkeypatch) == expected


def test_every_problem_of_a_file_is_told_at_once_in_the_order_of_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody wants to run a file five times to learn of five mistakes."""
    text = (
        "title: An object arrives\nseed: -1\nwhen:\n  - advance: 3\n  - sttle\nthen: [{itm: 1}]\n"
    )

    firsts = [line for line in told(tmp_path, text, monkeypatch).split("\n") if line[:1] == "x"]

    assert firsts == [
        "x.yaml:2:7: expected 0 or more, found -1",
        "x.yaml:4:14: a duration needs a unit: 3s, 3ms ...",
        "x.yaml:5:5: unknown step 'sttle'; did you mean 'settle'?",
        "x.yaml:6:9: unknown expectation 'itm'; did you mean 'item'?",
    ]


def test_a_problem_in_an_included_file_is_told_at_its_place_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The including file is not to blame."""
    (tmp_path / "_part.yaml").write_text("when:\n  - advance: 3\n")
    text = HEAD + "include: [_part.yaml]\nthen: []\n"

    assert told(tmp_path, text, monkeypatch).split("\n")[0] == (
        "_part.yaml:2:14: a duration needs a unit: 3s, 3ms ..."
    )


def test_files_that_include_each_other_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A circle would never end."""
    (tmp_path / "_a.yaml").write_text("include: [_b.yaml]\n")
    (tmp_path / "_b.yaml").write_text("include: [_a.yaml]\n")
    text = HEAD + "include: [_a.yaml]\nthen: []\n"

    assert told(tmp_path, text, monkeypatch).split("\n")[0] == (
        "_b.yaml:1:11: '_a.yaml' includes itself"
    )


def test_a_file_that_is_not_there_or_not_text_is_a_scenario_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line shows such errors like all others."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yaml").write_bytes(b"title: \xff\n")

    with pytest.raises(InvalidScenarioError, match=r"^y\.yaml:1:1: cannot read the file: No such"):
        load(tmp_path / "y.yaml")
    with pytest.raises(InvalidScenarioError, match=r"^x\.yaml:1:8: not UTF-8 at byte 7; save"):
        load(tmp_path / "x.yaml")


def test_a_scenario_without_a_world_file_is_told_to_write_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything else in the file may be right."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yaml").write_text(HEAD + "then: []\n")

    with pytest.raises(
        InvalidScenarioError,
        match=r"^x\.yaml:1:1: no world\.yaml in this folder or above; write one, or name it",
    ):
        load(tmp_path / "x.yaml")
