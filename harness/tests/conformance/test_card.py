"""The card is read off the tests, shown as text, JSON and a page, and fails when they fail."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness.cli.main import application
from harness.conformance.card import Card, make_card
from harness.conformance.collecting import CollectionError
from harness.conformance.differences import known_differences
from harness.conformance.document import document
from harness.conformance.page import page

MARKED = """
import pytest

SOURCE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html"
pytestmark = pytest.mark.aws("The whole module says so.", source=SOURCE, service="sqs")


@pytest.mark.aws("It is <so>.", source=SOURCE, service="s3")
@pytest.mark.parametrize("number", [1, 2])
def test_it_is_so(number):
    assert number < {limit}


@pytest.mark.aws("It is <so>.", source=SOURCE, service="s3")
@pytest.mark.divergence(
    service="s3", peer="moto 5.2.5", theirs="It is not.", ours="It is.", aws="It is.",
    source=SOURCE, right="ours",
)
def test_it_is_not_so_elsewhere():
    pass
"""
INI = "[pytest]\nmarkers =\n    aws: a\n    divergence: d\naddopts = --import-mode=importlib\n"


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text(INI, encoding="utf-8")
    return _write(tmp_path, limit=3)  # each module under a name of its own: Python keeps them


def _write(folder: Path, *, limit: int) -> Path:
    path = folder / f"test_{folder.name}.py"
    path.write_text(MARKED.replace("{limit}", str(limit)), encoding="utf-8")
    return path


def _services(card: Card) -> dict[str, tuple[int, int]]:
    return {
        each.service: (len(each.behaviours), len(each.divergences))
        for each in card.services
        if each.behaviours or each.divergences
    }


def test_equal_statements_are_one_behaviour_with_all_its_tests(marked: Path) -> None:
    """Cases of parameters count as one test."""
    card = make_card([marked])

    assert _services(card) == {"s3": (1, 1), "sqs": (1, 0)}
    (behaviour,) = card.services[0].behaviours
    assert [test.name for test in behaviour.tests] == ["it is so", "it is not so elsewhere"]
    assert behaviour.outcome == "not run"


def test_run_tells_how_the_tests_ended(tmp_path: Path, marked: Path) -> None:
    """One failed case is enough."""
    assert {each.outcome for each in make_card([marked], is_run=True).behaviours} == {"passed"}

    (tmp_path / "again").mkdir()
    failing = _write(tmp_path / "again", limit=2)
    card = make_card([failing], ["s3"], is_run=True)

    assert [each.outcome for each in card.behaviours] == ["failed"]
    assert [each.outcome for each in card.divergences] == ["passed"]
    assert card.has_failed


def test_a_test_that_cannot_be_imported_is_an_error_and_no_shorter_card(marked: Path) -> None:
    """A card never leaves out what it could not read."""
    marked.write_text("import nothing_of_the_kind\n", encoding="utf-8")

    with pytest.raises(CollectionError, match="nothing_of_the_kind"):
        make_card([marked])


def test_a_mark_that_lacks_something_is_an_error(marked: Path) -> None:
    """With the test's name."""
    text = "import pytest\n\n\n@pytest.mark.aws('x')\ndef test_x():\n    pass\n"
    marked.write_text(text, encoding="utf-8")

    with pytest.raises(CollectionError, match=r"\.py::test_x: aws: needs exactly"):
        make_card([marked])


def test_the_document_holds_everything_and_is_the_same_each_time(marked: Path) -> None:
    """So that two cards can be compared."""
    first, second = (json.dumps(document(make_card([marked]))) for _ in range(2))

    assert first == second
    s3, *_ = json.loads(first)["services"]
    assert s3["behaviours"][0]["statement"] == "It is <so>."
    assert s3["divergences"][0]["right"] == "ours"
    assert "PutObject" in {each["name"] for each in s3["operations"]["modelled"]}
    assert "SelectObjectContent" in s3["operations"]["refused"]
    assert s3["differences"]


class Page(HTMLParser):
    """Notes what a page opens, closes and fetches."""

    VOID = frozenset({"meta", "br"})
    OPTIONAL = frozenset({"th", "td", "tr", "dt", "dd"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "link", "img", "iframe"} or dict(attrs).get("src"):
            self.fetched.append(tag)
        if tag not in self.VOID | self.OPTIONAL:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.OPTIONAL:
            assert self.open.pop() == tag


def test_the_page_is_whole_and_fetches_nothing(marked: Path) -> None:
    """One file that can be sent to anybody."""
    text = page(make_card([marked]))
    read = Page()
    read.feed(text)

    assert read.open == []
    assert read.fetched == []
    assert "url(" not in text
    assert "It is &lt;so&gt;." in text
    assert "theirs" not in read.rawdata


def test_the_command_prints_and_writes_the_card(marked: Path, tmp_path: Path) -> None:
    """And takes the exit code from the tests."""
    run = CliRunner()
    files = ["--json", str(tmp_path / "out/card.json"), "--page", str(tmp_path / "out/card.html")]
    shown = run.invoke(application(["conformance"]), ["conformance", str(marked), "--run", *files])

    assert shown.exit_code == 0, shown.output
    assert "✓ It is <so>." in shown.output
    assert ".py::test_it_is_so" in shown.output
    assert json.loads((tmp_path / "out/card.json").read_text("utf-8"))["behaviours"] == 2
    assert (tmp_path / "out/card.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_command_fails_with_its_tests_and_says_what_it_does_not_know(
    tmp_path: Path, marked: Path
) -> None:
    """1 failed, 2 usage, 3 nothing there, 5 nothing marked."""

    def ended(*arguments: str) -> int:
        result = CliRunner().invoke(application(["conformance"]), ["conformance", *arguments])
        return result.exit_code

    folder = tmp_path / "other"
    folder.mkdir()
    assert ended(str(_write(folder, limit=2)), "--run", "--summary") == 1
    assert ended(str(marked), "--service", "sns") == 2
    assert ended(str(tmp_path / "gone")) == 3
    assert ended(str(marked), "--service", "lambda", "--summary") == 5


def test_the_readmes_of_the_engines_say_what_they_leave_out() -> None:
    """Each has such a section, and points to moto are no part of it."""
    found = known_differences()

    assert all(found.values())
    assert not any(point.startswith("To moto") for points in found.values() for point in points)
