"""Document paths of one expression must neither overlap nor contradict each other."""

from collections.abc import Sequence

from harness.services.dynamodb.expressions.nodes import PathParts, printed


def overlap(paths: Sequence[PathParts]) -> tuple[str, str] | None:
    """Return the rank and text of the first fault among *paths*: "overlap", then "conflict"."""
    conflict: str | None = None
    for index, second in enumerate(paths):
        for first in paths[:index]:
            kind = _relation(first, second)
            if kind is None:
                continue
            text = (
                f"Two document paths {kind} with each other; must remove or rewrite one of these "
                f"paths; path one: {printed(first)}, path two: {printed(second)}"
            )
            if kind == "overlap":
                return kind, text
            conflict = conflict or text
    return None if conflict is None else ("conflict", conflict)


def _relation(first: PathParts, second: PathParts) -> str | None:
    for one, other in zip(first, second, strict=False):
        if type(one) is not type(other):
            return "conflict"
        if one != other:
            return None
    return "overlap"
