"""Accounts of backends without a world around them, on a clock that the test moves."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import time_machine

from harness.backends.backend import Backend, Services
from harness.kernel.entropy import Entropy
from harness.kernel.identifiers import Identifiers
from harness.kernel.instant import Duration, Instant, to_datetime
from harness.services.base.changefeed import ChangeFeed
from harness.services.base.errors import ServiceError
from harness.services.base.service import Surroundings
from harness.world.template.reader import DEFAULT_START

Outside = Callable[[], AbstractContextManager[Any]]


class Account:
    """The services of one backend at one instant; what they announce is kept."""

    def __init__(self, backend: Backend) -> None:
        self.now: Instant = DEFAULT_START
        self.backend = backend
        self.announced: list[object] = []
        changes = _KeptChanges(self.announced)
        surroundings = Surroundings(Identifiers(Entropy(0)), changes)
        self.services: Services = backend.account(surroundings, self._outside)
        self._by_name = self.services.by_name()

    def call(self, service: str, operation: str, **parameters: Any) -> Any:
        """Carry out an operation now; an error of AWS's is returned as its code."""
        engine = self._by_name[service]
        try:
            return engine.operations[operation](engine, parameters, self.now)
        except ServiceError as error:
            return error.code

    def pass_time(self, duration: Duration) -> None:
        """Let *duration* pass on the virtual clock."""
        self.now = Instant(self.now + duration)

    def _outside(self) -> AbstractContextManager[Any]:
        if self.backend.has_virtual_clock:
            return time_machine.travel(to_datetime(self.now), tick=False)
        return nullcontext()


class _KeptChanges(ChangeFeed):
    def __init__(self, announced: list[object]) -> None:
        super().__init__()
        self._announced = announced

    def announce(self, change: object) -> None:
        self._announced.append(change)

    def has_listeners(self, kind: type) -> bool:
        return kind is not None
