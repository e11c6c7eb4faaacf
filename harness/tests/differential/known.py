"""A known divergence: what shows it, what tells it from any other, and AWS's own statement.

The machines let exactly this pass, and a test shows that it is still there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from harness.tests.differential.peers import Exchange, Peers

MOTO = "moto 5.2.5"


@dataclass(frozen=True, slots=True)
class Known:
    """One divergence."""

    name: str
    explains: Callable[[Exchange], bool]
    """Whether it, and nothing else, is why the two answers of an exchange differ."""
    shown: Callable[[Peers], Exchange]
    """Makes it happen; the exchange is one that it explains."""
    mark: Any
    keeps_state: bool = False
    """Whether both sides hold the same afterwards, though the call writes."""

    @property
    def parameter(self) -> Any:
        """What pytest is given, so that the card tells it."""
        name = f"{self.mark.kwargs['service']}: {self.name}"
        return pytest.param(self, id=name, marks=self.mark)


def divergence(**said: str) -> Any:
    """Return the mark of a divergence of moto's."""
    return pytest.mark.divergence(peer=MOTO, **said)
