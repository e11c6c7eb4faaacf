"""invoke: a function is invoked directly."""

from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class Invoke(Step):
    """Invoke a function synchronously and wait until it has ended."""

    function: Annotated[str, "the function's logical id or name"]
    event: Annotated[Any, "the event it receives"] = None
    as_: Annotated[
        str | None, "keeps `{outcome, payload}` under this name; a failure's payload is its error"
    ] = None

    @override
    def run(self, run: Run) -> None:
        """Invoke it."""
        function = run.function(self.function, self.where("function"))
        outcome = run.world.invoke(function.logical_id, self.event)
        if self.as_ is not None:
            run.captures[self.as_] = {"outcome": outcome.kind, "payload": outcome.payload}
