"""The parts that a measurement is made of."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from harness.bench.benchmark import Sizes, run, step_count
from harness.bench.directexecutor import DirectExecutor
from harness.bench.finaltables import compared, write_tables
from harness.bench.plan import Comparison, Plan, read_plan
from harness.bench.task import Result, Task, task_from
from harness.errors import ScenarioError


def test_a_task_survives_its_way_between_processes(task: Task) -> None:
    """JSON and back."""
    assert task_from(task.as_json()) == task


@pytest.mark.parametrize("executor_class", [ThreadPoolExecutor, DirectExecutor])
def test_the_direct_executor_gives_what_threads_give(executor_class: type) -> None:
    """Results in order, and an error in the future that it belongs to."""
    with executor_class(max_workers=2) as executor:
        assert list(executor.map(pow, [2, 3], [3, 2])) == [8, 9]
        assert executor.submit(pow, 2, 5).result() == 32
        assert isinstance(executor.submit(int, "x").exception(), ValueError)


def test_tables_are_equal_whatever_the_order_of_their_items(tmp_path: Path) -> None:
    """Numbers compare as numbers, and exempt attributes at any depth not at all."""
    comparison = Comparison(("Orders",), frozenset({"version"}))
    one: list[dict[str, Any]] = [
        {"id": {"S": "b"}, "inner": {"M": {"version": {"S": "1"}}}},
        {"id": {"S": "a"}, "amount": {"N": "1.50"}},
    ]
    other: list[dict[str, Any]] = [
        {"amount": {"N": "1.5"}, "id": {"S": "a"}},
        {"id": {"S": "b"}, "inner": {"M": {"version": {"S": "2"}}}},
    ]
    write_tables(tmp_path / "one", {"Orders": one}, comparison)
    write_tables(tmp_path / "other", {"Orders": other}, comparison)

    assert compared(tmp_path / "one", tmp_path / "other").is_whole


def test_a_missing_and_an_additional_item_are_both_told(tmp_path: Path) -> None:
    """Neither backend may have what the other has not."""
    comparison = Comparison(("Orders",), frozenset())
    write_tables(tmp_path / "one", {"Orders": [{"id": {"S": "a"}}]}, comparison)
    write_tables(tmp_path / "other", {"Orders": [{"id": {"S": "b"}}]}, comparison)

    assert compared(tmp_path / "one", tmp_path / "other").differences == (
        'Orders lacks {"id": "a"}',
        'Orders has {"id": "b"}',
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("world: {world}", "'object' is missing"),
        ("world: {world}\nobjekt: {{}}", "unknown property 'objekt'; did you mean 'object'?"),
        (
            "world: {world}\nobject: {{bucket: b, key: k, generator: nobody}}",
            "no generator 'nobody'; the world has fans",
        ),
    ],
)
def test_a_plan_that_cannot_be_read_says_why(
    tmp_path: Path, plan: Plan, text: str, problem: str
) -> None:
    """With the place, as every other file of ours."""
    path = tmp_path / "bench.yaml"
    path.write_text(text.format(world=plan.configuration.path), encoding="utf-8")

    with pytest.raises(ScenarioError) as raised:
        read_plan(path)

    assert problem in str(raised.value)


def test_the_measurements_take_turns(plan: Plan) -> None:
    """A drift of the machine hits all of them alike; each step is announced to a progress bar."""
    sizes = Sizes(records=5, moto_records=2, grows=True, rounds=2)
    steps: list[str] = []
    made: list[tuple[str, int]] = []

    def measure(module: str, task: Task) -> Result:
        made.append((module.rpartition(".")[2], task.content.records))
        if task.tables:
            Path(task.tables).write_text("{}", encoding="utf-8")
        return Result()

    measured = run(plan, sizes, steps.append, measure)

    a_round = [
        ("memoryrun", 5),
        ("floorrun", 5),
        ("floorrun", 5),
        ("motorun", 2),
        ("memoryrun", 2),
        ("memoryrun", 50),
    ]
    assert made == [("memoryrun", 5), *a_round, *a_round]
    assert len(steps) == step_count(sizes)
    assert all(len(series.results) == 2 for series in measured.series.values())


def test_moto_is_left_out_when_no_record_is_for_it(plan: Plan) -> None:
    """Then there is nothing to compare."""
    sizes = Sizes(records=5, moto_records=0, grows=False, rounds=1)
    steps: list[str] = []

    measured = run(plan, sizes, steps.append, lambda _module, _task: Result())

    assert list(measured.series) == steps[2:]
    assert len(steps) == step_count(sizes)
    assert measured.agreement is None
