"""One measurement, made several times: the best of it, and how far apart the times were."""

from dataclasses import dataclass, field

from harness.bench.stopwatch import Seconds
from harness.bench.task import Result


@dataclass(slots=True)
class Series:
    """The results of one measurement, one for each round."""

    records: int
    results: list[Result] = field(default_factory=list)

    @property
    def best(self) -> Seconds:
        """The least of each clock: what disturbs a run only ever adds to it."""
        return _least([result.seconds for result in self.results])

    @property
    def noise(self) -> float:
        """The longest processor time over the shortest."""
        times = [result.seconds.processor for result in self.results]
        return max(times) / min(times)

    @property
    def wall_noise(self) -> float:
        """The longest wall time over the shortest."""
        times = [result.seconds.wall for result in self.results]
        return max(times) / min(times)

    @property
    def per_record(self) -> float:
        """Microseconds of processor time for each record."""
        return self.best.processor * 1e6 / self.records

    @property
    def peak_bytes(self) -> int:
        """The largest resident set of any round."""
        return max(result.peak_bytes for result in self.results)

    @property
    def outside_per_record(self) -> float:
        """Microseconds of processor time for each record that passed in partner services."""
        return self._microseconds([result.outside for result in self.results])

    @property
    def parts_per_record(self) -> dict[str, float]:
        """The microseconds of each function, by logical id."""
        return {
            name: self._microseconds([result.parts[name] for result in self.results])
            for name in self.results[0].parts
        }

    def _microseconds(self, spans: list[Seconds]) -> float:
        return _least(spans).processor * 1e6 / self.records


def _least(spans: list[Seconds]) -> Seconds:
    return Seconds(min(each.wall for each in spans), min(each.processor for each in spans))
