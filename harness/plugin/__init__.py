"""The pytest plugin: scenario files as test items, and a world for tests written in Python.

It is loaded with every pytest run of the environment that it is installed in, so nothing but the
standard library is imported before a scenario file or the fixture is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from harness.plugin.files import ScenarioFile

_WORLD_FILE = "scenarios/world.yaml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the ini setting."""
    group = parser.getgroup("harness", "scenarios")
    group.addoption(
        "--harness-seed", type=int, default=None, help="seed of every scenario, instead of its own"
    )
    group.addoption(
        "--harness-update",
        action="store_true",
        help="write actual values back into the expectations of failing scenarios",
    )
    group.addoption(
        "--backend",
        "--harness-backend",
        dest="harness_backend",
        default="memory",
        choices=("memory", "moto", "moto-server", "localstack", "containers", "aws"),
        help="where AWS's services are carried out",
    )
    group.addoption(
        "--with",
        "--harness-with",
        dest="harness_with",
        action="append",
        default=[],
        metavar="PARTNER[=IMAGE]",
        help="let this partner keep what it has in the container that the world file gives it",
    )
    parser.addini("harness_world", "world file of the `world` fixture", default=_WORLD_FILE)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to update files from several processes at once, or from another backend."""
    from harness.runtime import lastwords  # noqa: PLC0415 - see the module's docstring

    # Captured output dies with a process that the watchdog has to end.
    lastwords.keep_standard_error()
    is_elsewhere = config.getoption("harness_backend") != "memory"
    if config.getoption("harness_update") and (is_elsewhere or config.getoption("harness_with")):
        raise pytest.UsageError("--harness-update writes what memory says; leave the backend out")
    is_spread = getattr(config.option, "numprocesses", None) or hasattr(config, "workerinput")
    if config.getoption("harness_update") and is_spread:
        raise pytest.UsageError("--harness-update needs one process; leave out -n, or say -n 0")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Stop before the first test if what is asked for cannot be had; each process then makes its own."""
    config = session.config
    backend, containers = config.getoption("harness_backend"), config.getoption("harness_with")
    is_ordinary = backend == "memory" and not containers
    if is_ordinary or config.option.collectonly or hasattr(config, "workerinput"):
        return
    from harness.errors import HarnessError  # noqa: PLC0415 - see the module's docstring
    from harness.scenarios import worlds  # noqa: PLC0415 - the same

    if backend == "aws" and containers:
        raise pytest.UsageError("--with: a stack's partners are its own")
    spread = getattr(config.option, "numprocesses", None) or 0
    if spread > (most := worlds.most_processes(backend)):
        raise pytest.UsageError(
            f"--backend {backend} is there for {most} process{'es' if most > 1 else ''}, not for "
            f"{spread}: say -n {most}"
        )
    world_file = config.rootpath / str(config.getini("harness_world"))
    try:
        # pytest-xdist's processes are others than this one, even if there is but one of them.
        worlds.require_backend(backend, process_count=spread + 1)
        worlds.require_containers([world_file], containers, process_count=spread + 1)
    except HarnessError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collect YAML files that lie below a world file."""
    if file_path.suffix not in (".yaml", ".yml") or not _is_below_world(file_path, parent):
        return None
    from harness.plugin.files import ScenarioFile  # noqa: PLC0415 - see the module's docstring

    return ScenarioFile.of(file_path, parent)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which invariants could not be told, where no scenario failed for it."""
    untold = [
        text
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, text in report.user_properties
        if name == "untold"
    ]
    if untold:
        from harness.reports.summary import untold_lines  # noqa: PLC0415 - see the docstring above

        terminalreporter.section("scenarios")
        for line in untold_lines(untold):
            terminalreporter.write_line(line, yellow=True)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return an open world of the project's world file; it is closed after the test."""
    from harness.scenarios.worlds import open_world  # noqa: PLC0415 - see the module's docstring

    path = request.config.rootpath / str(request.config.getini("harness_world"))
    seed = request.config.getoption("harness_seed")
    backend = request.config.getoption("harness_backend")
    containers = request.config.getoption("harness_with")
    with open_world(path, seed or 0, backend=backend, containers=containers) as opened:
        yield opened


def _is_below_world(path: Path, parent: pytest.Collector) -> bool:
    """Whether *path* has a world file beside or above it, within pytest's root."""
    if path.name == "world.yaml":
        return False
    for folder in path.parents:
        if (folder / "world.yaml").is_file():
            return True
        if folder == parent.config.rootpath:
            return False
    return False
