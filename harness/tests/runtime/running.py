"""One handler, written as text, run once in a runtime with nothing else around it."""

import tempfile
import textwrap
from pathlib import Path
from typing import Any

from harness.errors import StuckError
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
from harness.runtime.watchdog import Patience
from harness.services.base.identity import Identity

START = Instant(1_767_603_600_000_000)


def ran(source: str, event: Any = None) -> tuple[Outcome, float]:
    """Return how ``handler(event, context)`` of *source* ended, and how many seconds it took."""
    outcomes, taken = ran_often(source, [event])
    return outcomes[0], taken


def stuck(source: str, patience: Patience) -> StuckError:
    """Return the error with which ``handler(event, context)`` of *source* is stopped."""
    troubles: list[Exception] = []
    ran_often(source, [None], patience=patience, troubles=troubles)
    (trouble,) = troubles
    assert isinstance(trouble, StuckError)
    return trouble


def ran_often(
    source: str,
    events: list[Any],
    *,
    patience: Patience | None = None,
    troubles: list[Exception] | None = None,
    log: list[str] | None = None,
) -> tuple[list[Outcome], float]:
    """Return how one environment's invocations ended, one after the other, and all their seconds.

    *troubles* takes the errors about the harness itself; without it there must be none.
    """
    expects_none = troubles is None
    troubles = [] if troubles is None else troubles
    log = [] if log is None else log
    scheduler = Scheduler(START)
    entropy = Entropy(0)
    baton = Baton(scheduler)
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
            write_log=lambda _function, line: log.append(line),
            report=troubles.append,
        )
        outcomes: list[Outcome] = []
        took = 0.0
        with bent_process(
            baton,
            troubles.append,
            code_folders=frozenset({code}),
            patience=patience,
        ) as sandbox:
            for event in events:
                begun = scheduler.now + (0 if outcomes else COLD_START)
                count = len(outcomes)
                invoker.invoke("it", event, source="test", cause=None, done=outcomes.append)
                while len(outcomes) == count and (expects_none or not troubles):
                    scheduler.step()
                took += (scheduler.now - begun) / 1_000_000
            sandbox.leave()
            invoker.stop_all()
    assert not (expects_none and troubles)
    return outcomes, took
