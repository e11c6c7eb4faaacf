"""The package that is deployed: what the README puts into it is all that a handler needs."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE_BYTES_MAX = 250 * 1024 * 1024
"""Lambda takes no larger package, unpacked."""

CONSUMERS: dict[str, dict[str, Any]] = {
    "load_scores_to_dynamodb": {"in": 0, "success": 0, "failed": 0, "batchItemFailures": []},
    "load_scores_to_stream": {"count": {"in": 0, "out": 0, "valid": 0, "invalid": 0, "failed": 0}},
    "process_saved_scores": {"count": 0, "batchItemFailures": []},
    "save_entry_scoring": {"records": 0, "entries": 0, "batchItemFailures": []},
    "save_fanlist_scores": {"stream": {"in": 0, "failed": 0, "out": 0}},
    "verdict_reporter": {"batchItemFailures": []},
}
"""What the handlers answer, among other things, to an event without records."""
RESOLVERS = ("lookup_phone_score", "proxy_campaign_service")

CALLER = """
import importlib, json, sys
sys.path[:0] = sys.argv[1:3]
answers = {}
for worker in sys.argv[3:]:
    handler = importlib.import_module(f"workers.handlers.{worker}.handler").handler
    try:
        answers[worker] = handler({"Records": []}, None)
    except Exception as error:
        answers[worker] = f"{type(error).__name__}: {error}"
files = [str(getattr(module, "__file__", None) or "") for module in sys.modules.values()]
print(json.dumps({"answers": answers, "files": files}), file=sys.stderr)
"""


def required() -> Iterator[Distribution]:
    """Yield what `pip install -r workers/requirements.txt` installs, as it is installed here."""
    requirements = (ROOT / "workers/requirements.txt").read_text(encoding="utf-8").split()
    waiting, seen = requirements, set[str]()
    while waiting:
        requirement = waiting.pop()
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        if name in seen or "extra ==" in requirement:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            # Only what another system or an older Python needs may be missing.
            assert ";" in requirement, requirement
            continue
        yield found
        waiting += found.requires or ()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder with the workers and one with their requirements, and nothing else."""
    build = tmp_path_factory.mktemp("build")
    shutil.copytree(
        ROOT / "workers",
        build / "workers",
        ignore=lambda folder, _names: (
            ["tests"] if Path(folder) == ROOT / "workers" else ["__pycache__"]
        ),
    )
    installed = tmp_path_factory.mktemp("installed")
    for found in required():
        for file in found.files or ():
            if ".." in file.parts or file.suffix == ".pyc":
                continue
            target = installed / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(Path(str(found.locate_file(file))))
    return build, installed


def called(package: tuple[Path, Path], *workers: str) -> tuple[dict[str, Any], list[Path]]:
    """Call *workers* in a process that has the package alone; return answers and files loaded."""
    build, installed = package
    # -I and -S leave out the folder, the environment and everything that is installed here.
    answered = subprocess.run(  # noqa: S603 - this very interpreter, and our own program
        [sys.executable, "-I", "-S", "-c", CALLER, str(build), str(installed), *workers],
        check=True,
        capture_output=True,
        text=True,
        env={"AWS_DEFAULT_REGION": "us-east-1"},
        timeout=120,
    )
    told = json.loads(answered.stderr.splitlines()[-1])
    return told["answers"], [Path(file) for file in told["files"] if file]


def test_every_handler_runs_with_nothing_but_its_package(package: tuple[Path, Path]) -> None:
    """An event without records is answered; a resolver tells that it is none of its events."""
    answers, files = called(package, *CONSUMERS, *RESOLVERS)

    for worker, expected in CONSUMERS.items():
        answer = answers[worker]
        assert isinstance(answer, dict), answer
        assert {name: answer[name] for name in expected} == expected
    for worker in RESOLVERS:
        assert answers[worker] == "PermanentError: the event is no AppSync resolver context"
    allowed = (*package, Path(sys.base_prefix), Path(sys.base_prefix).resolve())
    strays = [
        file
        for file in files
        if not any(file.is_relative_to(folder) for folder in allowed)
        or not {"harness", "fixtures", "site-packages"}.isdisjoint(file.parts)
    ]
    assert strays == []


def test_the_package_is_small_enough_for_lambda(package: tuple[Path, Path]) -> None:
    """With half of it to spare, for the processor that it is built for there."""
    size = sum(file.stat().st_size for folder in package for file in folder.rglob("*.*"))

    assert size < PACKAGE_BYTES_MAX / 2
