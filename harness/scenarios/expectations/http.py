"""http: the calls that a partner service saw."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.expectations.expectation import Expectation, Finding, Observation
from harness.scenarios.matchers.expected import PartList, Whole
from harness.scenarios.matchers.pattern import Pattern, matches
from harness.scenarios.run import Run


@dataclass(frozen=True, slots=True)
class Http(Expectation):
    """The HTTP calls that a partner saw since the first step, in order, or their number.

    A call has `method`, `path`, `query`, `status`, `problem` (why no answer came), `request` (its
    body), `function` and `correlationId`; name those that matter.
    """

    partner: Annotated[str, "the partner's name in the world file"]
    calls: Annotated[PartList | None, "all calls, in order"] = None
    count: Annotated[Whole | None, "how many calls there were"] = None
    method: Annotated[Whole | None, "only calls with this method"] = None
    path: Annotated[Whole | None, "only calls with this path"] = None
    status: Annotated[Whole | None, "only calls that were answered so"] = None
    function: Annotated[str | None, "only calls by this function"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse an expectation of nothing."""
        if self.calls is None and self.count is None:
            return self.node, "give calls, count or both"
        return None

    @override
    def observe(self, run: Run) -> Iterator[Finding]:
        """Read what the partner has noted."""
        partner = run.partner(self.partner, self.where("partner"))
        calls = [call.view() for call in partner.calls if call.instant >= run.started]
        calls = [call for call in calls if self._is_wanted(run, call)]
        if self.calls is not None:
            shown = [_without_instant(call) for call in calls]
            yield Observation(self.calls, shown, f"calls to {self.partner}", self.partner)
        if self.count is not None:
            what = f"number of calls to {self.partner}"
            yield Observation(self.count, len(calls), what, self.partner)

    def _is_wanted(self, run: Run, call: dict[str, Any]) -> bool:
        filters: dict[str, Pattern | None] = {
            "method": self.method,
            "path": self.path,
            "status": self.status,
        }
        if self.function is not None:
            function = run.function(self.function, self.where("function"))
            if call["function"] != function.logical_id:
                return False
        return all(
            pattern is None or matches(pattern, call[name]) for name, pattern in filters.items()
        )


def _without_instant(call: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in call.items() if name != "at" and value is not None}
