"""Everything undetermined is one choice at a named point, and 0 is production's ordinary behaviour.

All zeros make the calm run; a seed draws choices; a tape replays them.
"""

from collections.abc import Mapping
from typing import Protocol

from harness.kernel.entropy import Entropy


class Chooser(Protocol):
    """Decides what is undetermined."""

    def choose(self, point: str, option_count: int) -> int:
        """Return a number from 0 to *option_count* - 1; 0 is the ordinary one."""
        ...


class CalmChooser:
    """Always takes the ordinary way."""

    def choose(self, point: str, option_count: int) -> int:  # noqa: ARG002 - the protocol's shape
        """Return 0."""
        return 0


class SeededChooser:
    """Leaves the ordinary way now and then, as its seed says, and remembers where.

    *odds* is the share of choices that are not ordinary.  Each point draws from its own branch,
    so that a new point elsewhere does not move this one.
    """

    def __init__(self, entropy: Entropy, odds: float) -> None:
        self._entropy = entropy
        self._odds = odds
        self._asked = 0
        self.deviations: dict[int, int] = {}

    def choose(self, point: str, option_count: int) -> int:
        """Return the drawn choice."""
        index = self._asked
        self._asked += 1
        branch = self._entropy.branch("choices." + point)
        if option_count < 2 or branch.random() >= self._odds:  # noqa: PLR2004 - one option is no choice
            return 0
        choice = branch.randrange(1, option_count)
        self.deviations[index] = choice
        return choice


class TapeChooser:
    """Repeats the deviations of an earlier run; everywhere else it is calm."""

    def __init__(self, deviations: Mapping[int, int]) -> None:
        self._deviations = dict(deviations)
        self._asked = 0

    def choose(self, point: str, option_count: int) -> int:  # noqa: ARG002 - the protocol's shape
        """Return the recorded choice, brought into range if the run has changed since."""
        choice = self._deviations.get(self._asked, 0)
        self._asked += 1
        return min(choice, option_count - 1)
