"""The parity table: equal, differs, lacks."""

import json
from dataclasses import replace

from rich.console import Console

from harness.parity.comparison import Comparison, compare
from harness.parity.finalstate import FinalState
from harness.parity.table import parity_document, print_comparison, print_parity
from harness.results.scenario import ScenarioResult

PASSED = ScenarioResult(
    path="scenarios/x.yaml", title="It works", case=None, tags=(), seed=0, verdict="passed"
)
STATE = FinalState({"orders": ['{"id": "a"}']}, {"slack": ['{"text": "hello"}']})


def compared(
    result: ScenarioResult = PASSED, state: FinalState = STATE, reference: ScenarioResult = PASSED
) -> Comparison:
    return compare(result, state, reference, STATE, {"dynamodb.no-expiry": 2})


def test_the_same_verdict_and_the_same_end_are_equal() -> None:
    """Whatever was repaired on the way, which is told beside it."""
    comparison = compared()

    assert (comparison.parity, comparison.differences) == ("equal", ())
    assert comparison.repaired == {"dynamodb.no-expiry": 2}


def test_another_item_or_notification_is_shown_side_by_side() -> None:
    """What is only here, and what is missing here."""
    other = FinalState({"orders": ['{"id": "b"}']}, {"slack": []})

    comparison = compared(state=other)

    assert comparison.parity == "differs"
    assert comparison.differences == (
        'table orders: only here {"id": "b"}',
        'table orders: missing here {"id": "a"}',
        'calls of slack: missing here {"text": "hello"}',
    )


def test_an_item_that_is_there_twice_is_not_the_same_as_once() -> None:
    """Lists are compared as bags."""
    twice = FinalState({"orders": ['{"id": "a"}'] * 2}, STATE.calls)

    assert compared(state=twice).differences == ('table orders: only here {"id": "a"}',)


def test_a_failure_where_memory_passes_differs_with_its_reason() -> None:
    """Even if the end is the same."""
    failed = replace(PASSED, verdict="failed", problem="it was late")

    comparison = compared(failed)

    assert comparison.parity == "differs"
    assert comparison.differences == ("failed, not passed: it was late",)


def test_what_a_backend_lacks_is_neither_equal_nor_different() -> None:
    """Never a silent pass, and no failure either."""
    lacking = replace(PASSED, verdict="unsupported", problem="backend aws lacks faults on purpose")

    comparison = compared(lacking, FinalState())

    assert comparison.parity == "lacks"
    assert comparison.differences == ("backend aws lacks faults on purpose",)


def test_the_table_counts_and_says_what_was_repaired() -> None:
    """With what the backend does and what AWS does."""
    comparisons = [compared(), compared(state=FinalState())]
    console = Console(width=200, record=True, quiet=False)

    for each in comparisons:
        print_comparison(console, each)
    print_parity(console, comparisons, "moto", "memory")

    text = console.export_text()
    assert "moto beside memory: 1 equal, 1 differs" in text
    assert "dynamodb.no-expiry: 4 times in 2 cases" in text
    assert "AWS: they are deleted by the service" in text


def test_the_table_as_json_has_a_row_for_each_case() -> None:
    """For machines."""
    document = json.loads(parity_document([compared()], "moto", "memory"))

    assert document["summary"] == {"equal": 1, "differs": 0, "lacks": 0}
    assert document["cases"][0]["parity"] == "equal"
    assert document["repaired"]["dynamodb.no-expiry"]["times"] == 2
