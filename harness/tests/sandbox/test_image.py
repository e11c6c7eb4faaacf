"""An environment may begin with what another one left, and nobody can tell."""

import textwrap
from pathlib import Path
from typing import Any

import pytest

from harness.sandbox.image import Image
from harness.tests.world.opening import a_world


@pytest.fixture
def restored(monkeypatch: pytest.MonkeyPatch) -> list[Image]:
    """The images that environments have begun with."""
    images: list[Image] = []
    original = Image.restored

    def noted(image: Image) -> Any:
        images.append(image)
        return original(image)

    monkeypatch.setattr(Image, "restored", noted)
    return images


STATES = {
    "a global that is rebound": """
        count = 0
        def handler(event, context):
            global count
            count += 1
            return count
        """,
    "a dictionary": """
        seen = {"count": 0}
        def handler(event, context):
            seen["count"] += 1
            return seen["count"]
        """,
    "a list in a tuple": """
        seen = ([],)
        def handler(event, context):
            seen[0].append(1)
            return len(seen[0])
        """,
    "a default argument": """
        def counted(seen=[]):
            seen.append(1)
            return len(seen)
        def handler(event, context):
            return counted()
        """,
    "a variable of a closure": """
        def counter():
            count = 0
            def counted():
                nonlocal count
                count += 1
                return count
            return counted
        counted = counter()
        def handler(event, context):
            return counted()
        """,
    "an attribute of a function": """
        def handler(event, context):
            handler.count = getattr(handler, "count", 0) + 1
            return handler.count
        """,
    "an attribute of a class": """
        class Single:
            instance = None
        def handler(event, context):
            Single.instance = (Single.instance or 0) + 1
            return Single.instance
        """,
    "an attribute of an object": """
        class Counter:
            def __init__(self):
                self.count = 0
        counter = Counter()
        def handler(event, context):
            counter.count += 1
            return counter.count
        """,
    "a slot of an object": """
        class Counter:
            __slots__ = ("count",)
        counter = Counter()
        counter.count = 0
        def handler(event, context):
            counter.count += 1
            return counter.count
        """,
    "a struct": """
        import msgspec
        class Counter(msgspec.Struct):
            count: int = 0
        counter = Counter()
        def handler(event, context):
            counter.count += 1
            return counter.count
        """,
    "a remembered answer": """
        import functools
        calls = []
        @functools.lru_cache
        def remembered(key):
            calls.append(key)
            return len(calls)
        def handler(event, context):
            return [remembered(1), remembered(1), remembered.cache_info().hits]
        """,
    "an answer remembered while importing": """
        import functools
        @functools.lru_cache
        def remembered(key):
            return key
        remembered(1)
        def handler(event, context):
            remembered(1)
            return remembered.cache_info().hits
        """,
    "a property that is remembered": """
        import functools
        class Remembering:
            calls = 0
            @functools.cached_property
            def value(self):
                Remembering.calls += 1
                return Remembering.calls
        one = Remembering()
        def handler(event, context):
            return one.value
        """,
    "an iterator": """
        import itertools
        numbers = itertools.count(1)
        def handler(event, context):
            return next(numbers)
        """,
    "a generator of random numbers": """
        import random
        generator = random.Random(7)
        def handler(event, context):
            return generator.random()
        """,
    "a queue": """
        import collections
        waiting = collections.deque()
        def handler(event, context):
            waiting.append(1)
            return len(waiting)
        """,
    "a virtual subclass": """
        import abc
        class Shape(abc.ABC): pass
        class Circle: pass
        def handler(event, context):
            before = issubclass(Circle, Shape)
            Shape.register(Circle)
            return before
        """,
    "a context variable": """
        import contextvars
        who = contextvars.ContextVar("who", default=0)
        def handler(event, context):
            before = who.get()
            who.set(before + 1)
            return before
        """,
    "a logger": """
        import logging
        logger = logging.getLogger("it")
        def handler(event, context):
            before = logger.level
            logger.setLevel(before + 1)
            return before
        """,
    "a variable of the environment that the import has set": """
        import os
        os.environ["SET"] = os.environ.get("SET", "") + "x"
        def handler(event, context):
            os.environ["SET"] += "y"
            return os.environ["SET"]
        """,
    "a module that is imported late": """
        def handler(event, context):
            import late
            late.count += 1
            return late.count
        """,
    "an attribute of another of its modules": """
        import late
        def handler(event, context):
            late.count += 1
            return late.count
        """,
}


def answers(folder: Path, handler: str, worlds: int = 3) -> list[Any]:
    """Return what the first invocation answers in each of several worlds."""
    (folder / "src").mkdir(exist_ok=True)
    late = folder / "src" / "late.py"
    if not late.exists():
        late.write_text("count = 0\n", encoding="utf-8")
    found = []
    for _ in range(worlds):
        with a_world(folder, textwrap.dedent(handler)) as world:
            found.append(world.invoke("Handle", None).payload)
    return found


@pytest.mark.parametrize("state", STATES)
def test_no_environment_sees_what_an_earlier_one_has_changed(tmp_path: Path, state: str) -> None:
    """In the next world, and after a crash in the same one."""
    first, *later = answers(tmp_path, STATES[state])

    assert later == [first, first]
    assert not (isinstance(first, dict) and "errorType" in first)


@pytest.mark.parametrize(
    "drawing",
    [
        "import time\ndrawn = time.time()",
        "import time\ndrawn = time.monotonic()",
        "import datetime\ndrawn = str(datetime.datetime.now())",
        "import uuid\ndrawn = str(uuid.uuid4())",
        "import random\ndrawn = random.random()",
        "with open(__file__) as file:\n    drawn = file.readline()",
        "from pathlib import Path\ndrawn = Path(__file__).read_text()[:9]",
        "import boto3\ndrawn = boto3.client('sqs').list_queues()['ResponseMetadata']['RequestId']",
    ],
)
def test_what_a_cold_start_asks_for_is_asked_for_again(
    tmp_path: Path, drawing: str, restored: list[Image]
) -> None:
    """Time, chance, files and AWS may answer otherwise the next time."""
    handler = f"{drawing}\n\ndef handler(event, context):\n    return drawn\n"
    answers(tmp_path, handler)

    assert restored == []


def test_most_environments_begin_with_an_image(tmp_path: Path, restored: list[Image]) -> None:
    """It is what makes many small worlds quick."""
    handler = "import late\n\ndef handler(event, context):\n    return late.count\n"

    assert answers(tmp_path, handler, worlds=5) == [0] * 5
    assert len(restored) >= 3


def test_a_file_that_has_changed_is_executed_anew(tmp_path: Path) -> None:
    """Whoever edits a handler and runs again sees the edit, in the same process too."""
    found = []
    for number in range(4):
        handler = (
            f"NUMBER = {number}\n\ndef handler(event, context):\n    return NUMBER{' ' * number}\n"
        )
        found += answers(tmp_path, handler, worlds=2)
    assert found == [0, 0, 1, 1, 2, 2, 3, 3]
