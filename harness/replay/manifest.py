"""Manifest: the keys of a campaign's ``campaign.yaml``, in the words of the scenario language."""

from dataclasses import dataclass
from typing import Annotated, Literal

from typing_extensions import override

from harness.kernel.instant import Duration
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.language.given import Given
from harness.scenarios.shapes.onekey import Choice, OneKey
from harness.scenarios.shapes.scalars import Span
from harness.scenarios.shapes.written import Written
from harness.scenarios.steps.registry import STEPS

FILE_NAME = "campaign.yaml"

# Arrivals have instants of their own: nothing has to be waited for.
_WAITING = ("advance", "settle")
ARRIVAL = OneKey(
    "arrival",
    {name: step for name, step in STEPS.items() if name not in _WAITING},
    {"at": Span()},
)

ArrivalEntry = Annotated[Choice, ARRIVAL]


@dataclass(frozen=True, slots=True)
class Manifest(Written):
    """A recorded campaign: how the world was, and what reached it when."""

    title: Annotated[str, "what was recorded, in a sentence"]
    arrivals: Annotated[list[ArrivalEntry], "steps of the scenario language, each with its `at`"]
    description: Annotated[str | None, "where it comes from, for the reader"] = None
    world: Annotated[str | None, "the world file, relative to this one"] = None
    seed: Annotated[int | None, "of chance in this run, 0 if it is left out"] = None
    settle: Annotated[
        Duration | Literal[False] | None,
        "how long the end may take to come to rest, a day if it is left out; false: do not wait",
    ] = None
    given: Annotated[Given | None, "how the world was before the first arrival"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse arrivals without an instant, and those that are out of order."""
        before = Duration(0)
        for arrival in self.arrivals:
            at = arrival.beside.get("at")
            if at is None:
                return arrival.name_node, f"when does it arrive? {arrival.name!r} needs an 'at'"
            if at < before:
                return arrival.name_node, "it arrives before the one above; write them in order"
            before = at
        return None
