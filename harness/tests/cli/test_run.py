"""harness run: selections, reports, and runs that end early."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.__main__ import main as start
from harness.runtime import watchdog
from harness.runtime.watchdog import Patience
from harness.scenarios import runner
from harness.scenarios.reading import read_entry
from harness.scenarios.suite import FileResult, Selection, run_files
from harness.tests.cli.project import SCENARIO, Project
from harness.tests.sandbox.processstate import unchanged

TAGGED = SCENARIO.replace("when:", "tags: [smoke, slow]\nwhen:", 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--tag", "smok"], "none of 1 files fits --tag smok; did you mean 'smoke'?"),
        (["-k", "answrs"], "none of 1 files fits -k 'answrs'; did you mean 'answers'?"),
        (["-k", "zzzz"], "none of 1 files fits -k 'zzzz'"),
        (
            ["-t", "smoke", "-k", "functoin"],
            "none of 1 files fits -k 'functoin' and --tag smoke; did you mean 'function'?",
        ),
    ],
)
def test_a_selection_that_fits_nothing_says_what_may_have_been_meant(
    words: list[str], message: str, project: Project
) -> None:
    """And has an exit code of its own, lest a misspelt tag look like success."""
    ended = project.run_scenario(TAGGED, *words)

    assert ended.code == 5
    assert ended.lines[-1] == message


def test_a_selection_that_fits_passes(project: Project) -> None:
    """Keywords look at path, title and case in any case; every tag must fit."""
    for words in (["-k", "ANSWERS"], ["-t", "smoke", "-t", "slow"], ["-k", "*it.yaml*"]):
        assert project.run_scenario(TAGGED, *words).code == 0


def test_an_empty_folder_selects_nothing(project: Project) -> None:
    """It says what a scenario file is."""
    (project.folder / "empty").mkdir()

    ended = project.run("run", "empty")

    assert ended.code == 5
    assert "there are no scenario files there: YAML below a world.yaml" in ended.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nope"], "there is no 'nope'"),
        (["--junit", "src"], "cannot write 'src': is a directory"),
        (["--json", "src/wicked.py/x.json"], "cannot write 'src/wicked.py/x.json': file exists"),
        (["--compare", "moto", "--junit", "x.xml"], "a comparison makes a parity table"),
        (["--compare", "moto", "--update"], "a comparison makes a parity table"),
        (["-n", "0"], "greater than or equal to 1"),
        (["--nope"], "No such option"),
    ],
)
def test_a_wrong_command_line_is_refused_before_anything_runs(
    words: list[str], message: str, project: Project
) -> None:
    """A report that cannot be written would else be known after the run."""
    ended = project.run("run", *words)

    assert ended.code == 2
    assert message in ended.output
    assert "Traceback" not in ended.output


def test_reports_are_written_with_the_folders_above_them(project: Project) -> None:
    """Whatever the verdict."""
    ended = project.run_scenario("title: [", "--json", "deep/er/x.json", "--junit", "deep/x.xml")

    assert ended.code == 3
    document = json.loads((project.folder / "deep/er/x.json").read_text())
    assert [result["verdict"] for result in document["results"]] == ["broken"]
    assert "broken YAML" in (project.folder / "deep/x.xml").read_text()


def test_scenarios_with_the_same_title_are_all_run_and_reported(project: Project) -> None:
    """The path tells them apart."""
    project.write("scenarios/a.yaml", SCENARIO)
    project.write("scenarios/b.yaml", SCENARIO)

    ended = project.run("run", "--verbose", "--json", "x.json")

    results = json.loads((project.folder / "x.json").read_text())["results"]
    assert ended.lines[-1] == "2 passed"
    assert [result["path"] for result in results] == ["scenarios/a.yaml", "scenarios/b.yaml"]


LOOPING = """\
def handler(event, context):
    total = 0
    while {condition}:
        total += 1
    return {{"ok": True}}
"""


def test_a_handler_that_loops_for_ever_fails_its_scenario_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line that ran is named, and the next scenario runs."""
    monkeypatch.setattr(watchdog, "PATIENCE", Patience(busy=0.05))
    project.handler(LOOPING.format(condition='event["loops"]'))
    project.write("scenarios/a.yaml", SCENARIO.replace("event: {}", "event: {loops: true}"))
    project.write("scenarios/b.yaml", SCENARIO.replace("event: {}", "event: {loops: false}"))

    with unchanged():
        ended = project.run("run")

    assert ended.code == 1
    assert "scenarios/a.yaml:3:5: Handle ran for 0.05 s of processor time without an AWS call" in (
        ended.output
    )
    assert "it stood at wicked.py:" in ended.output
    assert ended.lines[-1] == "1 passed, 1 failed"


