"""A small world of one partner: a counter that answers in JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, NoReturn
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from harness.fakehttp.partner import Mount
from harness.fakehttp.partners import Partners
from harness.fakehttp.wiring import Wiring
from harness.kernel.faultpoints import Fault, FaultPoint
from harness.kernel.instant import Instant, milliseconds
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler

URL = "https://counter.test"


class Counter:
    """Counts the requests that it worked on."""

    def __init__(self, start: int = 0) -> None:
        self.count = start
        self.environs: list[WSGIEnvironment] = []

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse, /
    ) -> Iterable[bytes]:
        """Count one request."""
        self.count += 1
        self.environs.append(environ)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"count": self.count}).encode()]

    def load(self, state: Mapping[str, Any]) -> None:
        """Take the count."""
        self.count = state["count"]

    def view(self) -> dict[str, Any]:
        """Show the count."""
        return {"count": self.count}

    def bad_day(self, status: int) -> tuple[int, Mapping[str, str], str]:
        """Refuse in the counter's own words."""
        return status, {"Content-Type": "text/plain", "Retry-After": "7"}, "not today"

    def mask_path(self, path: str) -> str:
        """Hide the word "secret"."""
        return path.replace("secret", "***")


class OneFault:
    """Strikes every call with the same fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.points: list[FaultPoint] = []

    def decide(self, point: FaultPoint) -> Fault | None:
        """Remember *point* and strike it."""
        self.points.append(point)
        return self.fault


class CrashedError(Exception):
    """Stands for the end of an invocation."""


class CounterWorld:
    """A clock, a journal and one partner called ``counter``."""

    def __init__(self, fault: Fault | None = None, *, per_record: bool = True) -> None:
        self.scheduler = Scheduler(Instant(1_000_000))
        self.journal = Journal(self.scheduler, per_record=per_record)
        self.counter = Counter()
        self.faults = None if fault is None else OneFault(fault)
        more: dict[str, Any] = {} if self.faults is None else {"faults": self.faults}
        wiring = Wiring(
            now=lambda: self.scheduler.now,
            pause=lambda wait: self.scheduler.run_until(Instant(self.scheduler.now + wait)),
            journal=self.journal,
            caller=lambda: "Reporter",
            crash=_crash,
            **more,
        )
        self.partners = Partners([Mount("counter", self.counter, URL, milliseconds(50))], wiring)
        self.partner = self.partners["counter"]

    @property
    def elapsed(self) -> int:
        """Microseconds since the start."""
        return self.scheduler.now - 1_000_000


def _crash() -> NoReturn:
    raise CrashedError


@pytest.fixture
def open_world() -> Iterator[Callable[..., CounterWorld]]:
    """Yield a function that makes an active world; all are closed in the end."""
    with ExitStack() as stack:

        def make(**settings: Any) -> CounterWorld:
            world = CounterWorld(**settings)
            world.partners.activate()
            stack.callback(world.partners.close)
            return world

        yield make
