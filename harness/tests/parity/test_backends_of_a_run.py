"""The command line and pytest on other backends."""

import json
from io import StringIO
from pathlib import Path

import pytest

from harness.tests.cli.project import Project
from harness.world.configuration import WorldConfiguration
from harness.world.world import World

HANDLER = """\
import os
import boto3

def handler(event, context):
    table = boto3.resource("dynamodb").Table(os.environ["ORDERS"])
    table.put_item(Item={"id": event["id"], "count": 1})
    return {"ok": True}
"""

SCENARIO = """\
title: The function writes an item
when:
  - invoke: {function: Handle, event: {id: a}, as: answer}
then:
  - table: {name: Orders, items: [{id: a, count: 1}]}
  - answer: {of: answer, has: {payload: {ok: true}}}
"""


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    project = Project(tmp_path, capsys)
    project.handler(HANDLER)
    return project


@pytest.mark.parametrize("backend", ["moto", "moto-server"])
def test_a_scenario_ends_on_another_backend_as_in_memory(backend: str, project: Project) -> None:
    """The same file, the same command, one word more."""
    ended = project.run_scenario(SCENARIO, "--backend", backend)

    assert (ended.code, ended.lines[-1]) == (0, "1 passed")


def test_two_backends_are_compared_in_a_table(project: Project) -> None:
    """As text and as JSON; the exit code is that of the worst."""
    report = project.folder / "parity.json"

    ended = project.run_scenario(
        SCENARIO, "--backend", "moto", "--compare", "memory", "-v", "--json", str(report)
    )

    assert ended.code == 0
    assert ended.lines[0].startswith("equal     The function writes an item")
    assert "moto beside memory: 1 equal" in ended.lines
    document = json.loads(report.read_text(encoding="utf-8"))
    assert (document["backend"], document["summary"]["equal"]) == ("moto", 1)


def test_expectations_are_written_from_memory_alone(project: Project) -> None:
    """Another backend's faults must not become what is expected."""
    ended = project.run_scenario(SCENARIO, "--backend", "moto", "--update")

    assert ended.code == 2
    assert "write expectations from memory alone" in ended.output


def test_a_deployed_stack_is_not_touched_before_somebody_agrees(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs money."""
    monkeypatch.setenv("HARNESS_AWS_AGREED", "")
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))

    nameless = project.run_scenario(SCENARIO, "--backend", "aws")
    unasked = project.run_scenario(SCENARIO, "--backend", "aws", "--stack", "production")

    assert (nameless.code, unasked.code) == (2, 1)
    assert "needs the name of a stack" in nameless.output
    assert "Run 1 files against the stack 'production'?" in unasked.output


def test_a_world_in_python_takes_the_name_of_a_backend(project: Project) -> None:
    """And runs as any other."""
    configuration = WorldConfiguration(template=project.folder / "template.yaml")

    with World(configuration, backend="moto") as world:
        outcome = world.invoke("Handle", {"id": "b"})
        items = list(world.dynamodb.tables["Orders"].items.values())

    assert outcome.payload == {"ok": True}
    assert items == [{"id": {"S": "b"}, "count": {"N": "1"}}]


def test_what_only_a_deployed_stack_can_mean_is_refused_elsewhere(project: Project) -> None:
    """Before anything runs, and before anything is charged."""
    compared = project.run_scenario(SCENARIO, "--compare", "aws")
    comparing = project.run_scenario(SCENARIO, "--backend", "aws", "--compare", "memory")
    astray = project.run_scenario(SCENARIO, "--stack", "production")

    assert (compared.code, comparing.code, astray.code) == (2, 2, 2)
    assert "a stack's end is not seen whole" in compared.output
    assert "a stack's end is not seen whole" in comparing.output
    assert "it goes with --backend aws" in astray.output


@pytest.mark.parametrize(
    "words",
    [
        ["--backend", "localstack"],
        ["--backend", "localstack", "-n", "2"],
        ["--backend", "moto", "--compare", "localstack"],
    ],
    ids=" ".join,
)
def test_a_backend_that_cannot_be_had_is_told_once_before_anything_runs(
    words: list[str], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many scenarios there are, and whichever of two backends it is."""
    monkeypatch.setenv("LOCALSTACK_HOST", "127.0.0.1:9")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    project.write("scenarios/other.yaml", SCENARIO)
    project.write("scenarios/it.yaml", SCENARIO)

    ended = project.run("run", *words)

    assert ended.code == 3
    (line,) = ended.lines
    assert line.startswith("backend localstack: nothing answers at http://127.0.0.1:9: ")


def test_a_file_that_is_not_there_is_told_before_a_backend_is_tried(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where nothing would run, nothing is tried."""
    monkeypatch.setenv("LOCALSTACK_HOST", "127.0.0.1:9")

    missing = project.run("run", "scenarios/it.yaml", "--backend", "localstack")
    nothing = project.run("run", "scenarios", "--backend", "localstack")

    assert (missing.code, nothing.code) == (2, 5)


def test_the_help_says_what_a_backend_empties_and_what_costs_money(project: Project) -> None:
    """Before somebody points it at an emulator that others use, or at an account."""
    said = " ".join(project.run("run", "--help").output.replace("│", " ").split())

    assert "What answers as localstack is emptied for each scenario" in said
    assert "aws asks before it costs money" in said


def test_a_container_that_cannot_be_had_is_told_once_before_anything_runs(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor do expectations come from one, and a stack has no partners of ours."""
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")
    container = "{image: 'shop:1', port: 80, option: shop, url: 'http://{address}'}"
    partner = f"{{application: 'shop:Shop', url: 'http://shop.test', container: {container}}}"
    project.write(
        "scenarios/world.yaml", f"template: ../template.yaml\npartners: {{shop: {partner}}}\n"
    )

    stopped = project.run_scenario(SCENARIO, "--with", "shop")
    unknown = project.run_scenario(SCENARIO, "--with", "shp")
    updating = project.run_scenario(SCENARIO, "--with", "shop", "--update")
    deployed = project.run_scenario(SCENARIO, "--with", "shop", "--backend", "aws", "--yes")

    assert (stopped.code, unknown.code, updating.code, deployed.code) == (3, 3, 2, 2)
    assert stopped.output.startswith(
        "partner 'shop': no Docker engine answers at tcp://127.0.0.1:9"
    )
    assert unknown.lines == [
        "--with shp: world.yaml gives no partner 'shp' a container; those that have one: shop"
    ]
    assert "a stack's partners are its own" in deployed.output
