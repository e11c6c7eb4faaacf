"""Results as JSON: one document, or one line for each."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from harness.kernel.instant import iso
from harness.kernel.journal import Entry
from harness.reports.summary import count_verdicts
from harness.results.failure import Failure
from harness.results.functionerrors import FunctionErrors
from harness.results.functionwarnings import FunctionWarnings
from harness.results.scenario import ScenarioResult


def json_document(results: Sequence[ScenarioResult]) -> str:
    """Return all *results* and their summary as one JSON document."""
    document = {
        "summary": count_verdicts(results),
        "results": [result_plain(result) for result in results],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n"


def json_lines(results: Iterable[ScenarioResult]) -> Iterable[str]:
    """Return one line of JSON for each of *results*, as they come."""
    for result in results:
        yield json.dumps(result_plain(result), ensure_ascii=False, default=str)


def result_plain(result: ScenarioResult) -> dict[str, Any]:
    """Return *result* as JSON's own types."""
    return {
        "path": result.path,
        "title": result.title,
        "case": result.case,
        "tags": list(result.tags),
        "seed": result.seed,
        "verdict": result.verdict,
        "problem": result.problem,
        "failures": [_failure(failure) for failure in result.failures],
        "digest": result.digest,
        "virtual_microseconds": result.duration,
        "entries": result.entries,
        "reproduce": result.reproduce,
        "untold": list(result.untold),
        "function_errors": [_errors(errors) for errors in result.errors],
        "function_warnings": [_warnings(warnings) for warnings in result.warnings],
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "problem": failure.problem,
        "path": failure.location.path,
        "line": failure.location.line,
        "column": failure.location.column,
        "expected": failure.expected,
        "seen": failure.seen,
        "differences": [
            {"path": each.path, "expected": each.expected, "seen": each.seen}
            for each in failure.differences
        ],
        "instant": iso(failure.instant),
        "entries": [_entry(entry) for entry in failure.entries],
    }


def _errors(errors: FunctionErrors) -> dict[str, Any]:
    return {
        "function": errors.function,
        "count": errors.count,
        "last": errors.last,
        "instant": iso(errors.instant),
    }


def _warnings(warnings: FunctionWarnings) -> dict[str, Any]:
    return {
        "function": warnings.function,
        "message": warnings.message,
        "count": warnings.count,
        "last": warnings.last,
        "instant": iso(warnings.instant),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "index": entry.index,
        "instant": iso(entry.instant),
        "kind": entry.kind,
        "actor": entry.actor,
        "subject": entry.subject,
        "cause": entry.cause,
        "details": dict(entry.details),
    }
