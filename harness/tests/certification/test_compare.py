"""The certificate: what counts as a difference, and that a planted one is found."""

import json
import shutil
from pathlib import Path

import pytest

import harness.certification.certificate as certificate_module
from harness.certification.certificate import Difference, certify, compare
from harness.certification.digests import from_json, from_junit
from harness.certification.variant import VARIANTS, Variant, command
from harness.errors import HarnessError
from harness.tests.cli.project import HANDLER, SCENARIO, TEMPLATE


def test_equal_digests_are_no_difference() -> None:
    """Every name counts once, in whatever variants it was seen."""
    certificate = compare({"one": {"a": "1", "b": "2"}, "two": {"b": "2", "a": "1"}})

    assert certificate.differences == ()
    assert certificate.scenario_count == 2
    assert certificate.variants == ("one", "two")


def test_a_difference_names_the_scenario_and_every_variants_digest() -> None:
    """Those that agree, too: they say which variant is the odd one."""
    certificate = compare({"one": {"a": "1"}, "two": {"a": "1"}, "three": {"a": "3"}})

    assert certificate.differences == (
        Difference("a", (("one", "1"), ("two", "1"), ("three", "3"))),
    )


def test_a_scenario_that_a_variant_has_not_run_is_a_difference() -> None:
    """Otherwise a crash would pass for agreement."""
    certificate = compare({"one": {"a": "1", "b": "2"}, "two": {"a": "1"}})

    assert certificate.differences == (Difference("b", (("one", "2"), ("two", "missing"))),)


def test_both_kinds_of_report_give_a_scenario_the_same_name(tmp_path: Path) -> None:
    """The file's name tells equal titles apart, wherever one stands."""
    results = [
        {"path": "/x/a.yaml", "title": "It is so", "case": None, "digest": "1"},
        {"path": "x/b.yaml", "title": "It is so", "case": "c", "digest": "2"},
    ]
    (tmp_path / "x.json").write_text(json.dumps({"results": results}))
    (tmp_path / "x.xml").write_text(
        "<testsuite>"
        '<testcase name="It is so" file="x/a.yaml"><properties>'
        '<property name="seed" value="0"/><property name="digest" value="1"/>'
        "</properties></testcase>"
        '<testcase name="It is so[c]" file="x/b.yaml"><properties>'
        '<property name="digest" value="2"/></properties></testcase>'
        "</testsuite>"
    )

    expected = {"a.yaml: It is so": "1", "b.yaml: It is so[c]": "2"}
    assert from_json(tmp_path / "x.json") == expected
    assert from_junit(tmp_path / "x.xml") == expected


def test_the_variants_differ_in_all_that_must_make_no_difference() -> None:
    """Hash seed, folder, order, number of processes, and who runs them."""
    assert len({variant.hash_seed for variant in VARIANTS}) == len(VARIANTS)
    assert {variant.worker_count for variant in VARIANTS} == {1, 2}
    for setting in ("elsewhere", "reversed_order", "uses_pytest"):
        assert {getattr(variant, setting) for variant in VARIANTS} == {False, True}

    files = [Path("a"), Path("b")]
    reverse = Variant("r", hash_seed=1, reversed_order=True)
    assert command(reverse, "python", files, Path("r"))[4:6] == ["b", "a"]


UNSTEADY = """\
def handler(event, context):
    return {"ok": True, "order": "".join({"a", "b", "c", "d", "e", "f", "g", "h"})}
"""


@pytest.fixture
def two_variants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave only what takes a planted difference to show."""
    monkeypatch.setattr(certificate_module, "VARIANTS", VARIANTS[:2])


@pytest.mark.usefixtures("two_variants")
def test_a_handler_that_goes_through_a_set_is_found_and_the_others_are_not(tmp_path: Path) -> None:
    """The certificate names the scenario whose journal depends on the hash seed."""
    files = [project(tmp_path / "steady", HANDLER), project(tmp_path / "unsteady", UNSTEADY)]
    files[1].write_text(SCENARIO.replace("The function", "The other function"))
    announced: list[str] = []

    certificate = certify(files, lambda variant: announced.append(variant.name))

    assert announced == [variant.name for variant in VARIANTS[:2]]
    assert certificate.scenario_count == 2
    assert [difference.name for difference in certificate.differences] == [
        "it.yaml: The other function answers"
    ]
    digests = dict(certificate.differences[0].digests)
    assert len(set(digests.values())) == 2
    assert "missing" not in digests.values()


@pytest.mark.usefixtures("two_variants")
def test_a_variant_that_leaves_no_report_is_an_error_with_its_last_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It would else pass for one that ran nothing."""
    monkeypatch.setattr(
        certificate_module,
        "command",
        lambda _variant, python, *_: [python, "-c", "print('last words')"],
    )
    with pytest.raises(HarnessError, match=r"^one process left no report; it said: last words$"):
        certify([Path("a.yaml")], lambda _variant: None)


def project(folder: Path, handler: str) -> Path:
    """Write a project and return its scenario."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "wicked.py").write_text(handler)
    (folder / "template.yaml").write_text(TEMPLATE)
    (folder / "world.yaml").write_text("template: template.yaml\n")
    (folder / "it.yaml").write_text(SCENARIO)
    return folder / "it.yaml"
