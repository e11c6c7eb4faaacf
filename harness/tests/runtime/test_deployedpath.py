"""What a run tells has no path of this machine in it."""

import sysconfig
from pathlib import Path

from harness.runtime import handling
from harness.runtime.deployedpath import deployed_text
from harness.tests.runtime.running import ran_often

CODE = Path("/srv/project")


def test_the_code_and_its_packages_lie_in_the_task_root() -> None:
    """As they do once they are deployed."""
    installed = sysconfig.get_path("purelib")

    assert deployed_text('"place":"/srv/project/workers/a.py:3"', CODE) == (
        '"place":"/var/task/workers/a.py:3"'
    )
    assert deployed_text(f'File "{installed}/boto3/session.py"', CODE) == (
        'File "/var/task/boto3/session.py"'
    )


def test_the_standard_library_lies_in_the_runtime() -> None:
    """Wherever this machine keeps its own."""
    library = sysconfig.get_path("stdlib")

    assert deployed_text(f"{library}/json/decoder.py", CODE) == (
        "/var/lang/lib/python3/json/decoder.py"
    )


def test_other_text_stays_as_it_is() -> None:
    """A key or a path of the function's own is not touched."""
    assert deployed_text("scores/a.csv of /tmp/x", CODE) == "scores/a.csv of /tmp/x"


def test_what_the_harness_does_in_lambdas_place_stands_where_lambdas_code_does() -> None:
    """A warning about a coroutine that nobody awaited names the caller's file."""
    text = deployed_text(f"{handling.__file__}:36: RuntimeWarning", Path("/somewhere/src"))

    assert text == "/var/runtime/runtime/handling.py:36: RuntimeWarning"


def test_a_handler_finds_its_files_below_the_task_root() -> None:
    """And its log says what it would say on Lambda."""
    log: list[str] = []
    source = """\
        import os

        def handler(event, context):
            path = os.path.join(os.environ["LAMBDA_TASK_ROOT"], "written.py")
            print(path)
            with open(path) as file:
                return "LAMBDA_TASK_ROOT" in file.read()
    """
    outcomes, _ = ran_often(source, [None], log=log)

    assert outcomes[0].payload is True
    assert log == ["/var/task/written.py"]
