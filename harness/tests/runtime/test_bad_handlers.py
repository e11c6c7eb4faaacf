"""Handlers that end their process, wait for what never comes, or never end."""

import io
import signal
import subprocess
import sys
import textwrap
from types import FrameType
from typing import Any

import pytest

from harness.runtime.watchdog import Patience
from harness.tests.runtime.running import ran, ran_often, stuck

RUNTIME = "https://github.com/aws/aws-lambda-python-runtime-interface-client"

ENDS = {
    "str() raises": ("class E(Exception):\n    __str__ = lambda self: 1 / 0", "E()", "exit status 1"),
    "str() is no text": ("class E(Exception):\n    __str__ = lambda self: 5", "E()", "exit status 1"),
    "repr() raises": ("class V:\n    __repr__ = lambda self: 1 / 0", "ValueError(V(), 2)", "exit status 1"),
    "an interrupt": ("", "KeyboardInterrupt", "signal: interrupt"),
    "a base exception": ("class E(BaseException): pass", "E('no')", "exit status 1"),
    "a generator's end": ("", "GeneratorExit", "exit status 1"),
    "a cancellation": ("import asyncio", "asyncio.CancelledError", "exit status 1"),
    "an exit": ("", "SystemExit(3)", "exit status 3"),
    "an exit with a text": ("", "SystemExit('enough')", "exit status 1"),
    "an exit with a large status": ("", "SystemExit(300)", "exit status 44"),
    "an exit with a negative status": ("", "SystemExit(-1)", "exit status 255"),
}  # fmt: skip


def raising(case: str, *, early: bool = False) -> str:
    """Return a handler that raises, or a module that does."""
    head, error, _ = ENDS[case]
    return f"{head}\ndef fail():\n    raise {error}\n\n" + (
        "fail()\n\ndef handler(event, context): ...\n"
        if early
        else "def handler(event, context):\n    if event:\n        fail()\n"
    )


@pytest.mark.aws(
    "What a handler raises and the runtime does not catch (no Exception, or one whose text cannot be "
    "told) ends the process: Runtime.ExitError, with the exit status that Python gives it.",
    source=f"{RUNTIME}/blob/main/awslambdaric/bootstrap.py",
    service="lambda",
)
@pytest.mark.parametrize("case", ENDS)
def test_what_the_runtime_does_not_catch_ends_the_process(case: str) -> None:
    """The next event finds a new environment."""
    (failed, after), seconds = ran_often(raising(case), [True, False])

    assert failed.payload["errorType"] == "Runtime.ExitError"
    assert failed.payload["errorMessage"] == (
        f"RequestId: {failed.request_id} Error: Runtime exited with error: {ENDS[case][2]}"
    )
    assert after.kind == "returned"
    assert seconds == 0.25  # a second cold start


@pytest.mark.parametrize("case", ["a base exception", "an interrupt", "an exit with a text"])
def test_a_module_that_ends_its_process_fails_likewise(case: str) -> None:
    """The cold start is the first to run its code."""
    outcome, _ = ran(raising(case, early=True))

    assert outcome.payload["errorMessage"].endswith(ENDS[case][2])


def test_an_exit_without_a_status_gives_no_reason() -> None:
    """Status 0 is no error to Python, but no answer either."""
    outcome, _ = ran("def handler(event, context):\n    raise SystemExit\n")

    assert outcome.payload["errorMessage"].endswith("Runtime exited without providing a reason")


def test_a_process_that_ends_writes_what_python_writes() -> None:
    """Else nobody would know why; the paths are Lambda's."""
    log: list[str] = []
    ran_often(raising("str() raises"), [True], log=log)
    ran_often(raising("an exit with a text"), [True], log=log)

    assert [line for line in log if "^" not in line] == [
        "Traceback (most recent call last):",
        '  File "/var/task/written.py", line 8, in handler',
        "    fail()",
        '  File "/var/task/written.py", line 4, in fail',
        "    raise E()",
        "written.E: <exception str() failed>",
        "",
        "During handling of the above exception, another exception occurred:",
        "",
        "Traceback (most recent call last):",
        '  File "/var/task/written.py", line 2, in <lambda>',
        "    __str__ = lambda self: 1 / 0",
        "ZeroDivisionError: division by zero",
        "enough",
    ]


