"""Each environment has a /tmp of its own, which is empty at first."""

import os
import tempfile
from pathlib import Path
from typing import Any

from harness.tests.world.opening import a_world
from harness.world.world import World

KEEPING = """\
import os, pathlib, tempfile, time

NAME = "/tmp/harness-test-kept"

def handler(event, context):
    found = os.path.exists(NAME)
    with open(NAME, "a") as file:
        file.write(event)
    folder = pathlib.Path("/tmp/harness-test-folder/deep")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / event).write_text(event)
    made = tempfile.mkdtemp()
    time.sleep(30 if event == "late" else 1)
    names = sorted(path.name for path in folder.iterdir())
    return [found, pathlib.Path(NAME).read_text(), names, os.path.isdir(made)]
"""


def left_behind() -> set[str]:
    """Return what of the tests' own, and of what is put away, stands in the machine's folder."""
    own = ("harness-test-", f".harness-{os.getpid()}-")
    return {
        path.name for path in Path(tempfile.gettempdir()).iterdir() if path.name.startswith(own)
    }


def at_once(world: World, *events: str) -> list[Any]:
    outcomes: list[Any] = []
    for event in events:
        function = world.topology.functions[0].name
        world.invoker.invoke(function, event, source="test", cause=None, done=outcomes.append)
    world.settle()
    return [outcome.payload for outcome in outcomes]


def test_environments_at_work_at_the_same_time_do_not_see_each_others_files(
    tmp_path: Path,
) -> None:
    """A name that is always the same is safe on Lambda."""
    with a_world(tmp_path, KEEPING) as world:
        assert at_once(world, "a", "b") == [
            [False, "a", ["a"], True],
            [False, "b", ["b"], True],
        ]


def test_an_environment_finds_its_files_again_and_the_next_world_none(tmp_path: Path) -> None:
    """So the second run is as the first one was."""
    answers = []
    for _ in range(2):
        with a_world(tmp_path, KEEPING) as world:
            answers.append([world.invoke("Handle", event).payload for event in "ab"])
        assert left_behind() == set()

    assert answers[0] == [[False, "a", ["a"], True], [True, "ab", ["a", "b"], True]]
    assert answers[0] == answers[1]


def test_files_outlive_a_timeout_in_the_environment_that_comes_after(tmp_path: Path) -> None:
    """The process is another one, the environment is not."""
    with a_world(tmp_path, KEEPING) as world:
        world.invoke("Handle", "late")
        assert world.invoke("Handle", "a").payload == [True, "latea", ["a", "late"], True]
    assert left_behind() == set()


def test_what_was_there_before_stays(tmp_path: Path) -> None:
    """A test may hand a handler a file of its own, and look at it afterwards."""
    given = tmp_path / "given"
    given.write_text("before")
    source = f"""\
def handler(event, context):
    with open({str(given)!r}, "a") as file:
        file.write(" and after")
"""
    with a_world(tmp_path, source) as world:
        world.invoke("Handle", None)

    assert given.read_text() == "before and after"
