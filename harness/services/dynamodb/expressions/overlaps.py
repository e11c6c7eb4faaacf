"""Document paths of one expression must be defined, and neither overlap nor contradict each other.

AWS takes them from the last to the first, and tells of the first that does not go with those it
has taken already.
"""

from collections.abc import Iterator, Sequence

from harness.services.dynamodb.expressions.nodes import Path, PathParts, printed


def path_faults(paths: Sequence[Path]) -> Iterator[str]:
    """Return what is wrong with *paths*, in AWS's order."""
    for index in reversed(range(len(paths))):
        path = paths[index]
        if path.undefined is not None:
            yield path.undefined
        for later in paths[index + 1 :]:
            relation = _relation(path.parts, later.parts)
            if relation is not None:
                yield (
                    f"Two document paths {relation} with each other; must remove or rewrite one "
                    f"of these paths; path one: {printed(path.parts)}, "
                    f"path two: {printed(later.parts)}"
                )


def _relation(first: PathParts, second: PathParts) -> str | None:
    for one, other in zip(first, second, strict=False):
        if type(one) is not type(other):
            return "conflict"
        if one != other:
            return None
    return "overlap"
