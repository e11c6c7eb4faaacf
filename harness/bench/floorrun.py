"""The floor: the batches that a world delivered, handed straight to the handlers.

Only the handlers' own time counts.  Events are decoded one by one just before their call, and the
first event of each function goes through once before, so that imports and clients are not in it.
"""

import concurrent.futures
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.bench import noaws
from harness.bench.deployed import Deployed, Silence, deploy
from harness.bench.directexecutor import DirectExecutor
from harness.bench.partnerservices import PartnerServices
from harness.bench.plan import Plan, read_plan
from harness.bench.process import answer, peak_bytes
from harness.bench.stopwatch import NOTHING, Stopwatch
from harness.bench.task import Result, Task
from harness.errors import HarnessError
from harness.runtime.collector import rare_collections
from harness.services.base.identity import Identity
from harness.world.declaring import declared_topology

_futures: Any = concurrent.futures


class NothingDeliveredError(HarnessError):
    """The file of events is empty."""


def measure(task: Task) -> Result:
    """Replay the events of *task* and return the handlers' seconds."""
    plan = read_plan(Path(task.plan))
    if task.executor == "direct":
        _futures.ThreadPoolExecutor = DirectExecutor
    sys.stdout = Silence()  # all that handlers use of it
    with PartnerServices(plan).active():
        deployed = _deployed(plan, task)
        noaws.install(task.warm_up)
        _warm_up(deployed, task)
    noaws.install(task.content)
    partners = PartnerServices(plan)
    watches = {name: Stopwatch() for name in deployed}
    invocations = 0
    with partners.active(), rare_collections():
        for name, event in _events(task):
            _call(deployed[name], event, watches[name])
            invocations += 1
    if not invocations:
        raise NothingDeliveredError("no event was delivered in the run that was recorded")
    parts = {name: watch.elapsed for name, watch in watches.items()}
    return Result(
        sum(parts.values(), start=NOTHING),
        peak_bytes(),
        parts=parts,
        outside=partners.watch.elapsed,
        invocations=invocations,
    )


def _deployed(plan: Plan, task: Task) -> dict[str, Deployed]:
    """Import every function that has an event."""
    names = {name for name, _ in _lines(task)}
    topology = declared_topology(plan.configuration)
    functions = (function for function in topology.functions if function.logical_id in names)
    return deploy(functions, Identity(), plan.configuration.start)


def _warm_up(deployed: dict[str, Deployed], task: Task) -> None:
    """Let each function handle its first event."""
    left = set(deployed)
    for name, text in _lines(task):
        if name in left:
            left.remove(name)
            _call(deployed[name], json.loads(text), Stopwatch())


def _call(deployed: Deployed, event: Any, watch: Stopwatch) -> None:
    context = deployed.enter()
    with watch.running():
        deployed.handler(event, context)
    deployed.leave()


def _events(task: Task) -> Iterator[tuple[str, Any]]:
    """Decode the events one at a time."""
    for name, text in _lines(task):
        yield name, json.loads(text)


def _lines(task: Task) -> Iterator[tuple[str, str]]:
    """Return the function of each event with the line that holds it."""
    with Path(task.events).open(encoding="utf-8") as file:
        for line in file:
            name, text = line.split("\t", 1)
            yield name, text


if __name__ == "__main__":
    answer(measure)
