"""The card: what the tests hold, what the engines model, and where peers differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from harness.conformance.behaviour import SERVICES, Behaviour, Divergence, Outcome
from harness.conformance.collecting import Announce, collect
from harness.conformance.differences import known_differences
from harness.conformance.operations import Coverage, coverage


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """Everything about one service."""

    service: str
    behaviours: tuple[Behaviour, ...]
    divergences: tuple[Divergence, ...]
    coverage: Coverage | None
    """None where AWS has no API of its own for it, or the engine answers none."""
    differences: tuple[str, ...]
    """What the engine leaves out on purpose."""

    @property
    def title(self) -> str:
        """The name as people say it."""
        return SERVICES[self.service]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """How each behaviour and divergence fared."""
        return (
            *(behaviour.outcome for behaviour in self.behaviours),
            *(divergence.outcome for divergence in self.divergences),
        )


@dataclass(frozen=True, slots=True)
class Card:
    """All services, and what their APIs were read from."""

    services: tuple[ServiceCard, ...]
    botocore: str

    @property
    def behaviours(self) -> tuple[Behaviour, ...]:
        """Of all services."""
        return tuple(each for service in self.services for each in service.behaviours)

    @property
    def divergences(self) -> tuple[Divergence, ...]:
        """Of all services."""
        return tuple(each for service in self.services for each in service.divergences)

    @property
    def has_failed(self) -> bool:
        """Whether a test of any behaviour or divergence has failed."""
        return any("failed" in service.outcomes for service in self.services)


def make_card(
    paths: Sequence[Path],
    services: Sequence[str] = (),
    *,
    is_run: bool = False,
    announce: Announce = lambda _done, _count: None,
) -> Card:
    """Read the marks below *paths*; of *services* alone, if any are named."""
    held = collect(paths, is_run=is_run, announce=announce)
    covered = {each.service: each for each in coverage()}
    differences = known_differences()

    def cards() -> Iterator[ServiceCard]:
        for service in SERVICES:
            if services and service not in services:
                continue
            yield ServiceCard(
                service,
                tuple(each for each in held.behaviours if each.service == service),
                tuple(each for each in held.divergences if each.service == service),
                covered.get(service),
                differences.get(service, ()),
            )

    return Card(tuple(cards()), version("botocore"))
