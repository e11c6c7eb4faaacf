"""Every error the harness raises about itself.

* HarnessError
  - ScenarioError      the author of a scenario, template or world file can fix it
  - SimulationError    the simulator broke one of its own rules: a bug of ours
  - UnsupportedError   real AWS does this, the engine does not model it
  - EscapeError        code under test tried to leave the simulation
  - StuckError         code under test runs on without ever giving the baton back
"""


class HarnessError(Exception):
    """Something about the harness itself; never an answer of AWS."""


class ScenarioError(HarnessError):
    """What the author wrote cannot be run as it is written."""

    def __init__(self, problem: str, *, path: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{path}:{line}:{column}: {problem}")
        self.problem = problem
        self.path = path
        self.line = line
        self.column = column


class SimulationError(HarnessError):
    """The simulator broke one of its own rules."""


class UnsupportedError(HarnessError):
    """Real AWS does this and the engine does not model it: the run stops, nothing is guessed."""


class EscapeError(HarnessError):
    """Code under test reached for a real socket, thread or process."""


class StuckError(HarnessError):
    """Code under test runs on without ever reaching a call that could give the baton back."""
