"""result: what a function returned."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import (
    Expectation,
    Finding,
    Objection,
    Observation,
)
from harness.scenarios.matchers.expected import Part, PartList, Whole
from harness.scenarios.matchers.plain import is_number
from harness.scenarios.run import Run

_ASPECTS = ("is", "has", "all", "sum")


@dataclass(frozen=True, slots=True)
class Result(Expectation):
    """What a function returned since the first step: one answer, all of them, or their sums."""

    function: Annotated[str, "the function's logical id or name"]
    nth: Annotated[int | None, "which answer, from 1; the last one if it is left out"] = None
    is_: Annotated[Whole | None, "the whole answer"] = None
    has: Annotated[Part | None, "the parts of the answer that matter"] = None
    all: Annotated[PartList | None, "all answers in order, each with the parts that matter"] = None
    sum: Annotated[
        Part | None, "numbers added up over all answers, so that batch borders do not matter"
    ] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse none and more than one aspect."""
        given = [getattr(self, name, None) or getattr(self, f"{name}_", None) for name in _ASPECTS]
        if sum(aspect is not None for aspect in given) != 1:
            return self.node, f"give exactly one of {', '.join(_ASPECTS)}"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Read the answers from the journal."""
        name = run.function(self.function, self.where("function")).logical_id
        answers = [
            entry.details["payload"] for entry in run.entries("returned") if entry.subject == name
        ]
        if self.all is not None:
            yield Observation(self.all, answers, f"answers of {self.function}", name)
        elif self.sum is not None:
            yield Observation(self.sum, sums(answers), f"sums over {self.function}", name)
        else:
            yield self._one(answers, name)

    def _one(self, answers: list[Any], name: str) -> Finding:
        pattern = self.is_ if self.is_ is not None else self.has
        assert pattern is not None, "complaint() has seen to it"
        position = len(answers) if self.nth is None else self.nth
        what = f"answer {position} of {self.function}"
        if not 1 <= position <= len(answers):
            seen = f"{len(answers)} answers"
            return Objection(self.node, what, pattern.shown(), seen, name)
        return Observation(pattern, answers[position - 1], what, name)


def sums(answers: list[Any]) -> Any:
    """Return *answers* added up: numbers by number, mappings key by key; the rest is left out."""
    numbers = [answer for answer in answers if is_number(answer)]
    if numbers:
        return sum(numbers)
    mappings = [answer for answer in answers if isinstance(answer, Mapping)]
    totals = {}
    for name in dict.fromkeys(name for mapping in mappings for name in mapping):
        total = sums([mapping[name] for mapping in mappings if name in mapping])
        if is_number(total) or total:
            totals[name] = total
    return totals
