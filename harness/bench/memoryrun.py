"""The campaign in a world: everything simulated, cold starts included."""

import json
from collections.abc import Callable
from pathlib import Path

from harness.bench.content import Content
from harness.bench.finaltables import write_tables
from harness.bench.plan import Plan, read_plan
from harness.bench.process import answer, peak_bytes
from harness.bench.stopwatch import Stopwatch
from harness.bench.task import Result, Task
from harness.errors import HarnessError
from harness.runtime.invocation import Invocation
from harness.world.world import World

_TROUBLES = ("failed", "throttled", "batch_dropped", "event_dropped")


class TroubledError(HarnessError):
    """The campaign did not go through smoothly, so its time means nothing."""


def measure(task: Task) -> Result:
    """Run a small world, then the measured one."""
    plan = read_plan(Path(task.plan))
    with opened(plan) as world:
        put(world, plan, task.warm_up)
        world.settle()
    watch = Stopwatch()
    with opened(plan) as world:
        if task.events:
            with Path(task.events).open("w", encoding="utf-8") as file:
                world.invoker.observers.append(_recorder(file.write))
                put(world, plan, task.content)
                world.settle()
        else:
            with watch.running():
                put(world, plan, task.content)
                world.settle()
        peak = peak_bytes()
        _check(world)
        if task.tables:
            _write(world, plan, Path(task.tables))
    invocations = sum(1 for _ in world.journal.of_kind("invocation"))
    return Result(watch.elapsed, peak, invocations=invocations)


def opened(plan: Plan) -> World:
    """Return a world as for a load replay, its partners given their state."""
    world = World(plan.configuration, per_record=False, validates=False)
    for name, state in plan.given.items():
        world.partners[name].load(state)
    return world


def put(world: World, plan: Plan, content: Content) -> None:
    """Put the object where the plan says."""
    bucket = world.topology.bucket(plan.bucket)
    if bucket is None:
        raise HarnessError(f"the plan puts an object into {plan.bucket!r}, which is no bucket")
    world.s3.put_streaming(
        bucket.name, plan.key, content.chunks, content.size, content.etag, world.now
    )


def _recorder(write: Callable[[str], object]) -> Callable[[Invocation], None]:
    """Return an observer that writes each event down, one line each."""

    def record(invocation: Invocation) -> None:
        function = invocation.environment.function
        write(f"{function.logical_id}\t{json.dumps(invocation.event)}\n")

    return record


def _check(world: World) -> None:
    for kind in _TROUBLES:
        entries = list(world.journal.of_kind(kind))
        if entries:
            first = entries[0]
            raise TroubledError(
                f"{len(entries)} times {kind!r}; the first is {first.subject}: {first.details}"
            )


def _write(world: World, plan: Plan, path: Path) -> None:
    tables = {}
    for name in plan.comparison.tables:
        table = world.topology.table(name)
        if table is None:
            raise HarnessError(f"the plan compares {name!r}, which is no table")
        tables[name] = list(world.dynamodb.tables[table.name].items.values())
    write_tables(path, tables, plan.comparison)


if __name__ == "__main__":
    answer(measure)
