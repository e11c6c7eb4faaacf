"""Code under test that looks for the machine beneath it, or changes what others share."""

import gc
import json
import logging
import os
import string
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from harness.tests.runtime.running import ran, ran_often
from harness.tests.sandbox.processstate import unchanged
from harness.tests.world.opening import a_world

TWO = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.11, CodeUri: src/, Timeout: 20}}
Resources:
  A: {Type: AWS::Serverless::Function, Properties: {Handler: wicked.a}}
  B: {Type: AWS::Serverless::Function, Properties: {Handler: wicked.b}}
"""

CLOCKS = {
    "time.clock_gettime(time.CLOCK_MONOTONIC)": 0.25,
    "time.clock_gettime(time.CLOCK_REALTIME)": 1767603600.25,
    "time.clock_gettime_ns(time.CLOCK_MONOTONIC)": 250_000_000,
    "time.ctime()": "Mon Jan  5 09:00:00 2026",
    "time.asctime()": "Mon Jan  5 09:00:00 2026",
    "os.times().elapsed": 0.25,
    "socket.gethostname()": "169.254.79.1",
    "platform.node()": "169.254.79.1",
    "os.uname().nodename": "169.254.79.1",
    "os.cpu_count()": 2,
    "os.getppid()": 1,
    "os.environb.get(b'AWS_LAMBDA_FUNCTION_NAME').decode()": "it",
    "os.environb.get(b'PYTEST_CURRENT_TEST')": None,
}


@pytest.mark.parametrize("asked", CLOCKS)
def test_clocks_and_the_machine_are_lambdas(asked: str) -> None:
    """Whichever way they are asked."""
    outcome, _ = ran(
        "import os, platform, socket, time\n\n"
        f"def handler(event, context):\n    return {asked}\n"
    )  # fmt: skip

    assert outcome.payload == CLOCKS[asked]


@pytest.mark.parametrize(
    "drawn",
    [
        "os.getrandom(8).hex()",
        "ssl.RAND_bytes(8).hex()",
        "str(uuid.uuid1())",
        "tempfile.NamedTemporaryFile().name",
        "threading.Thread().name",
    ],
)
def test_what_is_drawn_is_the_same_in_every_world(drawn: str, tmp_path: Path) -> None:
    """Nothing goes on where an earlier world has stopped."""
    source = (
        f"import os, ssl, tempfile, threading, uuid\n\ndef handler(e, c):\n    return {drawn}\n"
    )
    answers = []
    for _ in range(2):
        with a_world(tmp_path, source) as world:
            answers.append(world.invoke("Handle", None).payload)

    assert answers[0] == answers[1]


def test_a_log_record_has_no_number_that_differs_from_run_to_run() -> None:
    """A process's start is that of its environment."""
    log: list[str] = []
    ran_often(
        """
        import logging

        handler_of_logs = logging.StreamHandler()
        handler_of_logs.setFormatter(logging.Formatter("%(relativeCreated)d %(thread)d %(process)d"))
        logging.root.handlers[:] = [handler_of_logs]

        def handler(event, context):
            logging.warning("hello")
        """,
        [None, None],
        log=log,
    )

    assert log == ["0 139637976727552 8", "5 139637976727552 8"]


@pytest.mark.parametrize(
    "waiting",
    [
        "queue.SimpleQueue().get(timeout=2)",
        "queue.Queue().get(timeout=2)",
        "threading.Semaphore(0).acquire(timeout=2)",
        "threading.Barrier(2).wait(2)",
        "select.select([], [], [], 2)",
    ],
)
def test_a_wait_with_a_timeout_takes_virtual_time(waiting: str) -> None:
    """And no longer."""
    outcome, taken = ran(f"""
        import queue, select, threading

        def handler(event, context):
            try:
                {waiting}
            except (queue.Empty, threading.BrokenBarrierError):
                pass
            return True
    """)

    assert (outcome.payload, taken) == (True, 2.0)


