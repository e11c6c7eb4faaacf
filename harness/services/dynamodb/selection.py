"""``Select``: what of the items a Query or Scan gives back, and what may stand beside it.

Source: API Reference, Query, "Select".
"""

from harness.services.base.service import Parameters
from harness.services.dynamodb.errors import ENVELOPE, check_choice, invalid_parameter, validation
from harness.services.dynamodb.expressions.compiled import Compiled
from harness.services.dynamodb.secondaryindex import SecondaryIndex

_CHOICES = ("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES")


def check_selection(parameters: Parameters, compiled: Compiled) -> None:
    """Raise where ``Select`` contradicts what else was asked for; no table is looked at."""
    select = parameters.get("Select")
    if select is None:
        return
    check_choice(select, "select", _CHOICES)
    fault = _contradiction(select, parameters, compiled)
    if fault is not None:
        raise validation(ENVELOPE + fault)


def _contradiction(select: str, parameters: Parameters, compiled: Compiled) -> str | None:
    has_projection = compiled.projection is not None
    if has_projection and select != "SPECIFIC_ATTRIBUTES":
        shown = "only the Count" if select == "COUNT" else select
        return f"Cannot specify the {compiled.projection_parameter} when choosing to get {shown}"
    if select == "SPECIFIC_ATTRIBUTES" and not has_projection:
        return (
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
            "SPECIFIC_ATTRIBUTES"
        )
    if select == "ALL_PROJECTED_ATTRIBUTES" and "IndexName" not in parameters:
        return "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"
    return None


def check_filter(index: SecondaryIndex, compiled: Compiled) -> None:
    """Raise where a Query filters by what *index* does not hold, be it local or global."""
    missing = (
        frozenset() if index.projected is None else compiled.condition_roots - index.projected
    )
    if missing:
        raise invalid_parameter(
            f"Secondary index {index.name} does not project one or more filter attributes: "
            f"[{', '.join(sorted(missing))}]"
        )


def must_fetch(index: SecondaryIndex, parameters: Parameters, compiled: Compiled) -> bool:
    """Return whether a local index must fetch from its table what it does not hold.

    A global one cannot: what it does not hold is an error.  What a filter looks at is never
    fetched: it sees what the index holds.
    """
    select = parameters.get("Select")
    if index.projected is None:
        return False
    roots = compiled.projection_roots
    if not index.is_global:
        return select == "ALL_ATTRIBUTES" or not roots <= index.projected
    if select == "ALL_ATTRIBUTES":
        raise invalid_parameter(
            "Select type ALL_ATTRIBUTES is not supported for global secondary index "
            f"{index.name} because its projection type is not ALL"
        )
    missing = roots - index.projected
    if missing:
        raise invalid_parameter(
            f"Global secondary index {index.name} does not project [{', '.join(sorted(missing))}]"
        )
    return False
