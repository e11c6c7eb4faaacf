"""The pytest plugin, in a pytest of its own."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import harness.plugin.files
import harness.scenarios.worlds
from harness.tests.scenarios.smallworld import SmallWorld

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[3]

SCENARIO = """\
title: An object becomes an item
tags: [smoke]
cases: {right: {n: 5}, wrong: {n: 6}}
when:
  - put_object: {bucket: inbox, key: k1, text: hello}
then:
  - item: {table: orders, key: {id: k1}, has: {size: "${n}"}}
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setattr(harness.plugin.files, "open_world", SmallWorld)
    pytester.mkdir("scenarios")
    (pytester.path / "scenarios" / "world.yaml").write_text("template: template.yaml\n")
    (pytester.path / "other.yaml").write_text("no: scenario\n")
    (pytester.path / "scenarios" / "_part.yaml").write_text("when: []\n")
    (pytester.path / "scenarios" / "x.yaml").write_text(SCENARIO)
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return project.runpytest_inprocess(
        "-p", "harness.plugin", "-p", "no:randomly", "-p", "no:xdist", *arguments
    )


def test_each_case_of_each_file_below_a_world_file_is_an_item(project: pytest.Pytester) -> None:
    """World files, parts and other YAML are none."""
    result = run(project, "--collect-only", "-q")

    assert [line for line in result.outlines if "::" in line] == [
        "scenarios/x.yaml::An object becomes an item[right]",
        "scenarios/x.yaml::An object becomes an item[wrong]",
    ]


def test_a_failing_scenario_shows_its_report_and_no_traceback(project: pytest.Pytester) -> None:
    """Nobody learns anything from the harness's own lines."""
    result = run(project)

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "failed: An object becomes an item[[]wrong]",
            "*x.yaml:7:54: item orders {id: k1}: not as expected",
            "  size: expected 6, was 5",
            "  again: harness run *x.yaml -k wrong --seed 0",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*runner.py*")


def test_a_broken_file_shows_all_its_problems_and_no_traceback(project: pytest.Pytester) -> None:
    """As on the command line."""
    (project.path / "scenarios" / "x.yaml").write_text("title: A b c\nthen: [{itm: 1}]\nx: 1\n")

    result = run(project)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*x.yaml:2:9: unknown expectation 'itm'; did you mean 'item'?"])
    result.stdout.fnmatch_lines(["*x.yaml:3:1: unknown key 'x'*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_tags_choose_scenarios(project: pytest.Pytester) -> None:
    """They are keywords for -k."""
    run(project, "-k", "smoke and right").assert_outcomes(passed=1, deselected=1)
    run(project, "-k", "not smoke").assert_outcomes(deselected=2)


def test_an_update_writes_the_file_when_its_last_case_has_run(project: pytest.Pytester) -> None:
    """The next run passes."""
    path = project.path / "scenarios" / "x.yaml"

    run(project, "--harness-update").assert_outcomes(passed=1, failed=1)

    assert path.read_text() == SCENARIO.replace("n: 6", "n: 5")
    run(project).assert_outcomes(passed=2)


def test_the_seed_of_the_command_line_goes_to_every_scenario(project: pytest.Pytester) -> None:
    """And into the command that reproduces it."""
    run(project, "--harness-seed", "9").stdout.fnmatch_lines(["  again: *--seed 9"])


def test_the_world_fixture_opens_a_world_and_closes_it(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For tests that are better written in Python."""
    monkeypatch.setattr(harness.scenarios.worlds, "open_world", SmallWorld)
    project.makepyfile("def test_world(world):\n    assert world.path.name == 'world.yaml'\n")

    run(project, "-k", "test_world").assert_outcomes(passed=1, deselected=2)


def test_a_project_that_installs_the_harness_has_the_plugin(project: pytest.Pytester) -> None:
    """By the name that a conftest may give it as well: then it is loaded once all the same."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    project.makeconftest("pytest_plugins = ['harness.plugin']\n")

    assert declared["pytest11"] == {"harness.plugin": "harness.plugin"}
    run(project).assert_outcomes(passed=1, failed=1)


def test_the_plugin_loads_nothing_before_it_meets_a_scenario() -> None:
    """It is part of every pytest start-up around it."""
    code = (
        "import sys, pytest; before = set(sys.modules); import harness.plugin;"
        " print(sorted(set(sys.modules) - before))"
    )
    printed = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout

    assert printed.strip() == str(["harness", "harness.plugin"])


@pytest.mark.parametrize("option", ["--backend", "--harness-backend"])
def test_a_backend_is_chosen_by_the_command_line_s_word_or_the_plugin_s(
    project: pytest.Pytester, option: str
) -> None:
    """One that is none is named with those that are."""
    assert run(project, option, "memory", "--collect-only", "-q").ret == 0

    refused = run(project, option, "paper")

    refused.stderr.fnmatch_lines(["*invalid choice: 'paper'*"])


def test_a_backend_that_cannot_be_had_stops_pytest_before_the_first_test(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line instead of a failure for each scenario; what only lists them needs no backend."""
    monkeypatch.setenv("LOCALSTACK_HOST", "127.0.0.1:9")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("HARNESS_LOCALSTACK_HOSTS", raising=False)

    stopped = run(project, "--backend", "localstack")
    listed = run(project, "--backend", "localstack", "--collect-only")

    assert (stopped.ret, listed.ret) == (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.OK)
    stopped.stderr.fnmatch_lines(["*nothing answers at http://127.0.0.1:9: *"])
    stopped.stdout.no_fnmatch_line("*failed*")


def test_more_processes_than_emulators_are_refused(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others would have no emulator to claim."""
    monkeypatch.delenv("HARNESS_LOCALSTACK_HOSTS", raising=False)

    refused = project.runpytest_subprocess(
        "-p", "harness.plugin", "-n", "2", "--backend", "localstack"
    )

    assert refused.ret == pytest.ExitCode.USAGE_ERROR
    refused.stderr.fnmatch_lines(
        ["*--backend localstack is there for 1 process, not for 2: say -n 1"]
    )


def test_a_container_that_cannot_be_had_stops_pytest_before_the_first_test(
    project: pytest.Pytester,
) -> None:
    """Here it is one that no partner has."""
    (project.path / "template.yaml").write_text("Resources: {}\n")
    (project.path / "scenarios" / "world.yaml").write_text("template: ../template.yaml\n")

    stopped = run(project, "--with", "shop")

    assert stopped.ret == pytest.ExitCode.USAGE_ERROR
    stopped.stderr.fnmatch_lines(
        ["*--with shop: world.yaml gives no partner 'shop' a container; those that have one: none"]
    )
