"""Single operations on two backends, round by round, each in a process of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from harness.bench.process import output_of

_MODULE = "harness.bench.operationrun"

OURS = "ours"
MOTO = "moto"

Measure = Callable[[str, int], dict[str, float]]
"""Returns the microseconds for a call of each operation, of so many calls on a backend."""


@dataclass(frozen=True, slots=True)
class OperationSizes:
    """How much is measured."""

    calls: int
    """Of each operation."""
    moto_calls: int
    """moto is slower; 0 leaves it out."""
    rounds: int

    @property
    def backends(self) -> dict[str, int]:
        """The calls of each backend that takes part."""
        has_moto = self.moto_calls > 0 and find_spec("moto") is not None
        return {OURS: self.calls, **({MOTO: self.moto_calls} if has_moto else {})}


@dataclass(frozen=True, slots=True)
class OperationTimes:
    """The microseconds for one call of an operation on one backend, round by round."""

    rounds: tuple[float, ...]

    @property
    def best(self) -> float:
        """The least: what disturbs a round only ever adds to it."""
        return min(self.rounds)

    @property
    def noise(self) -> float:
        """The longest over the shortest."""
        return max(self.rounds) / min(self.rounds)


Figures = dict[str, dict[str, OperationTimes]]
"""Operation -> backend -> times."""


def measured_in_process(backend: str, call_count: int) -> dict[str, float]:
    """Measure in a fresh interpreter."""
    return {
        name: float(value) for name, value in output_of(_MODULE, backend, str(call_count)).items()
    }


def measure_operations(
    sizes: OperationSizes,
    before_each: Callable[[str], None],
    measure: Measure = measured_in_process,
) -> Figures:
    """Measure everything; *before_each* is told the backend that is about to be measured."""
    found: dict[str, dict[str, list[float]]] = {}
    for _ in range(sizes.rounds):
        for backend, calls in sizes.backends.items():
            before_each(backend)
            for operation, microseconds in measure(backend, calls).items():
                by_backend = found.setdefault(operation, {})
                by_backend.setdefault(backend, []).append(microseconds)
    return {
        operation: {name: OperationTimes(tuple(times)) for name, times in by_backend.items()}
        for operation, by_backend in found.items()
    }
