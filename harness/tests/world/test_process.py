"""What an open world does to the process, and that nothing of it is left behind."""

import gc
import os
import sys
import threading
import time
from pathlib import Path

import boto3
import pytest

from harness.errors import EscapeError, SimulationError, UnsupportedError
from harness.tests.cli.project import TEMPLATE
from harness.tests.sandbox.processstate import unchanged
from harness.tests.world.opening import a_world
from harness.world import assembly
from harness.world.world import World

MEDDLING = """\
import gc, logging, os, random, signal, sys, time
import boto3, requests

os.environ["MEDDLED"] = "1"
sys.path.insert(0, "/meddled")
logging.getLogger().setLevel("DEBUG")
logging.getLogger("meddled").addHandler(logging.StreamHandler())
random.seed(1)
boto3.setup_default_session(region_name="eu-west-1")
requests.Session().headers["x"] = "y"

def handler(event, context):
    sys.stdout.write("meddled")
    time.sleep(1)
    boto3.client("sqs").list_queues()
    if event:
        raise ValueError(event)
    return dict(os.environ)
"""


PRESSED = """\
import ctypes

def press():
    ctypes.pythonapi.PyErr_SetInterrupt()
    for _ in range(10_000):
        pass

"""
"""Does what the system does when somebody presses Ctrl-C; the signal is noticed between two steps."""


def test_a_world_that_is_closed_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    """Whatever its handlers did to what they saw of it."""
    with unchanged():
        with a_world(tmp_path, MEDDLING) as world:
            outcome = world.invoke("Handle", None)
        assert outcome.payload["MEDDLED"] == "1"


def test_a_handler_that_raises_leaves_the_process_as_it_was(tmp_path: Path) -> None:
    """The same when the world is left by an error, and by Ctrl-C."""
    with unchanged(), a_world(tmp_path, MEDDLING) as world:
        assert world.invoke("Handle", "boom").payload["errorMessage"] == "boom"
    for error in (ValueError, KeyboardInterrupt):
        with unchanged(), pytest.raises(error):
            leave_by(error, a_world(tmp_path, MEDDLING))


def leave_by(error: type[BaseException], closed: World) -> None:
    with closed as world:
        world.invoke("Handle", None)
        raise error


