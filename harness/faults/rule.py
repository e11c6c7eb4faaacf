"""A fault rule: which calls it strikes, how, and how often."""

from dataclasses import dataclass, field

from harness.kernel.faultpoints import FaultKind, FaultPoint
from harness.kernel.instant import Duration

ANY = "*"


@dataclass(frozen=True, slots=True)
class FaultRule:
    """Strikes calls that match all four patterns; a pattern is an exact word, or ``*``.

    The first *skip* calls that match are spared, the next *times* are struck, all later ones are
    spared again; *times* None means all.
    """

    kind: FaultKind
    service: str = ANY
    operation: str = ANY
    resource: str = ANY
    function: str = ANY
    """The logical id of the calling function; ``outside`` for a caller that is none."""
    code: str | None = None
    """The error's code; None for the one that is usual for the service."""
    message: str | None = None
    status: int | None = None
    times: int | None = 1
    skip: int = 0
    delay: Duration = field(default=Duration(0))
    positions: tuple[int, ...] = ()
    """For ``partial``: which members of the batch fail, counted from 0."""

    def matches(self, point: FaultPoint) -> bool:
        """Whether *point* is a call of the kind that this rule strikes."""
        return (
            self.service in (ANY, point.service)
            and self.operation in (ANY, point.operation)
            and self.resource in (ANY, point.resource)
            and self.function in (ANY, point.function or "outside")
        )
