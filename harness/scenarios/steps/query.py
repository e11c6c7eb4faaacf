"""query: a client asks the GraphQL API."""

from dataclasses import dataclass
from typing import Annotated, Any

from typing_extensions import override

from harness.scenarios.run import Run
from harness.scenarios.steps.step import Step


@dataclass(frozen=True, slots=True)
class Query(Step):
    """Send a GraphQL query or mutation and wait for its answer."""

    text: Annotated[str, "the query"]
    variables: Annotated[dict[str, Any] | None, "its variables"] = None
    headers: Annotated[dict[str, str] | None, "request headers"] = None
    api: Annotated[str | None, "the API's logical id, when the template has several"] = None
    as_: Annotated[str | None, "keeps the answer `{data, errors}` under this name"] = None

    @override
    def run(self, run: Run) -> None:
        """Ask."""
        answer = run.world.query(self.text, self.variables, self.headers, self.api)
        if self.as_ is not None:
            run.captures[self.as_] = answer
        elif answer.get("data") is None and answer.get("errors"):
            said = answer["errors"][0].get("message")
            text = f"AppSync refuses it: {said}; if that is meant, keep its answer with `as`"
            raise run.broken(self.where("text"), text)
