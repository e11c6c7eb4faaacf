"""Results as JUnit XML."""

from xml.etree.ElementTree import Element, fromstring

from harness.reports.junit import junit
from harness.results.scenario import ScenarioResult
from harness.tests.reports.results import ALL


def test_broken_and_unsupported_scenarios_are_errors_of_their_own_type() -> None:
    """A skipped test would be overlooked."""
    suite = parsed(junit(ALL))[0]

    assert suite.attrib == {"name": "scenarios", "tests": "4", "failures": "1", "errors": "2"}
    kinds = [(case[1].tag, case[1].get("type")) for case in suite if len(case) > 1]
    assert kinds == [("failure", "failed"), ("error", "broken"), ("error", "unsupported")]


def test_a_case_carries_its_seed_and_digest_and_the_whole_report() -> None:
    """CI shows enough to see it again."""
    case = parsed(junit(ALL))[0][1]

    assert (case.get("classname"), case.get("name")) == ("x.yaml", "All is <well>[often]")
    assert {each.get("name"): each.get("value") for each in case[0]} == {
        "seed": "7",
        "digest": "d1",
        "virtual_seconds": "1.5",
        "tags": "",
    }
    assert case[1].get("message") == "item orders {id: k1}: not as expected"
    assert "n: expected 6, was 5" in (case[1].text or "")


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    """A value may hold anything."""
    result = ScenarioResult("x.yaml", "A \x00 in it", None, (), 0, "broken", problem="\x1b[31m")

    assert parsed(junit([result]))[0][0].get("name") == "A \ufffd in it"


def parsed(text: str) -> Element:
    return fromstring(text)  # noqa: S314 - our own XML
