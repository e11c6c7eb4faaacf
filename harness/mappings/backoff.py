"""How long a mapping waits before it tries a batch again.

AWS does not document the waits of event source mappings; eight invocations within 60 s were
observed, which doubling from one second fits.  So the waits are a policy that can be replaced.
"""

from dataclasses import dataclass, field

from harness.kernel.instant import Duration, seconds


@dataclass(frozen=True, slots=True)
class BackOff:
    """Waits that double from *first* up to *longest*, without jitter."""

    first: Duration = field(default=seconds(1))
    longest: Duration = field(default=seconds(60))

    def wait(self, failure_count: int) -> Duration:
        """Return the wait after the *failure_count*-th failure in a row, counted from 1."""
        assert failure_count >= 1, "there is nothing to wait for before the first failure"
        # The shift is bounded: after 64 doublings every wait is the longest one.
        return Duration(min(self.first << min(failure_count - 1, 64), self.longest))
