"""mood: a partner service has a bad day, or gets over it."""

from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal

from typing_extensions import override

from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class Mood(Step):
    """Change how a partner service behaves.

    Moods add up; the first that concerns a call strikes it.  Without any key but the partner, and
    with `better: true`, the partner behaves well again.
    """

    partner: Annotated[str, "the partner's name in the world file"]
    status: Annotated[int | None, "answers with this HTTP status and does nothing"] = None
    retry_after: Annotated[str | None, "the header beside a status: `2s`, or a number"] = None
    headers: Annotated[dict[str, str] | None, "other headers beside a status"] = None
    body: Annotated[str | None, "the body beside a status, instead of the partner's own"] = None
    slow: Annotated[str | None, "answers this much later, whatever else it does"] = None
    drops: Annotated[
        bool | Literal["before", "after"] | None, "hangs up before or after it has done its work"
    ] = None
    times_out: Annotated[
        bool | Literal["connect", "read"] | None, "never accepts the call, or never answers it"
    ] = None
    garbage: Annotated[bool | None, "answers something that no client understands"] = None
    method: Annotated[str | None, "only calls whose method matches this expression"] = None
    path: Annotated[str | None, "only calls whose path matches this expression"] = None
    times: Annotated[int | Literal["forever"] | None, "how many calls it strikes"] = None
    skip: Annotated[int | None, "how many of them pass first"] = None
    better: Annotated[bool, "forget the moods told before"] = False

    @override
    def run(self, run: Run) -> None:
        """Tell the partner."""
        partner = run.partner(self.partner, self.where("partner"))
        what = self._what()
        if self.better or not what:
            partner.clear_mood()
        if not what:
            return
        try:
            partner.add_mood(**what)
        except ValueError as error:
            raise run.broken(self.node, str(error)) from error

    def _what(self) -> dict[str, Any]:
        what = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name not in ("node", "partner", "better") and value is not None:
                what[field.name] = value
        if isinstance(self.retry_after, str) and self.retry_after.isdecimal():
            what["retry_after"] = int(self.retry_after)
        return what
