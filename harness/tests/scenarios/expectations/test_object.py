"""The expectation `object`: an object's content, or that there is none."""

from pathlib import Path

import pytest

from harness.results.scenario import ScenarioResult
from harness.scenarios.documents.problems import InvalidScenarioError
from harness.scenarios.documents.source import SourceFile
from harness.scenarios.loader import load_source
from harness.scenarios.runner import run_scenario
from harness.scenarios.worlds import open_world

FOREIGN = Path(__file__).parents[2] / "foreign" / "scenarios" / "made_up.yaml"


def run(expectation: str) -> ScenarioResult:
    """Run a scenario that puts one object and looks at it."""
    text = f"""\
title: An object is put
when:
  - put_object: {{bucket: LabelsBucket, key: plain.txt, text: "a cup"}}
  - put_object: {{bucket: LabelsBucket, key: packed.gz, text: "a cup", gzip: true}}
then:
  - object: {expectation}
"""
    scenario = load_source(SourceFile(FOREIGN, text))
    return run_scenario(scenario, scenario.cases[0], world_factory=open_world)


@pytest.mark.parametrize(
    "expectation",
    [
        '{bucket: LabelsBucket, key: plain.txt, text: "a cup"}',
        '{bucket: LabelsBucket, key: packed.gz, text: {$regex: "cup$"}}',
        "{bucket: LabelsBucket, key: none.txt, absent: true}",
    ],
)
def test_what_is_there_holds(expectation: str) -> None:
    """Content is text, unpacked where the scenario says so."""
    assert run(expectation).verdict == "passed"


@pytest.mark.parametrize(
    ("expectation", "seen"),
    [
        ('{bucket: LabelsBucket, key: plain.txt, text: "a plate"}', "a cup"),
        ('{bucket: LabelsBucket, key: none.txt, text: "a cup"}', "no object"),
        ("{bucket: LabelsBucket, key: plain.txt, absent: true}", "an object of 5 characters"),
    ],
)
def test_a_failure_shows_what_was_there(expectation: str, seen: str) -> None:
    """Also that there was nothing."""
    (failure,) = run(expectation).failures
    shown = [failure.seen, *(difference.seen for difference in failure.differences)]
    assert any(seen in text for text in shown)


@pytest.mark.parametrize("rest", ["", ", text: a, absent: true"])
def test_text_and_absent_exclude_each_other(rest: str) -> None:
    """And one of them is needed."""
    with pytest.raises(InvalidScenarioError, match="give exactly one of text, absent"):
        run("{bucket: LabelsBucket, key: plain.txt" + rest + "}")