@pytest.mark.aws(
    "The runtime writes each error that it tells of to the function's log: [ERROR], its type and text, "
    "and the stack, with no-break spaces in front; the line above the stack stands also where there "
    "is none.",
    source=f"{RUNTIME}/blob/main/awslambdaric/bootstrap.py",
    service="lambda",
)
@pytest.mark.parametrize(
    ("handler", "lines"),
    [
        (
            "def handler(event, context):\n    raise ValueError('no such fan')\n",
            [
                "[ERROR] ValueError: no such fan",
                "Traceback (most recent call last):",
                '\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}File "/var/task/written.py", line 2, in handler',
                "\N{NO-BREAK SPACE}" * 4 + "raise ValueError('no such fan')",
            ],
        ),
        (
            "def handler(event, context):\n    raise ValueError\n",
            ["[ERROR] ValueError", "Traceback (most recent call last):"],
        ),
        (
            "import nowhere\n",
            [
                (
                    "[ERROR] Runtime.ImportModuleError: Unable to import module 'written': No module "
                    "named 'nowhere'"
                ),
                "Traceback (most recent call last):",
            ],
        ),
        (
            "def handler(event, context):\n    return {1, 2}\n",
            [
                (
                    "[ERROR] Runtime.MarshalError: Unable to marshal response: Object of type set is "
                    "not JSON serializable"
                ),
                "Traceback (most recent call last):",
            ],
        ),
    ],
    ids=["raised", "silent", "import", "answer"],
)
def test_an_error_stands_in_the_log_with_its_text(handler: str, lines: list[str]) -> None:
    """So an error that quotes what is private shows it, whoever it is told."""
    log: list[str] = []
    ran_often(handler, [True], log=log)

    beginnings = ("[ERROR]", "Traceback", "\N{NO-BREAK SPACE}")
    assert [line for line in log if line.startswith(beginnings)][: len(lines)] == lines


@pytest.mark.parametrize("error", ["KeyboardInterrupt", "SystemExit(2)", "GeneratorExit"])
def test_what_work_of_an_executor_raises_belongs_to_who_asks_for_its_result(error: str) -> None:
    """As with threads, whatever it is."""
    outcome, _ = ran(f"""
        from concurrent.futures import ThreadPoolExecutor

        def fail():
            raise {error}

        def handler(event, context):
            with ThreadPoolExecutor() as executor:
                return type(executor.submit(fail).exception()).__name__
    """)

    assert outcome.payload == error.partition("(")[0]


@pytest.mark.parametrize(
    "answer",
    ["Odd(a=1)", "nested()"],
)
def test_an_answer_that_cannot_be_told_is_a_marshal_error(answer: str) -> None:
    """Whatever its own classes raise, and however deep it is."""
    outcome, _ = ran(f"""
        class Odd(dict):
            def items(self):
                raise LookupError("no items")

        def nested():
            inner = []
            for _ in range(100_000):
                inner = [inner]
            return inner

        def handler(event, context):
            return {answer}
    """)

    assert outcome.payload["errorType"] == "Runtime.MarshalError"


