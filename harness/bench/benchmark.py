"""The whole bench: every measurement, round by round, so that a machine's moods hit all alike."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.bench.content import Content, generate
from harness.bench.finaltables import Agreement, compared
from harness.bench.plan import Plan
from harness.bench.process import measured
from harness.bench.series import Series
from harness.bench.task import Executor, Result, Task

MEMORY = "memory"
FLOOR = "floor"
DIRECT_FLOOR = "floor without threads"
MOTO = "moto"
MEMORY_SLICE = "memory, the same slice"
MEMORY_GROWN = "memory, grown"

GROWTH = 10
"""How many times more records the growth is measured with."""

_WARM_UP_RECORDS = 50

Measure = Callable[[str, Task], Result]
"""Makes one measurement: runs a module on a task."""

_MEMORY_RUN = "harness.bench.memoryrun"
_FLOOR_RUN = "harness.bench.floorrun"
_MOTO_RUN = "harness.bench.motorun"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    records: int
    moto_records: int
    """moto is too slow for as many as the others get; 0 leaves it out."""
    grows: bool
    rounds: int

    @property
    def has_moto(self) -> bool:
        """Whether moto is asked for and installed."""
        return self.moto_records > 0 and find_spec("moto") is not None


@dataclass(slots=True)
class Measured:
    """What came out."""

    sizes: Sizes
    series: dict[str, Series] = field(default_factory=dict)
    """By the measurement's name, those that were made."""
    agreement: Agreement | None = None
    """Whether memory and moto ended the same, where moto was measured."""


@dataclass(frozen=True, slots=True)
class _Measurement:
    name: str
    module: str
    task: Task


def run(
    plan: Plan,
    sizes: Sizes,
    before_each: Callable[[str], None],
    measure: Measure = measured,
) -> Measured:
    """Measure everything; *before_each* is told the name of what is about to be measured."""
    with TemporaryDirectory(prefix="harness-bench-") as name:
        folder = Path(name)
        before_each("generating")
        warm_up = generate(plan, min(_WARM_UP_RECORDS, sizes.records), folder / "warm-up")
        content = generate(plan, sizes.records, folder / "content")
        base = Task(str(plan.path), content, warm_up, events=str(folder / "events"))
        before_each("recording")
        measure(_MEMORY_RUN, base)
        measurements = _measurements(plan, sizes, base, folder)
        found = Measured(sizes)
        for _ in range(sizes.rounds):
            for each in measurements:
                before_each(each.name)
                series = found.series.setdefault(each.name, Series(each.task.content.records))
                series.results.append(measure(each.module, each.task))
        if sizes.has_moto:
            found.agreement = compared(_tables(folder, MEMORY), _tables(folder, MOTO))
        return found


def step_count(sizes: Sizes) -> int:
    """Return how often `run` calls *before_each*."""
    a_round = 3 + (2 if sizes.has_moto else 0) + (1 if sizes.grows else 0)
    return 2 + a_round * sizes.rounds


def _measurements(plan: Plan, sizes: Sizes, base: Task, folder: Path) -> list[_Measurement]:
    """Return the measurements of one round, in their order."""

    def on(content: Content, *, tables: str = "") -> Task:
        return Task(base.plan, content, base.warm_up, tables=tables)

    def floor(name: str, executor: Executor) -> _Measurement:
        task = Task(base.plan, base.content, base.warm_up, base.events, executor=executor)
        return _Measurement(name, _FLOOR_RUN, task)

    found = [
        _Measurement(MEMORY, _MEMORY_RUN, on(base.content)),
        floor(FLOOR, "threads"),
        floor(DIRECT_FLOOR, "direct"),
    ]
    if sizes.has_moto:
        part = generate(plan, sizes.moto_records, folder / "slice")
        ours, theirs = str(_tables(folder, MEMORY)), str(_tables(folder, MOTO))
        found += [
            _Measurement(MOTO, _MOTO_RUN, on(part, tables=theirs)),
            _Measurement(MEMORY_SLICE, _MEMORY_RUN, on(part, tables=ours)),
        ]
    if sizes.grows:
        grown = generate(plan, sizes.records * GROWTH, folder / "grown")
        found.append(_Measurement(MEMORY_GROWN, _MEMORY_RUN, on(grown)))
    return found


def _tables(folder: Path, backend: str) -> Path:
    return folder / f"tables-{backend}"
