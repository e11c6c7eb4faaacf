"""Digests by scenario and case, from the reports that the variants leave."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

Digests = dict[str, str]
"""Title, with the case in brackets -> digest of the journal."""


def from_json(report: Path) -> Digests:
    """Return the digests in a report of ``harness run --json``."""
    document = json.loads(report.read_text(encoding="utf-8"))
    return {
        _name(result["title"], result["case"]): result["digest"] for result in document["results"]
    }


def from_junit(report: Path) -> Digests:
    """Return the digests in a report of ``pytest --junit-xml``."""
    digests: Digests = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own file
        for each in case.iter("property"):
            if each.get("name") == "digest":
                digests[case.get("name", "")] = each.get("value", "")
    return digests


def _name(title: str, case: str | None) -> str:
    return title if case is None else f"{title}[{case}]"
