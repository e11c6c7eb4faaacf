"""Code under test that tries to leave the simulation, or to stop it."""

import os
import signal

import pytest

from harness.tests.cli.project import SCENARIO, Project
from harness.tests.sandbox.processstate import unchanged

SWALLOWING = """\
{imports}
def handler(event, context):
    try:
        {attempt}
    except BaseException:
        pass
    return {{"ok": True}}
"""

ATTEMPTS = {
    "a bare thread": (
        "import _thread",
        "_thread.start_new_thread(print, ())",
        "a real thread",
    ),
    "a socket": (
        "import socket",
        "socket.create_connection(('example.org', 80))",
        "a real network connection",
    ),
    "a page": (
        "import urllib.request",
        "urllib.request.urlopen('http://example.org')",
        "a real network connection",
    ),
    "a command": ("import subprocess", "subprocess.run(['true'])", "another process"),
    "an imported command": ("from subprocess import Popen", "Popen(['true'])", "another process"),
    "a shell": ("import os", "os.system('true')", "another process"),
    "a pipe": ("import os", "os.popen('true').read()", "another process"),
    "another program": ("import os", "os.execv('/bin/true', ['true'])", "another process"),
    "a fork": ("import os", "os.fork()", "another process"),
    "a child": (
        "import multiprocessing",
        "multiprocessing.Process(target=print).start()",
        "another process",
    ),
    "an end": ("import os", "os._exit(3)", "end the process"),
    "a signal": ("import os", "os.kill(os.getpid(), 15)", "end the process"),
    "an interrupt": ("import _thread", "_thread.interrupt_main()", "end the process"),
    "a wait for a signal": ("import signal", "signal.pause()", "be interrupted in real time"),
    "a limit": (
        "import resource",
        "resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))",
        "change what the whole process may do",
    ),
    "a priority": ("import os", "os.nice(1)", "change what the whole process may do"),
    "a time zone": (
        "import os, time",
        "os.environ.update(TZ='Asia/Tokyo'); time.tzset()",
        "set another time zone",
    ),
    "an alarm": ("import signal", "signal.alarm(1)", "be interrupted in real time"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_an_attempt_to_escape_fails_the_scenario_though_the_handler_swallows_it(
    attempt: str, project: Project
) -> None:
    """The failure names the function, what it tried and the line; nothing of it happens."""
    imports, code, what = ATTEMPTS[attempt]
    project.handler(SWALLOWING.format(imports=imports, attempt=code))

    ended = project.run_scenario()

    assert ended.code == 1
    assert "scenarios/it.yaml:3:5: Handle#1 tried to " in ended.output
    assert f"{what} at wicked.py:4; " in ended.output


def test_a_class_that_cannot_be_used_can_still_be_derived_from_and_asked_about(
    project: Project,
) -> None:
    """Libraries do so while they are imported."""
    project.handler("""\
        import subprocess
        from concurrent.futures import ThreadPoolExecutor

        class Command(subprocess.Popen):
            pass

        class Pool(ThreadPoolExecutor):
            pass

        def sized(pool: ThreadPoolExecutor | None) -> "subprocess.Popen[bytes]":
            return isinstance(pool, ThreadPoolExecutor) and issubclass(Pool, ThreadPoolExecutor)

        def handler(event, context):
            with Pool(2, thread_name_prefix="pool") as pool:
                return {"ok": sized(pool) and pool.submit(bool, 1).result()}
    """)

    assert project.run_scenario().code == 0


def test_a_handlers_settings_of_its_process_end_with_its_world(project: Project) -> None:
    """The scenario after it finds its files, and may call as deep as it likes."""
    project.handler("""\
        import gc, os, sys

        def handler(event, context):
            os.chdir("/")
            sys.setrecursionlimit(300)
            gc.disable()
            return {"ok": True}
    """)
    project.write("scenarios/a.yaml", SCENARIO)
    project.write("scenarios/b.yaml", SCENARIO)

    with unchanged():
        ended = project.run("run")

    assert (ended.code, ended.lines[-1]) == (0, "2 passed")


@pytest.mark.parametrize(
    "attempt",
    [
        "open(__file__, 'a')",
        "open('/etc/fan', 'w')",
        "pathlib.Path(__file__ + '.txt').write_text('x')",
        "os.open(__file__ + '.x', os.O_CREAT | os.O_WRONLY)",
        "os.remove(__file__)",
        "os.mkdir(__file__ + '.made')",
        "os.mkdir(path=__file__ + '.made')",
        "os.mkdir('made')",
        "os.unlink('wicked.py', dir_fd=os.open(os.path.dirname(__file__), os.O_RDONLY))",
        "os.rename(src=__file__, dst='/tmp/wicked.py')",
        "os.symlink('/etc/passwd', __file__ + '.link')",
    ],
)
def test_only_the_temporary_folder_can_be_written(attempt: str, project: Project) -> None:
    """Lambda says the same, in the same words; the handler's source stays as it is."""
    source = f"import os, pathlib\n\ndef handler(event, context):\n    {attempt}\n"
    project.handler(source)

    ended = project.run_scenario()

    assert ended.code == 1
    assert "[Errno 30] Read-only file system: " in ended.output
    assert (project.folder / "src/wicked.py").read_text() == source
    made = {path.name for path in (project.folder / "src").iterdir()}
    assert made - {"__pycache__"} == {"wicked.py"}


def test_the_temporary_folder_can_be_written(project: Project) -> None:
    """A handler may keep a file there from one invocation to the next."""
    project.handler("""\
        import pathlib, tempfile

        def handler(event, context):
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "x.txt"
                path.with_name("code.py").symlink_to(__file__)
                path.with_name("y.txt").write_text("kept")
                path.with_name("y.txt").rename(path)
                return {"ok": path.read_text() == "kept"}
    """)

    assert project.run_scenario().code == 0


def test_a_handler_of_signals_is_not_set_in_the_harness(project: Project) -> None:
    """None arrives on Lambda before the end; here it would take away the watchdog's own."""
    before = {number: signal.getsignal(number) for number in signal.valid_signals()}
    project.handler("""\
        import signal

        def handler(event, context):
            for number in (signal.SIGPROF, signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
            return {"ok": True}
    """)

    assert project.run_scenario().code == 0
    assert {number: signal.getsignal(number) for number in signal.valid_signals()} == before


@pytest.mark.parametrize(
    ("imports", "code", "message"),
    [
        (
            "import boto3",
            "boto3.client('dynamodb').execute_statement(Statement='x')",
            "dynamodb.ExecuteStatement",
        ),
        ("import boto3", "boto3.client('sns').list_topics()", "sns.ListTopics"),
    ],
)
def test_an_unmodelled_call_is_unsupported_though_the_handler_swallows_it(
    imports: str, code: str, message: str, project: Project
) -> None:
    """Nothing is guessed; the exit code tells it from a failure."""
    project.handler(SWALLOWING.format(imports=imports, attempt=code))

    ended = project.run_scenario()

    assert ended.code == 4
    assert f"scenarios/it.yaml:3:5: {message} is not modelled; add it to " in ended.output


def test_a_request_to_nowhere_fails_the_scenario_and_does_not_tell_its_query(
    project: Project,
) -> None:
    """A URL may hold a secret."""
    project.handler(
        SWALLOWING.format(
            imports="import requests",
            attempt="requests.get('https://nowhere.test/x?token=hush', timeout=3)",
        )
    )

    ended = project.run_scenario()

    assert ended.code == 1
    assert "GET to https://nowhere.test would leave the simulation" in ended.output
    assert "hush" not in ended.output


def test_the_process_of_the_harness_is_still_there() -> None:
    """Whatever the tests above tried."""
    assert os.getpid() > 8