@pytest.mark.parametrize("part", ["create_resources", "keep_journal"])
def test_a_world_that_fails_to_open_leaves_the_process_as_it_was(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is bent before the resources are created."""

    def fail(*_: object) -> None:
        raise UnsupportedError("no")

    world = a_world(tmp_path, MEDDLING)
    monkeypatch.setattr(assembly, part, fail)

    with unchanged(), pytest.raises(UnsupportedError):
        world.open()


@pytest.mark.usefixtures("terminal")
def test_ctrl_c_in_a_handler_ends_the_run_and_not_the_invocation(tmp_path: Path) -> None:
    """The handler's code is merely what happened to run; its process is straight again."""
    source = f"{PRESSED}def handler(event, context):\n    press()\n"
    with unchanged(), pytest.raises(KeyboardInterrupt), a_world(tmp_path, source) as world:
        world.invoke("Handle", None)


@pytest.mark.usefixtures("terminal")
def test_ctrl_c_ends_the_run_though_the_handler_catches_everything(tmp_path: Path) -> None:
    """Once: whoever goes on with the world afterwards may."""
    source = f"""{PRESSED}
def handler(event, context):
    try:
        press()
    except BaseException:
        return "unmoved"
"""
    with unchanged(), a_world(tmp_path, source) as world:
        with pytest.raises(KeyboardInterrupt):
            world.invoke("Handle", None)
        world.settle()

    assert [entry.details["payload"] for entry in world.journal.of_kind("returned")] == ["unmoved"]


def test_an_interrupt_that_a_handler_raises_is_its_own(tmp_path: Path) -> None:
    """The world goes on."""
    source = "def handler(event, context):\n    raise KeyboardInterrupt\n"
    with unchanged(), a_world(tmp_path, source) as world:
        outcome = world.invoke("Handle", None)

    assert outcome.payload["errorType"] == "Runtime.ExitError"


def test_an_escape_stops_the_world_and_the_process_is_straight(tmp_path: Path) -> None:
    """Also when the handler swallows the error."""
    source = """\
        import _thread

        def handler(event, context):
            try:
                _thread.start_new_thread(print, ())
            except BaseException:
                pass
    """
    count = threading.active_count()
    with unchanged(), pytest.raises(EscapeError), a_world(tmp_path, source) as world:
        world.invoke("Handle", None)
    assert threading.active_count() == count


def test_a_second_world_cannot_be_opened_beside_the_first(tmp_path: Path) -> None:
    """Both would bend the same process; the first one goes on, and closing it twice is harmless."""
    first, second = (a_world(tmp_path, "def handler(e, c): return 1\n") for _ in range(2))
    with unchanged():
        with first:
            with pytest.raises(
                SimulationError,
                match=r"^another world is open in this process; close it first$",
            ):
                second.open()
            assert first.invoke("Handle", None).payload == 1
        first.close()
        with second:
            assert second.invoke("Handle", None).payload == 1


def test_a_later_world_sees_nothing_of_an_earlier_one(tmp_path: Path) -> None:
    """Neither tables, modules, logs, metrics nor what a handler left in a library."""
    source = """\
        import os, random
        import boto3
        from aws_lambda_powertools import Logger, Metrics

        logger, metrics = Logger(service="s"), Metrics(namespace="N", service="s")
        seen = []

        def handler(event, context):
            seen.append(os.environ.get("LEFT"))
            os.environ["LEFT"] = "behind"
            before = [*seen, logger.get_current_keys().get("left"), sorted(metrics.metric_set)]
            logger.append_keys(left="behind")
            metrics.add_metric(name="left", unit="Count", value=1)
            table = boto3.resource("dynamodb").Table(os.environ["ORDERS"])
            before.append(table.scan()["Count"])
            table.put_item(Item={"id": "left"})
            return [*before, random.random()]
    """
    answers, digests = [], []
    for _ in range(2):
        with a_world(tmp_path, source) as world:
            answers.append(world.invoke("Handle", None).payload)
            digests.append(world.digest())
            (table,) = world.dynamodb.tables.values()
            assert len(table.items) == 1

    assert answers[0][:-1] == [None, None, [], 0]
    assert answers[1] == answers[0]
    assert digests[1] == digests[0]


def test_a_closed_world_can_still_be_read(tmp_path: Path) -> None:
    """A report is made after the process is straight."""
    with a_world(tmp_path, "def handler(e, c): return 1\n") as world:
        world.invoke("Handle", None)

    assert [entry.kind for entry in world.journal][-1] == "returned"
    assert world.view().results == {"Handle": [1]}


def test_a_template_error_bends_nothing(tmp_path: Path) -> None:
    """It is found before."""
    with unchanged(), pytest.raises(UnsupportedError):
        a_world(tmp_path, "", f"{TEMPLATE}  X: {{Type: AWS::Foo::Bar}}\n")


def test_outside_of_handlers_the_process_is_as_it_is_without_a_world(tmp_path: Path) -> None:
    """A test that has a world open writes files, draws numbers and starts threads as ever."""
    with a_world(tmp_path, MEDDLING) as world:
        world.invoke("Handle", None)
        thread = threading.Thread(target=gc.collect)
        thread.start()
        thread.join()
        assert os.environ.get("MEDDLED") is None
        assert "/meddled" not in sys.path
        assert "wicked" not in sys.modules
        assert boto3.DEFAULT_SESSION is not None


def test_the_time_zone_is_lambdas_inside_and_ones_own_again_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Local times in a handler do not depend on the machine."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    source = "import datetime\ndef handler(e, c): return datetime.datetime.now().isoformat()\n"
    try:
        with unchanged(), a_world(tmp_path, source) as world:
            assert world.invoke("Handle", None).payload.startswith("2026-01-05T09:00:00")
        assert time.localtime(0).tm_hour == 9
    finally:
        monkeypatch.undo()
        time.tzset()