@pytest.mark.aws(
    "The handler of an environment runs in one thread: its context variables outlive an invocation.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html",
    service="lambda",
)
def test_context_variables_outlive_an_invocation_but_not_their_environment(tmp_path: Path) -> None:
    """Among them the context of decimal numbers, also where a cold start sets it."""
    source = """\
        import contextvars, decimal

        decimal.getcontext().prec = 5
        count = contextvars.ContextVar("count", default=0)

        def handler(event, context):
            count.set(count.get() + 1)
            return [count.get(), str(decimal.Decimal(1) / 3)]
    """
    for _ in range(2):  # the second world might begin with what the first one left behind
        with a_world(tmp_path, source) as world:
            answers = [world.invoke("Handle", None).payload for _ in range(2)]

        assert answers == [[1, "0.33333"], [2, "0.33333"]]


@pytest.mark.parametrize("when", ["when it is imported", "when it is called first"])
def test_a_function_that_is_replaced_in_a_shared_module_is_replaced_for_one_environment(
    when: str, tmp_path: Path
) -> None:
    """Neither the other function nor the harness gets to see it."""
    replace = "json.dumps = lambda *_, **__: 'replaced'"
    early, late = (replace, "pass") if when.endswith("imported") else ("pass", replace)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "other.py").write_text("import json\ndef b(e, c): return json.dumps(1)\n")
    template = TWO.replace("wicked.b", "other.b")
    source = f"import json\n{early}\n\ndef a(e, c):\n    {late}\n    return json.dumps(1)\n"
    before = json.dumps
    for _ in range(2):
        with a_world(tmp_path, source, template) as world:
            answers = [world.invoke(name, None).payload for name in ("A", "B", "A")]
            assert json.dumps is before
        assert answers == ["replaced", "1", "replaced"]


@pytest.mark.parametrize("when", ["when it is imported", "when it is called first"])
@pytest.mark.parametrize(
    "imports",
    [
        "from string import Template",
        "import string\nTemplate = string.Template",
        "import importlib\nTemplate = importlib.import_module('string').Template",
    ],
)
def test_a_method_that_is_replaced_in_a_shared_class_is_replaced_for_one_environment(
    imports: str, when: str, tmp_path: Path
) -> None:
    """So a tracer that wraps the methods of libraries traces its own function; also one that was inherited."""
    wrap = "Template.substitute, Template.__format__ = lambda *_: 'mine', lambda *_: 'mine'"
    early, late = (wrap, "pass") if when.endswith("imported") else ("pass", wrap)
    look = "[Template('x').substitute(), format(Template('x')) == 'mine']"
    (tmp_path / "src").mkdir()
    other = f"from string import Template\ndef b(e, c): return {look}\n"
    (tmp_path / "src" / "other.py").write_text(other)
    source = f"{imports}\n{early}\n\ndef a(e, c):\n    {late}\n    return {look}\n"
    before = dict(vars(string.Template))
    for _ in range(2):
        with a_world(tmp_path, source, TWO.replace("wicked.b", "other.b")) as world:
            answers = [world.invoke(name, None).payload for name in ("A", "B", "A")]
            assert dict(vars(string.Template)) == before
        assert answers == [["mine", True], ["x", False], ["mine", True]]


@pytest.mark.parametrize("when", ["when it is imported", "when it is called first"])
def test_the_working_folder_is_one_environments_own(when: str, tmp_path: Path) -> None:
    """It begins as the folder of the code, as /var/task is Lambda's, and the process keeps its own."""
    early, late = (
        ("os.chdir('/usr')", "pass") if when.endswith("imported") else ("pass", "os.chdir('/usr')")
    )
    source = f"""\
        import os
        {early}

        def a(event, context):
            {late}
            return os.getcwd()
    """
    before = Path.cwd()
    two = TWO.replace("wicked.b", "other.b")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "other.py").write_text(
        "import os\ndef b(e, c): return [os.getcwd(), os.path.exists('other.py')]\n"
    )
    for _ in range(2):
        with a_world(tmp_path, source, two) as world:
            answers = [world.invoke(name, None).payload for name in ("A", "B", "A", "B")]
            assert Path.cwd() == before
        there = [str((tmp_path / "src").resolve()), True]
        assert answers == ["/usr", there, "/usr", there]


