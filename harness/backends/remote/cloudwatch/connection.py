"""Calls of CloudWatch, with the virtual instants moved to where the backend keeps metrics.

CloudWatch takes no metric that is older than two weeks, and an emulator drops it.  So a world's
time is told to a backend that lives in real time as if the world had begun a week ago; the move is
by whole days, for periods are counted from midnight.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from typing_extensions import override

from harness.backends.remote.connection import Connection
from harness.services.base.service import Output

_TIMES = frozenset({"EndTime", "StartTime", "Timestamp", "Timestamps"})
_HEADROOM = timedelta(days=7)


class CloudWatchConnection(Connection):
    """CloudWatch of the backend; *shift* is how much later the backend believes the world to be."""

    shift = timedelta(0)
    is_shifted = False

    def begin(self, virtual: datetime) -> None:
        """Let the *virtual* moment be the one a week before the backend's present."""
        with self._outside():
            real = datetime.now(UTC)  # noqa: TID251 - the backend lives in real time
        self.shift = timedelta(days=(real - _HEADROOM - virtual).days)
        self.is_shifted = True

    @override
    def call(self, operation: str, parameters: Mapping[str, Any]) -> Output:
        """Carry out *operation*; raises `ServiceError`."""
        if not self.is_shifted:
            return super().call(operation, parameters)
        self.findings.note("cloudwatch.real-time-retention")
        output: Output = _moved(
            super().call(operation, _moved(parameters, self.shift)), -self.shift
        )
        return output


def _moved(value: Any, shift: timedelta) -> Any:
    """Return *value* with every moment of CloudWatch's in it moved."""
    if isinstance(value, Mapping):
        return {
            name: _later(each, shift) if name in _TIMES else _moved(each, shift)
            for name, each in value.items()
        }
    return [_moved(each, shift) for each in value] if isinstance(value, list) else value


def _later(moment: Any, shift: timedelta) -> Any:
    if isinstance(moment, list):
        return [each + shift for each in moment]
    return moment + shift if isinstance(moment, datetime) else moment