@pytest.mark.parametrize(
    "reading",
    [
        "input('Your name? ')",
        "sys.stdin.readline()",
        "sys.stdin.read()",
        "list(sys.stdin)",
        "sys.stdin.buffer.read()",
        "sys.__stdin__.read()",
        "open(0).read()",
        "open('/dev/stdin').read()",
        "os.read(0, 10)",
        "os.fdopen(os.open('/dev/stdin', os.O_RDONLY)).read()",
        "open('/dev/tty').read()",
        "getpass.getpass()",
    ],
)
def test_there_is_nobody_to_ask(reading: str) -> None:
    """Standard input is at its end, as on Lambda, and there is no terminal."""
    outcome, _ = ran(f"""
        import getpass, os, sys, warnings

        warnings.simplefilter("ignore")

        def handler(event, context):
            try:
                return len({reading})
            except (EOFError, OSError) as error:
                return type(error).__name__
    """)

    assert outcome.payload == {"i": "EOFError", "g": "EOFError"}.get(
        reading[0], "OSError" if "tty" in reading else 0
    )


LOOPS = {
    "in Python": "while True: pass",
    "in a regular expression": "re.match('(a|aa)+$', 'a' * 60 + 'b')",
    "in Python, whatever is raised": "while True:\n        try: time\n        except BaseException: pass",
}


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_is_stopped_and_its_line_named(loop: str) -> None:
    """With the function and the invocation."""
    error = stuck(
        f"import re, time\n\ndef handler(event, context):\n    {LOOPS[loop]}\n",
        Patience(busy=0.2),
    )

    assert str(error).startswith("it ran for 0.2 s of processor time without an AWS call")
    assert "; it stood at written.py:" in str(error)
    assert ", in invocation " in str(error)


WAITS = {
    "for a pipe": "os.read(os.pipe()[0], 1)",
    "for a lock of C's": "queue.get()",
    "for a file": "select.poll().poll()",
}


@pytest.mark.parametrize("wait", WAITS)
def test_a_wait_in_real_time_is_stopped_and_its_line_named(wait: str) -> None:
    """No virtual time passes in it, so neither would a timeout."""
    error = stuck(
        "import os, select, _queue\n\nqueue = _queue.SimpleQueue()\n\n"
        f"def handler(event, context):\n    {WAITS[wait]}\n",
        Patience(waiting=0.6),
    )

    assert str(error).startswith("it waited for 0.6 s of real time")
    assert "; it stood at written.py:6, in invocation " in str(error)


def test_a_loop_in_c_ends_the_process_and_says_where() -> None:
    """Nothing less reaches it.  The frame of the invocation bears the function's name."""
    ended = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", textwrap.dedent("""\
            from harness.runtime.watchdog import Patience
            from harness.tests.runtime.running import ran_often

            source = '''
            import itertools

            def handler(event, context):
                return sum(itertools.repeat(1))
            '''
            ran_often(source, [None], patience=Patience(busy=0.1, deaf=0.5))
        """)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )  # fmt: skip

    assert ended.returncode == -signal.SIGVTALRM
    assert 'written.py", line 5 in handler' in ended.stderr
    assert " in it, invocation " in ended.stderr


def test_what_is_debugged_may_take_its_time() -> None:
    """Somebody looks at it, step by step."""

    def follow(_frame: FrameType, _event: str, _argument: Any) -> None:
        return None

    before = sys.gettrace()
    sys.settrace(follow)
    try:
        outcome, _ = ran_often(
            """
            import os, select, time

            def handler(event, context):
                select.poll().poll(600)
                total = 0
                for number in range(10_000_000):
                    total += number
                return total
            """,
            [None],
            patience=Patience(busy=0.1, waiting=0.2),
        )
    finally:
        sys.settrace(before)

    assert outcome[0].kind == "returned"


def test_whoever_debugs_a_handler_sits_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though its standard input is empty and its output is the log."""
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("p secret\nc\n"))
    monkeypatch.setattr(sys, "stdout", shown)
    log: list[str] = []

    outcomes, _ = ran_often(
        """
        import pdb

        def handler(event, context):
            print("before")
            secret = 6 * 7
            pdb.Pdb(nosigint=True).set_trace()
            return secret
        """,
        [None],
        log=log,
    )

    assert outcomes[0].payload == 42
    assert "(Pdb) 42" in shown.getvalue()
    assert log == ["before"]