def test_a_socket_that_leads_nowhere_goes_with_its_environment(tmp_path: Path) -> None:
    """A tracer makes one and never uses it; Python complains of those that nobody has closed."""
    source = """\
        import socket
        kept = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM), *socket.socketpair()]

        def handler(event, context):
            return [one.fileno() for one in kept]
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with a_world(tmp_path, source) as world:
            numbers = world.invoke("Handle", None).payload
        gc.collect()

    assert len(numbers) == 3
    for number in numbers:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(number)


def test_warnings_are_no_errors_in_a_handler_where_they_are_in_its_tests(tmp_path: Path) -> None:
    """As they are here: a function's process is a new one, whoever looks on."""
    source = """\
        import warnings

        def handler(event, context):
            warnings.warn("dear reader")
            warnings.warn("old", DeprecationWarning)
            return len(warnings.filters)
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with a_world(tmp_path, source) as world:
            assert world.invoke("Handle", None).payload == 5
        with pytest.raises(UserWarning, match="dear reader"):
            warnings.warn("dear reader", stacklevel=1)


def test_filters_of_warnings_are_those_of_one_environment(tmp_path: Path) -> None:
    """What one function takes for an error, the other does not."""
    source = """\
        import warnings

        def a(event, context):
            warnings.simplefilter("error")
            warnings.warn("no")

        def b(event, context):
            warnings.simplefilter("ignore")
            warnings.warn("no")
            return True
    """
    before = list(warnings.filters)
    with a_world(tmp_path, source, TWO) as world:
        kinds = [world.invoke(name, None).kind for name in ("A", "B", "A", "B")]

    assert kinds == ["failed", "returned", "failed", "returned"]
    assert list(warnings.filters) == before


def test_a_redirected_output_is_that_of_one_environment(tmp_path: Path) -> None:
    """Though the other one runs meanwhile."""
    source = """\
        import contextlib, io, time

        def a(event, context):
            kept = io.StringIO()
            with contextlib.redirect_stdout(kept):
                print(event)
                time.sleep(1)
                print(event)
            return kept.getvalue()

        b = a
    """
    with a_world(tmp_path, source, TWO) as world:
        outcomes: list[Any] = []
        for name in ("A", "B"):
            world.invoker.invoke(name, name, source="test", cause=None, done=outcomes.append)
        world.settle()

    assert [outcome.payload for outcome in outcomes] == ["A\nA\n", "B\nB\n"]


def test_what_is_written_past_python_is_in_the_log_too() -> None:
    """It would be on the terminal else."""
    log: list[str] = []
    ran_often(
        """
        import os, sys

        def handler(event, context):
            os.write(1, b"one\\n")
            sys.__stderr__.write("two\\n")
        """,
        [None],
        log=log,
    )

    assert log == ["one", "two"]


def test_whatever_a_handler_does_to_its_process_ends_with_its_world(tmp_path: Path) -> None:
    """Modules, masks, hooks, tracers, names of levels, time-outs and variables."""
    source = """\
        import faulthandler, locale, logging, os, socket, sys, threading

        faulthandler.enable()

        def handler(event, context):
            os.umask(0o77)
            os.environ["HANDLED"] = "1"
            os.unsetenv("HOME")
            sys.excepthook = threading.excepthook = print
            logging.addLevelName(10, "LOW")
            socket.setdefaulttimeout(1)
            sys.setprofile(lambda *_: None)
            sys.modules.clear()
            return True
    """
    mask = os.umask(0)
    os.umask(mask)
    before = (sys.excepthook, sys.getprofile(), len(sys.modules), logging.getLevelName(10))
    with unchanged():
        with a_world(tmp_path, source) as world:
            assert world.invoke("Handle", None).payload is True
        assert os.umask(mask) == mask
    after = (sys.excepthook, sys.getprofile(), len(sys.modules), logging.getLevelName(10))

    assert after[:2] == before[:2]
    assert after[2] >= before[2]
    assert after[3] == before[3]


@pytest.mark.aws(
    "An answer's named tuples become objects, and its bytes texts.",
    source="https://github.com/aws/aws-lambda-python-runtime-interface-client/blob/main/awslambdaric/"
    "lambda_runtime_marshaller.py",
    service="lambda",
)
def test_an_answer_is_what_the_runtime_makes_of_it() -> None:
    """Its encoder is simplejson's."""
    outcome, _ = ran("""
        import collections

        Point = collections.namedtuple("Point", "x y")

        def handler(event, context):
            return {"point": Point(1, (2, Point(3, 4))), "bytes": b"text"}
    """)

    assert outcome.payload == {"point": {"x": 1, "y": [2, {"x": 3, "y": 4}]}, "bytes": "text"}
