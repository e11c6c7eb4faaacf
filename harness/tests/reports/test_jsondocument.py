"""Results as JSON."""

import json

from harness.reports.jsondocument import json_document, json_lines
from harness.tests.reports.results import ALL, FAILED


def test_the_document_holds_a_summary_and_every_result() -> None:
    """Programs need not count."""
    document = json.loads(json_document(ALL))

    assert document["summary"] == {"passed": 1, "failed": 1, "unsupported": 1, "broken": 1}
    assert [each["verdict"] for each in document["results"]] == [
        "passed", "failed", "broken", "unsupported",
    ]  # fmt: skip


def test_a_line_holds_one_result_with_its_differences() -> None:
    """Lines can be read while the run goes on."""
    (line,) = json_lines([FAILED])
    (failure,) = json.loads(line)["failures"]

    assert (failure["line"], failure["column"]) == (5, 14)
    assert failure["differences"][0] == {"path": "n", "expected": "6", "seen": "5"}
    assert failure["entries"][0]["subject"] == "orders k1"
