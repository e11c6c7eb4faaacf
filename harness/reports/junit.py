"""Results as JUnit XML, as CI systems read it.

A broken and an unsupported scenario are errors of their own type: neither may look like a skipped
test.  No wall-clock time is in it, so that equal runs give equal files.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from harness.kernel.instant import in_seconds
from harness.reports.lines import plain_text, result_lines
from harness.reports.summary import count_verdicts
from harness.results.scenario import ScenarioResult

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold, not even escaped."""


def junit(results: Sequence[ScenarioResult]) -> str:
    """Return *results* as one test suite."""
    counts = count_verdicts(results)
    suites = Element("testsuites")
    suite = SubElement(
        suites,
        "testsuite",
        name="scenarios",
        tests=str(len(results)),
        failures=str(counts["failed"]),
        errors=str(counts["broken"] + counts["unsupported"]),
    )
    for result in results:
        _case(suite, result)
    indent(suites)
    text = tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _case(suite: Element, result: ScenarioResult) -> None:
    case = SubElement(suite, "testcase", classname=result.path, name=_allowed(result.name))
    properties = SubElement(case, "properties")
    for name, value in (
        ("seed", str(result.seed)),
        ("digest", result.digest),
        ("virtual_seconds", f"{in_seconds(result.duration):g}"),
        ("tags", ",".join(result.tags)),
        *(("untold", each) for each in result.untold),
    ):
        SubElement(properties, "property", name=name, value=_allowed(value))
    if result.verdict == "passed":
        return
    kind = "failure" if result.verdict == "failed" else "error"
    first = result.problem or (result.failures[0].problem if result.failures else "")
    detail = SubElement(
        case, kind, type=result.verdict, message=_allowed(first.partition("\n")[0])
    )
    detail.text = _allowed(plain_text(result_lines(result)))


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
