"""Step: something a scenario does at an instant."""

from dataclasses import dataclass

from harness.scenarios.run import Run
from harness.scenarios.shapes.written import Written


@dataclass(frozen=True, slots=True)
class Step(Written):
    """The base of all steps; a subclass's docstring is its entry in the vocabulary."""

    def run(self, run: Run) -> None:
        """Do it, now."""
        raise AssertionError(f"{type(self).__name__} does nothing: {run!r}")