def test_a_handler_that_loops_and_catches_everything_is_stopped_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No error could reach it."""
    monkeypatch.setattr(watchdog, "PATIENCE", Patience(busy=0.05))
    project.handler("""\
        def handler(event, context):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
    """)

    ended = project.run_scenario()

    assert ended.code == 1
    assert "it stood at wicked.py:" in ended.output


def test_a_world_that_never_rests_fails_and_names_what_is_due(project: Project) -> None:
    """Its limit is virtual, so the answer comes at once."""
    project.write(
        "template.yaml",
        (project.folder / "template.yaml")
        .read_text()
        .replace("{ORDERS: !Ref Orders}", "{QUEUE: !Ref Inbox}")
        + "      Events: {Q: {Type: SQS, Properties: {Queue: !GetAtt Inbox.Arn}}}\n",
    )
    project.handler("""\
        import boto3, os

        SQS = boto3.client("sqs")

        def handler(event, context):
            SQS.send_message(QueueUrl=os.environ["QUEUE"], MessageBody="x", DelaySeconds=60)
            return {"ok": True}
    """)

    ended = project.run_scenario(f"settle: 5m\n{SCENARIO}")

    assert ended.code == 1
    assert "the world is not at rest after 300 s of virtual time; still due: " in ended.output
    assert "raise the limit of 'settle' if that is expected" in ended.output


@pytest.mark.usefixtures("terminal")
def test_ctrl_c_keeps_the_results_so_far_and_leaves_the_process_straight(
    project: Project,
) -> None:
    """The reports are written, and the exit code is the shell's."""
    project.handler("""\
        import ctypes

        def handler(event, context):
            if event:
                ctypes.pythonapi.PyErr_SetInterrupt()
            return {"ok": True}
    """)
    project.write("scenarios/a.yaml", SCENARIO)
    project.write("scenarios/b.yaml", SCENARIO.replace("event: {}", "event: {ends: true}"))
    project.write("scenarios/c.yaml", SCENARIO)

    with unchanged():
        ended = project.run("run", "--json", "x.json")

    assert ended.code == 130
    assert ended.lines[-2:] == ["1 passed", "interrupted: the other scenarios were not run"]
    results = json.loads((project.folder / "x.json").read_text())["results"]
    assert [result["path"] for result in results] == ["scenarios/a.yaml"]


