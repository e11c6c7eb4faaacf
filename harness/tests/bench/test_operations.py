"""Single operations: what is measured, and what is made of the figures."""

import gc
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from harness.bench.operationreport import mean_ratio, operations_document, print_operations
from harness.bench.operationrun import run
from harness.bench.operations import OPERATIONS
from harness.bench.operationseries import (
    MOTO,
    OURS,
    Figures,
    OperationSizes,
    OperationTimes,
    measure_operations,
)
from harness.cli import bench as command
from harness.cli.exitcodes import ExitCode
from harness.cli.main import application
from harness.errors import HarnessError

SIZES = OperationSizes(calls=10, moto_calls=2, rounds=2)


def figures() -> Figures:
    ours, theirs = OperationTimes((2.0, 1.0)), OperationTimes((100.0, 150.0))
    slow = OperationTimes((234_567.0,))
    return {
        "dynamodb PutItem": {OURS: ours, MOTO: theirs},
        "sqs SendMessage": {OURS: ours},
        max(OPERATIONS, key=len): {OURS: slow, MOTO: slow},
    }


@pytest.fixture
def _frozen() -> Iterator[None]:
    """Leave what other tests hold out of the collections, of which there is one for each operation."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_frozen")
@pytest.mark.parametrize("backend", [OURS, MOTO])
def test_every_operation_is_answered_by_both_backends(backend: str) -> None:
    """The same code calls either, and an answer that is wrong would raise."""
    times = run(backend, 1)

    assert list(times) == list(OPERATIONS)
    assert all(each >= 0 for each in times.values())


def test_an_unknown_backend_is_named() -> None:
    """With those that there are."""
    with pytest.raises(HarnessError, match="'elsewhere'; it is 'ours' or 'moto'"):
        run("elsewhere", 1)


def test_the_backends_take_turns_and_each_has_its_number_of_calls() -> None:
    """A drift of the machine hits both alike."""
    made: list[tuple[str, int]] = []
    told: list[str] = []

    def measure(backend: str, call_count: int) -> dict[str, float]:
        made.append((backend, call_count))
        return {"s3 PutObject": float(len(made))}

    found = measure_operations(SIZES, told.append, measure)

    assert made == [(OURS, 10), (MOTO, 2), (OURS, 10), (MOTO, 2)]
    assert told == [OURS, MOTO, OURS, MOTO]
    assert found["s3 PutObject"][MOTO] == OperationTimes((2.0, 4.0))


def test_moto_can_be_left_out() -> None:
    """Then there is no ratio."""
    sizes = OperationSizes(calls=10, moto_calls=0, rounds=1)

    assert sizes.backends == {OURS: 10}
    assert mean_ratio({"sqs SendMessage": {OURS: OperationTimes((1.0,))}}) is None


def test_the_table_has_the_best_round_the_noise_and_the_ratio() -> None:
    """It fits a terminal."""
    file = StringIO()
    print_operations(Console(width=80, file=file), figures(), SIZES)

    lines = file.getvalue().splitlines()
    row = next(line for line in lines if "PutItem" in line)
    assert row.split()[2:] == ["1.0", "2.00x", "100.0", "1.50x", "100.0x"]
    assert "geometric mean of moto / ours: 10.0x" in lines
    assert "…" not in file.getvalue()


def test_the_document_has_every_round() -> None:
    """It is JSON, and says nothing of the place where it was made."""
    told = json.loads(json.dumps(operations_document(figures(), SIZES)))

    operation = told["operations"]["dynamodb PutItem"]
    assert operation["ratio"] == 100
    assert operation[OURS] == {"microseconds": 1.0, "noise": 2.0, "rounds": [2.0, 1.0]}
    assert told["operations"]["sqs SendMessage"]["ratio"] is None


def test_the_command_measures_operations_instead_of_the_campaign(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It needs no plan, and writes what it found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "measure_operations", lambda _sizes, _before: figures())

    ended = CliRunner().invoke(application(), ["bench", "--operations", "--json", "found.json"])

    assert ended.exit_code == ExitCode.PASSED
    told = json.loads(Path("found.json").read_text(encoding="utf-8"))
    assert told["calls"][OURS] == 200
