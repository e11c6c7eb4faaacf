"""What a difference says."""

from harness.results.failure import Difference
from harness.results.scenario import ScenarioResult


def test_a_difference_names_its_place_unless_it_is_the_whole() -> None:
    """One line each."""
    assert str(Difference("items[2].verified", "3", "2")) == (
        "items[2].verified: expected 3, was 2"
    )
    assert str(Difference("", "3", "2")) == "expected 3, was 2"


def test_a_result_is_named_by_its_title_and_its_case() -> None:
    """As pytest names parametrised tests."""
    assert ScenarioResult("x", "It is so", None, (), 0, "passed").name == "It is so"
    assert ScenarioResult("x", "It is so", "a", (), 0, "passed").name == "It is so[a]"
