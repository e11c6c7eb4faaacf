"""The operations of a remote service: those of the engine, each carried out by the backend."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from harness.kernel.instant import Instant
from harness.services.base.service import Output, Parameters

Operation = Callable[[Any, Parameters, Instant], Output]


def operations(
    known: Iterable[str], special: Mapping[str, Operation] | None = None
) -> dict[str, Operation]:
    """Return an operation for each name that the engine knows; *special* ones do more than pass on.

    The service that they are given has a `connection`.
    """
    return {name: _passing_on(name) for name in known} | dict(special or {})


def _passing_on(name: str) -> Operation:
    def pass_on(service: Any, parameters: Parameters, _now: Instant) -> Output:
        output: Output = service.connection.call(name, parameters)
        return output

    return pass_on
