"""Document: the keys of a scenario file, and of the parts that other files include."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from typing_extensions import override

from harness.kernel.instant import Duration
from harness.scenarios.documents.nodes import AnyNode
from harness.scenarios.language.entries import ExpectationEntry, StepEntry
from harness.scenarios.language.given import Given
from harness.scenarios.shapes.written import Written


@dataclass(frozen=True, slots=True)
class PartDocument(Written):
    """A file that others include: it adds to their `given`, `when` and `variables`."""

    description: Annotated[str | None, "what the part is for"] = None
    variables: Annotated[
        dict[str, Any] | None, "name: value, where the including file has none"
    ] = None
    include: Annotated[list[str] | None, "further parts"] = None
    given: Annotated[Given | None, "comes before that of the including file"] = None
    when: Annotated[list[StepEntry] | None, "steps before those of the including file"] = None


@dataclass(frozen=True, slots=True)
class Document(Written):
    """A scenario: what is given, what happens, and what must be true at the end."""

    title: Annotated[str, "a sentence that says what is so"]
    then: Annotated[list[ExpectationEntry], "what must be true at the end, in any order"]
    description: Annotated[str | None, "why it matters, for the reader"] = None
    tags: Annotated[list[str] | None, "words to choose scenarios by"] = None
    world: Annotated[str | None, "another world file, relative to this one"] = None
    include: Annotated[list[str] | None, "files whose given and when come first"] = None
    variables: Annotated[dict[str, Any] | None, "name: value, used as `${name}`"] = None
    cases: Annotated[
        dict[str, dict[str, Any]] | None, "name: variables; the scenario runs once for each"
    ] = None
    seed: Annotated[int | None, "of chance in this run, 0 if it is left out"] = None
    settle: Annotated[
        Duration | Literal[False] | None,
        "how long the end may take to come to rest, a day if it is left out; false: do not wait",
    ] = None
    given: Annotated[Given | None, "how the world is before the first step"] = None
    when: Annotated[list[StepEntry] | None, "what happens, in order"] = None

    @override
    def complaint(self) -> tuple[AnyNode, str] | None:
        """Refuse a title that is no sentence."""
        if len(self.title.split()) < 3:  # noqa: PLR2004 - the shortest sentence worth reading
            return self.where("title"), f"the title {self.title!r} is no sentence; say what is so"
        return None
