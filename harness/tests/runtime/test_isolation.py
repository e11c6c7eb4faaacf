"""Execution environments share our process, and must not notice."""

from pathlib import Path
from typing import Any

from harness.tests.world.opening import a_world
from harness.world.world import World

WRITTEN = """\
import asyncio, contextvars, functools, json, logging, os, random, sys, threading, time

from aws_lambda_powertools import Logger, Metrics
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

logger = Logger(service="s")
metrics = Metrics(namespace="N", service="s")
variable = contextvars.ContextVar("variable", default="unset")
local = threading.local()
provider = TracerProvider()
trace.set_tracer_provider(provider)

@functools.lru_cache
def remembered():
    return os.environ["WHO"]

def handler(event, context):
    who = os.environ["WHO"] = event["who"]
    logger.append_keys(who=who)
    logging.getLogger("shared").setLevel(event["level"])
    metrics.add_metric(name=who, unit="Count", value=1)
    variable.set(who)
    local.who = who
    random.seed(event["seed"])
    sys.path.insert(0, "/" + who)
    remembered()
    time.sleep(1)
    drawn = random.random()
    random.seed(event["seed"])
    seen = {
        "environment": os.environ["WHO"],
        "keys": logger.get_current_keys()["who"],
        "level": logging.getLogger("shared").level,
        "metrics": sorted(metrics.metric_set),
        "variable": variable.get(),
        "path": [entry for entry in sys.path if entry in ("/a", "/b")],
        "remembered": remembered(),
        "chance": drawn == random.random(),
        "provider": trace.get_tracer_provider() is provider,
    }
    metrics.clear_metrics()
    return seen
"""


def expected(who: str, level: int) -> dict[str, Any]:
    return {
        "environment": who,
        "keys": who,
        "level": level,
        "metrics": [who],
        "variable": who,
        "path": [f"/{who}"],
        "remembered": who,
        "chance": True,
        "provider": True,
    }


def at_once(world: World, *events: dict[str, Any]) -> list[Any]:
    """Return what the invocations answer that begin at the same instant."""
    function = world.topology.functions[0].name
    outcomes: list[Any] = []
    for event in events:
        world.invoker.invoke(function, event, source="test", cause=None, done=outcomes.append)
    world.settle()
    return [outcome.payload for outcome in outcomes]


def test_interleaved_environments_see_only_what_is_their_own(tmp_path: Path) -> None:
    """Loggers, metrics, tracers, caches, context, variables, the path and chance."""
    with a_world(tmp_path, WRITTEN) as world:
        answers = at_once(
            world,
            {"who": "a", "level": 10, "seed": 1},
            {"who": "b", "level": 40, "seed": 2},
        )

    assert answers == [expected("a", 10), expected("b", 40)]


def test_an_environment_keeps_what_it_changed_for_its_next_invocation(tmp_path: Path) -> None:
    """As a process does: its variables, its path and its modules."""
    source = """\
        import os, sys

        calls = []

        def handler(event, context):
            calls.append(1)
            before = [os.environ.get("LEFT"), "/left" in sys.path, len(calls)]
            os.environ["LEFT"] = "behind"
            sys.path.insert(0, "/left")
            return before
    """
    with a_world(tmp_path, source) as world:
        answers = [world.invoke("Handle", None).payload for _ in range(2)]

    assert answers == [[None, False, 1], ["behind", True, 2]]


def test_modules_below_a_folder_that_the_code_adds_to_its_path_are_its_own(tmp_path: Path) -> None:
    """Vendored packages are often found that way."""
    (tmp_path / "src" / "vendor").mkdir(parents=True)
    (tmp_path / "src" / "vendor" / "counted.py").write_text("count = 0\n")
    source = """\
        import os, sys
        sys.path.append(os.path.join(os.path.dirname(__file__), "vendor"))
        import counted
        import time

        def handler(event, context):
            counted.count += 1
            time.sleep(1)
            return counted.count
    """
    with a_world(tmp_path, source) as world:
        assert at_once(world, {}, {}) == [1, 1]
        assert at_once(world, {}) == [2]


def test_a_default_session_is_seen_in_its_own_environment_alone(tmp_path: Path) -> None:
    """`boto3.setup_default_session` is process-wide state."""
    source = """\
        import time

        import boto3

        def handler(event, context):
            boto3.setup_default_session(region_name=event["region"])
            time.sleep(1)
            return boto3.client("sqs").meta.region_name
    """
    with a_world(tmp_path, source) as world:
        answers = at_once(world, {"region": "eu-west-1"}, {"region": "eu-north-1"})

    assert answers == ["eu-west-1", "eu-north-1"]


def test_workers_of_an_executor_have_thread_local_values_of_their_own(tmp_path: Path) -> None:
    """The handler's thread keeps its values from one invocation to the next."""
    source = """\
        import threading, time
        from concurrent.futures import ThreadPoolExecutor

        class Counter(threading.local):
            def __init__(self, start):
                self.count = start

        counter = Counter(10)
        plain = threading.local()
        executor = ThreadPoolExecutor(2)

        def work(number):
            counter.count += 1
            plain.number = number
            time.sleep(1)
            return [counter.count, plain.number, hasattr(plain, "mine")]

        def handler(event, context):
            counter.count += 5
            plain.mine = True
            return [counter.count, list(executor.map(work, range(4)))]
    """
    with a_world(tmp_path, source) as world:
        first, second = at_once(world, {})[0], at_once(world, {})[0]

    assert first == [15, [[11, 0, False], [11, 1, False], [12, 2, False], [12, 3, False]]]
    assert second == [20, [[13, 0, False], [13, 1, False], [14, 2, False], [14, 3, False]]]


def test_a_tracer_works_in_every_environment_and_in_the_next_world(tmp_path: Path) -> None:
    """Powertools imports the X-Ray SDK when it first needs it, and keeps it in a shared module."""
    source = """\
        import time
        from aws_lambda_powertools import Tracer

        tracer = Tracer(service="s")

        @tracer.capture_method
        def waited():
            time.sleep(1)
            return tracer.provider.__class__.__module__

        @tracer.capture_lambda_handler
        def handler(event, context):
            return waited()
    """
    for _ in range(2):
        with a_world(tmp_path, source) as world:
            assert at_once(world, {}, {}) == ["aws_xray_sdk.core.async_recorder"] * 2
