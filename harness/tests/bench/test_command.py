"""`harness bench` on the command line; what it measures stands elsewhere."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness.bench import benchmark
from harness.bench.benchmark import Measured, Sizes
from harness.bench.finaltables import Agreement
from harness.bench.series import Series
from harness.bench.stopwatch import Seconds
from harness.bench.task import Result
from harness.cli import bench as command
from harness.cli.exitcodes import ExitCode
from harness.cli.main import application


def a_run_with(agreement: Agreement | None) -> object:
    """Return a stand-in for the measuring itself."""

    def run(_plan: object, sizes: Sizes, _before_each: object) -> Measured:
        names = (benchmark.MEMORY, benchmark.FLOOR, benchmark.DIRECT_FLOOR)
        series = {name: Series(sizes.records, [Result(Seconds(1.0, 1.0))]) for name in names}
        return Measured(sizes, series, agreement)

    return run


@pytest.mark.parametrize(
    ("agreement", "code"),
    [
        (None, ExitCode.PASSED),
        (Agreement(42, ()), ExitCode.PASSED),
        (Agreement(42, ("Orders lacks {}",)), ExitCode.FAILED),
    ],
)
def test_only_different_tables_fail_and_never_a_figure(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    agreement: Agreement | None,
    code: ExitCode,
) -> None:
    """A machine may be slow; a backend may not be wrong."""
    monkeypatch.setattr(command, "run", a_run_with(agreement))
    file = tmp_path / "figures" / "bench.json"

    ended = CliRunner().invoke(application(), ["bench", "--records", "20", "--json", str(file)])

    assert ended.exit_code == code
    assert json.loads(file.read_text(encoding="utf-8"))["rounds"] == 3


def test_without_a_plan_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Outside of a repository there is nothing to measure."""
    monkeypatch.chdir(tmp_path)

    ended = CliRunner().invoke(application(), ["bench"])

    assert ended.exit_code == ExitCode.BROKEN
    assert "there is no bench.yaml here or above" in ended.output
