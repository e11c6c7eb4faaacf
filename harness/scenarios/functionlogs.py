"""What functions wrote into their logs as warnings, for the reader of a failure."""

import json
import re
from typing import Any, NamedTuple

from harness.kernel.journal import Entry
from harness.results.functionwarnings import FunctionWarnings
from harness.scenarios.documents.rendering import flow
from harness.scenarios.run import Run

_LEVELS = ("WARNING", "WARN", "ERROR", "CRITICAL", "FATAL")
_PLAIN = re.compile(r"\[(?:WARNING|ERROR|CRITICAL)\]\t[^\t]*\t[^\t]*\t(?P<message>.*)", re.DOTALL)
"""A line of Lambda's own text format (Lambda developer guide, "Log and monitor Python Lambda functions")."""

_SAID_ELSEWHERE = frozenset({
    "cold_start", "correlation_id", "function_arn", "function_memory_size", "function_name",
    "function_request_id", "level", "location", "message", "requestId", "sampling_rate", "service",
    "timestamp", "xray_trace_id",
})  # fmt: skip
"""What Powertools and Lambda put into each line."""


class _Warning(NamedTuple):
    message: str
    details: str


def function_warnings(run: Run) -> tuple[FunctionWarnings, ...]:
    """Return what each function warned of since the first step, in the order of the first warning.

    What a function that failed logged of it is left out: its error is told already.
    """
    found: dict[tuple[str, str], list[tuple[Entry, _Warning]]] = {}
    failed = set()
    journal = run.world.journal
    for index in range(run.first_entry, len(journal)):
        entry = journal[index]
        if entry.kind == "failed":
            failed.add(entry.subject)
        elif entry.kind == "log":
            warning = _warning_in(str(entry.details.get("line", "")))
            if warning is not None:
                found.setdefault((entry.subject, warning.message), []).append((entry, warning))
    return tuple(
        FunctionWarnings(function, message, len(lines), lines[-1][1].details, lines[-1][0].instant)
        for (function, message), lines in found.items()
        if function not in failed
    )


def _warning_in(line: str) -> _Warning | None:
    """Return the warning that a line of a log is, if it is one."""
    plain = _PLAIN.fullmatch(line.rstrip("\n"))
    if plain is not None:
        return _Warning(plain["message"], "")
    told = _object(line)
    if told.get("level") not in _LEVELS:
        return None
    details = {name: value for name, value in told.items() if name not in _SAID_ELSEWHERE}
    return _Warning(str(told.get("message", "")), flow(details) if details else "")


def _object(line: str) -> dict[str, Any]:
    if not line.startswith("{"):
        return {}
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:
        return {}
    return told
