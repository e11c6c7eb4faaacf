"""The expectation `log`: lines as text, and as the JSON that structured logging writes."""

from pathlib import Path

import pytest

from harness.scenarios.documents.problems import InvalidScenarioError
from harness.tests.scenarios.writing import outcome

BEFORE = """\
title: A function writes to its log
when:
  - invoke: {function: ingest, event: {log: ['{"message": "kept", "order": {"id": 7}}', plain words]}}
then:
"""


@pytest.mark.parametrize(
    "expectation",
    [
        "{has: {message: kept}}",
        "{function: ingest, has: {order: {id: 7}}}",
        "{has: {message: {$regex: ^k}, level: $absent}, contains: plain, absent: secret}",
    ],
)
def test_a_line_of_json_is_found_by_its_keys(tmp_path: Path, expectation: str) -> None:
    """Other keys and other lines do not matter."""
    assert outcome(tmp_path, f"{BEFORE}  - log: {expectation}\n").verdict == "passed"


def test_the_nearest_line_is_shown_where_none_matches(tmp_path: Path) -> None:
    """The reader sees what differs, and not merely that something does."""
    result = outcome(tmp_path, f"{BEFORE}  - log: {{has: {{message: kept, order: {{id: 8}}}}}}\n")

    assert [str(each) for each in result.failures[0].differences] == [
        "order.id: expected 8, was 7"
    ]
    assert result.failures[0].problem == "the nearest line in the logs: not as expected"


def test_a_log_without_json_is_said_to_have_none(tmp_path: Path) -> None:
    """Nothing is near then."""
    text = BEFORE.replace("""'{"message": "kept", "order": {"id": 7}}', """, "")

    (failure,) = outcome(tmp_path, f"{text}  - log: {{has: {{message: kept}}}}\n").failures

    assert failure.seen == "no line of JSON among 1"


def test_what_a_line_holds_can_be_captured(tmp_path: Path) -> None:
    """The later expectation knows the id that the log names."""
    text = (
        '  - log: {has: {order: {id: {$capture: id}}}}\n  - log: {has: {order: {id: "${id}"}}}\n'
    )

    assert outcome(tmp_path, BEFORE + text).verdict == "passed"


def test_an_expectation_of_nothing_is_refused(tmp_path: Path) -> None:
    """It could not fail."""
    with pytest.raises(InvalidScenarioError, match="give has, contains or absent"):
        outcome(tmp_path, f"{BEFORE}  - log: {{function: ingest}}\n")
