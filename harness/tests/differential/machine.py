"""What the machines of all services share: the two sides, the comparison, and how long they run."""

import os
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine

from harness.tests.differential.comparing import Correspondence, differences
from harness.tests.differential.known import Known
from harness.tests.differential.peers import Answer, Exchange, Pair, Peers

_EXAMPLES = os.environ.get("HARNESS_DIFFERENTIAL_EXAMPLES")
"""How many sequences of calls are tried; unset, the same few each time."""


def thorough(examples: int, steps: int = 12) -> settings:
    """Return the settings of a machine: *examples* sequences, unless more are asked for."""
    return settings(
        max_examples=int(_EXAMPLES or examples),
        stateful_step_count=steps,
        derandomize=_EXAMPLES is None,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=_EXAMPLES is not None,
    )


class PeersMachine(RuleBasedStateMachine):
    """Makes every call twice, and compares."""

    known: ClassVar[tuple[Known, ...]] = ()
    ignored: ClassVar[frozenset[str]] = frozenset()
    """Members of answers that are not compared."""
    sides: ClassVar[type[Peers]] = Peers

    def __init__(self) -> None:
        super().__init__()
        self.peers = self.sides()
        self.peers.open()
        self.same = Correspondence()
        self.is_over = False
        """Whether both sides have gone different ways, so that nothing more can be compared."""

    def teardown(self) -> None:
        """Put the process back as it was."""
        self.peers.close()

    def both(self, service: str, operation: str, **parameters: Any) -> Exchange:
        """Call *operation* on both sides, which must answer alike or differ as is known."""
        if self.is_over:
            return Exchange(service, operation, parameters, Answer("over"), Answer("over"))
        exchange = self.normal(self.peers.call(service, operation, **parameters))
        known = self.difference(exchange)
        if known is not None and not (known.keeps_state or _changes_nothing(exchange)):
            self.resync()
        return exchange

    def difference(self, exchange: Exchange) -> Known | None:
        """Return why the answers differ, if they do and it is known; else it is an error."""
        found = differences(exchange, self.same, self.ignored)
        if not found:
            return None
        for known in self.known:
            if known.explains(exchange):
                return known
        told = "\n  ".join(found)
        raise AssertionError(
            f"{exchange.service}.{exchange.operation} {exchange.parameters}\n  {told}"
        )

    def normal(self, exchange: Exchange) -> Exchange:
        """Return *exchange* with what AWS leaves open put in one form."""
        return exchange

    def resync(self) -> None:
        """Make both sides equal again after a known divergence, or say that they cannot be."""
        self.is_over = True


def _changes_nothing(exchange: Exchange) -> bool:
    """Whether the call leaves both sides as they were."""
    is_refused = not (exchange.ours.is_ok or exchange.theirs.is_ok)
    return is_refused or exchange.operation.startswith(_READING)


_READING = ("Get", "List", "Describe", "Head", "Query", "Scan", "BatchGet", "TransactGet")


def paired(exchange: Exchange, *path: str | int) -> Pair:
    """Return what stands at *path* of both outputs."""
    ours: Any = exchange.ours.output
    theirs: Any = exchange.theirs.output
    for step in path:
        ours, theirs = ours[step], theirs[step]
    return Pair(ours, theirs)
