"""The JSON Schema and the vocabulary are generated, checked in and fresh; every scenario keeps to them."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.scenarios.collecting import find_scenarios
from harness.scenarios.documents.nodes import plain
from harness.scenarios.documents.parsing import parse
from harness.scenarios.documents.source import read_source
from harness.scenarios.expectations.registry import EXPECTATIONS
from harness.scenarios.jsonschema import FILE, json_schema, json_schema_text
from harness.scenarios.language.entries import EXPECTATION, STEP
from harness.scenarios.matchers.reading import PATTERNS
from harness.scenarios.regenerate import README
from harness.scenarios.steps.registry import STEPS
from harness.scenarios.vocabulary import vocabulary

ROOT = Path(__file__).parents[3]
SCENARIOS = find_scenarios([ROOT / "scenarios"])
REMEDY = "run python -m harness.scenarios.regenerate"
VALIDATOR = Draft202012Validator(json_schema())


def test_the_json_schema_is_fresh() -> None:
    """Editors complete what the loader takes."""
    assert FILE.read_text() == json_schema_text(), REMEDY


def test_the_vocabulary_is_fresh() -> None:
    """Readers learn what the loader takes."""
    assert (ROOT / README).read_text() == vocabulary(), REMEDY


def test_the_json_schema_is_one() -> None:
    """A wrong schema accepts everything in silence."""
    Draft202012Validator.check_schema(json.loads(FILE.read_text()))


@pytest.mark.parametrize(
    "path", SCENARIOS, ids=[str(path.relative_to(ROOT)) for path in SCENARIOS]
)
def test_every_scenario_keeps_to_the_schema_and_names_it(path: Path) -> None:
    """The editor finds the schema by the first line."""
    source = read_source(path)
    first = source.line(1).removeprefix("# yaml-language-server: $schema=")

    assert (path.parent / first).resolve() == FILE.resolve()
    assert [error.message for error in VALIDATOR.iter_errors(plain(parse(source)))] == []


@pytest.mark.parametrize(
    "document",
    [
        {"title": "A b c"},
        {"title": "A b c", "then": [], "extra": 1},
        {"title": "A b c", "then": [{"itm": {}}]},
        {"title": "A b c", "then": [], "when": [{"advance": 10}]},
        {"title": "A b c", "then": [], "when": [{"settle": "1m", "advance": "1m"}]},
        {"title": "A b c", "then": [], "when": [{"inject": {"fault": "erorr", "at": "sqs"}}]},
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(document: dict[str, object]) -> None:
    """Mistakes show while they are typed."""
    assert not VALIDATOR.is_valid(document)


def test_the_schema_takes_variables_bare_words_and_short_forms() -> None:
    """What the loader takes must not be underlined."""
    document = {
        "title": "A b c",
        "settle": False,
        "when": ["settle", {"settle": None}, {"advance": "${wait}", "after": "1m30s"}],
        "then": [{"invariants": "all"}, {"settles_within": "${limit}"}],
    }

    assert [error.message for error in VALIDATOR.iter_errors(document)] == []


def test_every_step_expectation_and_matcher_is_explained() -> None:
    """One module each, and its docstring is its entry."""
    for part in (*STEPS.values(), *EXPECTATIONS.values(), *PATTERNS):
        assert part.__doc__, part
    assert STEP.parts == STEPS
    assert EXPECTATION.parts == EXPECTATIONS
