"""Scenarios against a deployed stack; moto's server stands in for AWS."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from harness.backends.choosing import backend_named
from harness.backends.remote.emptying import reset
from harness.cli.main import main
from harness.deployed.settings import StackError, read_settings
from harness.deployed.stack import read_stack
from harness.results.scenario import ScenarioResult
from harness.scenarios.suite import Selection, run_file
from harness.scenarios.worlds import require_backend
from harness.tests.deployed.standin import INVARIANTS, create_stack, write_project

DRIVEN = """\
title: What goes in is there
given:
  items: {Orders: [{id: b, count: 2}]}
when:
  - put_object: {bucket: Files, key: in/a.txt, text: hello}
  - put_records: {stream: Scores, records: [{partition_key: k, data: {n: 1}}]}
  - put_item: {table: Orders, item: {id: a, count: 1}}
  - send_message: {queue: Inbox, body: hello}
  - settle: 1m
then:
  - object: {bucket: Files, key: in/a.txt, text: hello}
  - stream: {name: Scores, records: [{data: {n: 1}}]}
  - item: {table: Orders, key: {id: a}, is: {count: 1}}
  - table: {name: Orders, count: 2}
"""


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Return the physical ids of a stack that was agreed to."""
    endpoint_url: str = backend_named("moto-server").endpoint_url  # type: ignore[attr-defined]  # a server's
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint_url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "123456789012")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "simulated")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled")
    monkeypatch.setenv("HARNESS_AWS_STACK", "production")
    monkeypatch.setenv("HARNESS_AWS_AGREED", "production")
    monkeypatch.setenv("HARNESS_AWS_QUIET_SECONDS", "0.1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    reset(endpoint_url, "moto-server")
    yield create_stack("production")
    reset(endpoint_url, "moto-server")


def ran(folder: Path, scenario: str, invariants: str = "") -> ScenarioResult:
    path = write_project(folder, scenario, invariants)
    (result,) = run_file(path, Selection(backend="aws")).results
    return result


@pytest.mark.usefixtures("stack")
def test_inputs_are_driven_and_the_final_state_is_read_back(tmp_path: Path) -> None:
    """By the names that CloudFormation gave the template's resources."""
    result = ran(tmp_path, DRIVEN)

    assert (result.verdict, result.problem, result.failures) == ("passed", "", ())


@pytest.mark.usefixtures("stack")
def test_an_expectation_that_does_not_hold_fails_as_anywhere(tmp_path: Path) -> None:
    """It is no matter of features."""
    result = ran(tmp_path, DRIVEN.replace("count: 2}\n", "count: 3}\n"))

    assert result.verdict == "failed"


UNTOLD = "the invariant nobody_told: backend aws lacks what partners were told"


@pytest.mark.usefixtures("stack")
def test_an_invariant_of_tables_alone_is_told_and_any_other_is_named(tmp_path: Path) -> None:
    """What nobody can see is neither held nor broken, and is no secret."""
    holds = ran(tmp_path, DRIVEN, INVARIANTS)
    broken = ran(
        tmp_path,
        "title: It is so\nwhen:\n  - put_item: {table: Orders, item: {id: c, count: 3}}\nthen: []\n",
        INVARIANTS,
    )

    assert (holds.verdict, holds.untold) == ("passed", (UNTOLD,))
    assert (broken.verdict, broken.untold) == ("failed", (UNTOLD,))
    assert [failure.problem for failure in broken.failures] == [
        "the invariant counts_hold: expected to hold, was order c has 3"
    ]


@pytest.mark.usefixtures("stack")
def test_what_could_not_be_told_is_in_every_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the terminal, as JSON and as JUnit."""
    path = write_project(tmp_path, DRIVEN, INVARIANTS)
    words = ["--json", f"{tmp_path}/it.json", "--junit", f"{tmp_path}/it.xml"]
    monkeypatch.setattr(
        "sys.argv", ["harness", "run", str(path), "--backend", "aws", "--yes", *words]
    )

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 0
    assert capsys.readouterr().out.splitlines() == ["1 passed", f"not told in 1 of them: {UNTOLD}"]
    document = json.loads((tmp_path / "it.json").read_text("utf-8"))
    assert document["results"][0]["untold"] == [UNTOLD]
    assert f'<property name="untold" value="{UNTOLD}" />' in (tmp_path / "it.xml").read_text(
        "utf-8"
    )


@pytest.mark.usefixtures("stack")
def test_pytest_says_what_could_not_be_told(tmp_path: Path) -> None:
    """Though nothing has failed; the `world` fixture gives the stack, too."""
    write_project(tmp_path, DRIVEN, INVARIANTS)
    (tmp_path / "test_it.py").write_text(
        "def test_it(world):\n    assert type(world).__name__ == 'DeployedWorld'\n"
    )
    words = ["--backend", "aws", "-o", "harness_world=world.yaml", "-p", "no:cacheprovider"]

    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "pytest", "-p", "harness.plugin", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"not told in 1 of them: {UNTOLD}" in ended.stdout
    assert "2 passed" in ended.stdout


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize(
    ("step", "feature"),
    [
        ("inject: {fault: error, at: sqs.SendMessage}", "faults on purpose"),
        ("advance: 2h", "virtual time: nobody waits 7200 s"),
    ],
)
def test_a_step_that_only_a_simulation_can_do_is_lacking_by_name(
    step: str, feature: str, tmp_path: Path
) -> None:
    """Neither passed nor failed."""
    result = ran(tmp_path, f"title: It is so\nwhen:\n  - {step}\nthen: []\n")

    assert result.verdict == "unsupported"
    assert f"backend aws lacks {feature}" in result.problem


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize(
    ("expectation", "feature"),
    [
        ("queue: {name: Inbox, count: 0}", "looking into a queue without receiving"),
        ("never: {kind: returned}", "a journal of anything: what functions did is not seen"),
    ],
)
def test_an_expectation_that_nobody_can_see_is_lacking_by_name(
    expectation: str, feature: str, tmp_path: Path
) -> None:
    """It must not hold because nothing was seen."""
    result = ran(tmp_path, f"title: It is so\nwhen:\n  - settle\nthen:\n  - {expectation}\n")

    assert result.verdict == "unsupported", result.problem
    assert f"backend aws lacks {feature}" in result.problem


def test_what_was_there_before_is_neither_written_over_nor_deleted(
    stack: dict[str, str], tmp_path: Path
) -> None:
    """The stack is somebody's."""
    files: Any = boto3.client("s3")
    files.put_object(Bucket=stack["Files"], Key="in/a.txt", Body=b"theirs")
    table: Any = boto3.client("dynamodb")
    table.put_item(TableName=stack["Orders"], Item={"id": {"S": "a"}})

    written = ran(
        tmp_path,
        "title: It is so\nwhen:\n  - put_object: {bucket: Files, key: in/a.txt, text: x}\nthen: []\n",
    )
    deleted = ran(
        tmp_path,
        "title: It is so\nwhen:\n  - delete_item: {table: Orders, key: {id: a}}\nthen: []\n",
    )

    assert "lacks writing over" in written.problem
    assert "lacks changing an item of" in deleted.problem
    assert files.get_object(Bucket=stack["Files"], Key="in/a.txt")["Body"].read() == b"theirs"
    assert "Item" in table.get_item(TableName=stack["Orders"], Key={"id": {"S": "a"}})


@pytest.mark.usefixtures("stack")
def test_a_stack_tells_its_outputs() -> None:
    """CloudFormation's own words."""
    read = read_stack(boto3.Session(), "production")

    assert read.outputs == {"TheTable": read.physical_ids["Orders"]}


def test_a_stack_must_be_named_and_agreed_to() -> None:
    """An old agreement to another stack is none."""
    with pytest.raises(StackError, match="needs the name of a stack"):
        read_settings({})
    with pytest.raises(StackError, match="HARNESS_AWS_AGREED=production"):
        read_settings({"HARNESS_AWS_STACK": "production", "HARNESS_AWS_AGREED": "test"})


@pytest.mark.usefixtures("stack")
def test_a_stack_that_is_not_there_is_found_out_before_anything_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the name and the region that it was looked for in."""
    monkeypatch.setenv("HARNESS_AWS_STACK", "staging")
    monkeypatch.setenv("HARNESS_AWS_AGREED", "staging")

    with pytest.raises(
        StackError,
        match=r"^backend aws: .* the stack 'staging' in the region us-east-1: .* --stack$",
    ):
        require_backend("aws")


@pytest.mark.usefixtures("stack")
def test_credentials_that_are_missing_are_found_out_before_anything_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And how they are given."""
    require_backend("aws")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    with pytest.raises(StackError, match=r"'production': Unable to locate credentials; .*PROFILE"):
        require_backend("aws")
