"""Digests by scenario and case, from the reports that the variants leave."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

Digests = dict[str, str]
"""Name of the file, title and case -> digest of the journal."""


def from_json(report: Path) -> Digests:
    """Return the digests in a report of ``harness run --json``."""
    document = json.loads(report.read_text(encoding="utf-8"))
    return {
        _name(result["path"], result["title"], result["case"]): result["digest"]
        for result in document["results"]
    }


def from_junit(report: Path) -> Digests:
    """Return the digests in a report of ``pytest --junit-xml``."""
    digests: Digests = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own file
        for each in case.iter("property"):
            if each.get("name") == "digest":
                name = f"{Path(case.get('file', '')).name}: {case.get('name', '')}"
                digests[name] = each.get("value", "")
    return digests


def _name(path: str, title: str, case: str | None) -> str:
    # Titles may stand twice, and what a file is called does not depend on where one stands.
    return f"{Path(path).name}: {title}" + ("" if case is None else f"[{case}]")
