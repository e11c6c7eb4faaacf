"""FaultRule: which calls a fault strikes, and how often."""

from dataclasses import dataclass

from harness.kernel.faultpoints import Fault, FaultPoint


@dataclass(frozen=True, slots=True)
class FaultRule:
    """A fault and the calls it is meant for; None stands for any."""

    fault: Fault
    service: str
    operation: str | None = None
    resource: str | None = None
    function: str | None = None
    skip: int = 0
    """How many of the calls pass first."""
    times: int | None = 1
    """How many calls are struck after that; None for all."""

    def concerns(self, point: FaultPoint) -> bool:
        """Whether *point* is one of the calls."""
        return (
            point.service == self.service
            and self.operation in (None, point.operation)
            and self.resource in (None, point.resource)
            and self.function in (None, point.function)
        )
