"""One handler, written as text, run once in a runtime with nothing else around it."""

import tempfile
import textwrap
from pathlib import Path
from typing import Any

from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Instant, seconds
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler
from harness.runtime.baton import Baton
from harness.runtime.function import Function
from harness.runtime.invoker import COLD_START, Invoker
from harness.runtime.outcome import Outcome
from harness.runtime.process import bent_process
from harness.services.base.identity import Identity

START = Instant(1_767_603_600_000_000)


def ran(source: str, event: Any = None) -> tuple[Outcome, float]:
    """Return how ``handler(event, context)`` of *source* ended, and how many seconds it took."""
    outcomes, taken = ran_often(source, [event])
    return outcomes[0], taken


def ran_often(source: str, events: list[Any]) -> tuple[list[Outcome], float]:
    """Return how one environment's invocations ended, one after the other, and all their seconds."""
    scheduler = Scheduler(START)
    entropy = Entropy(0)
    baton = Baton(scheduler)
    troubles: list[Exception] = []
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder).resolve()
        (code / "written.py").write_text(textwrap.dedent(source), encoding="utf-8")
        invoker = Invoker(
            functions={"it": Function("it", "it", code, "written.handler", timeout=seconds(20))},
            baton=baton,
            journal=Journal(scheduler),
            entropy=entropy,
            identifiers=Identifiers(entropy),
            identity=Identity(),
            write_log=lambda _function, _line: None,
            report=troubles.append,
        )
        outcomes: list[Outcome] = []
        took = 0.0
        with bent_process(baton, troubles.append, code_folders=frozenset({code})) as sandbox:
            for event in events:
                begun = scheduler.now + (0 if outcomes else COLD_START)
                count = len(outcomes)
                invoker.invoke("it", event, source="test", cause=None, done=outcomes.append)
                while len(outcomes) == count:
                    scheduler.step()
                took += (scheduler.now - begun) / 1_000_000
            sandbox.leave()
            invoker.stop_all()
    assert troubles == []
    return outcomes, took