def test_ctrl_c_with_several_processes_begins_no_further_file(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process is at is run to its end; what waits is not begun."""
    project.handler(f"""\
        import pathlib

        def handler(event, context):
            (pathlib.Path({str(project.folder)!r}) / f"ran-{{event['number']}}").touch()
            return {{"ok": True}}
    """)
    files = [
        project.write(
            f"scenarios/{number}.yaml",
            SCENARIO.replace("event: {}", f"event: {{number: {number}}}"),
        )
        for number in range(40)
    ]

    def interrupt(_result: FileResult) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(project.folder)
    with pytest.raises(KeyboardInterrupt):
        run_files(files, Selection(), worker_count=2, on_file=interrupt)

    assert 0 < len(list(project.folder.glob("ran-*"))) < 20


def test_ctrl_c_while_the_command_starts_up_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of a short command's time goes into imports."""

    def interrupted(_name: str) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("harness.__main__.import_module", interrupted)

    with pytest.raises(SystemExit) as ended:
        start()

    assert ended.value.code == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_what_a_function_raised_is_told_beside_what_is_missing(project: Project) -> None:
    """A pipeline that ends with nothing was often broken at its beginning."""
    project.handler("import numpyy\n")

    ended = project.run_scenario(
        "title: Orders come to be\nwhen:\n  - invoke: {function: Handle, event: {}}\n"
        "  - invoke: {function: Handle, event: {}}\n"
        "then:\n  - table: {name: Orders, count: 1}\n"
    )

    assert ended.code == 1
    assert ended.lines[-3] == (
        "  meanwhile Handle failed 2 times, last at 09:00:00.500: Runtime.ImportModuleError: "
        "Unable to import module 'wicked': No module named 'numpyy'"
    )


@pytest.mark.parametrize(
    "line",
    [
        'logging.warning("rows refused")',
        'print(\'{"level": "WARNING", "message": "rows refused", "service": "orders"}\')',
    ],
    ids=["as text", "as JSON"],
)
def test_what_a_function_warned_of_is_told_beside_what_is_missing(
    project: Project, line: str
) -> None:
    """A function that sees bad input and goes on says so in its log alone."""
    project.handler(f"import logging\ndef handler(event, context): {line}\n")

    ended = project.run_scenario(
        "title: Orders come to be\nwhen:\n  - invoke: {function: Handle, event: {}}\n"
        "  - invoke: {function: Handle, event: {}}\n"
        "then:\n  - table: {name: Orders, count: 1}\n",
        "--json",
        "it.json",
    )

    (told,) = json.loads((project.folder / "it.json").read_text())["results"]
    assert ended.lines[-3].startswith("  meanwhile Handle warned 2 times, last at 09:00:00.")
    assert ended.lines[-3].endswith(": rows refused")
    assert [(each["message"], each["count"]) for each in told["function_warnings"]] == [
        ("rows refused", 2)
    ]


def test_a_function_that_failed_is_not_told_of_twice(project: Project) -> None:
    """Whoever raises has often logged it before."""
    project.handler(
        "import logging\ndef handler(event, context):\n"
        "    logging.error('no such order')\n    raise ValueError('no such order')\n"
    )

    ended = project.run_scenario(
        "title: Orders come to be\nwhen:\n  - invoke: {function: Handle, event: {}}\n"
        "then:\n  - table: {name: Orders, count: 1}\n"
    )

    assert [line for line in ended.lines if "meanwhile" in line] == [
        "  meanwhile Handle failed once at 09:00:00.250: ValueError: no such order"
    ]


def test_what_an_update_cannot_write_is_told(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The author's text is as it was."""
    wrong = SCENARIO.replace("ok: true", "ok: false")

    def refuse(*_: object) -> object:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    ended = project.run_scenario(wrong, "--update")

    assert ended.code == 1
    assert "it.yaml:1:1: not updated: cannot write it: Read-only file system" in ended.output
    assert sorted(path.name for path in (project.folder / "scenarios").iterdir()) == [
        "it.yaml",
        "world.yaml",
    ]
    assert (project.folder / "scenarios" / "it.yaml").read_text() == wrong


def test_a_decision_of_the_author_is_not_updated_and_that_is_said(project: Project) -> None:
    """A time limit is no measurement."""
    ended = project.run_scenario(f"{SCENARIO}  - settles_within: 1ms\n", "--update")

    assert ended.code == 1
    assert "it.yaml:6:21: not updated: the time until rest cannot be written back" in ended.output


def test_a_bug_of_the_harness_takes_no_other_scenario_with_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its traceback is part of that one result."""

    def read_or_fail(*arguments: object) -> object:
        if "a.yaml" in str(arguments[1].source.path):  # type: ignore[attr-defined]  # a node
            raise ZeroDivisionError("a bug")
        return read_entry(*arguments)  # type: ignore[arg-type]  # whatever it takes

    monkeypatch.setattr("harness.scenarios.runner.read_entry", read_or_fail)
    project.write("scenarios/a.yaml", SCENARIO)
    project.write("scenarios/b.yaml", SCENARIO)

    with unchanged():
        ended = project.run("run")

    assert ended.code == 3
    assert "ZeroDivisionError: a bug" in ended.output
    assert ended.lines[-1] == "1 passed, 1 broken"


def test_several_processes_bring_the_same_results_in_the_same_order(project: Project) -> None:
    """Broken files among them."""
    project.write("scenarios/a.yaml", SCENARIO)
    project.write("scenarios/b.yaml", "title: [")
    project.write("scenarios/c.yaml", SCENARIO.replace("true", "false"))
    documents = []
    for count in ("1", "2"):
        command = [sys.executable, "-m", "harness", "run", "-n", count, "--json", f"{count}.json"]
        ended = subprocess.run(  # noqa: S603 - our own command line
            command,
            cwd=project.folder,
            env={**os.environ, "PYTHONPATH": str(Path(runner.__file__).parents[2])},
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 3
        documents.append((project.folder / f"{count}.json").read_text())

    assert documents[0] == documents[1]
