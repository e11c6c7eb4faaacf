"""The functions that expressions call, and what AWS says of one that has no place in them.

Source: API Reference, UpdateItem, "UpdateExpression" and "ConditionExpression"; the two texts are
those that AWS was seen to answer with.
"""

CONDITION_ARITY = {
    "attribute_exists": 1,
    "attribute_not_exists": 1,
    "attribute_type": 2,
    "begins_with": 2,
    "contains": 2,
    "size": 1,
}
UPDATE_ARITY = {"if_not_exists": 2, "list_append": 2}
ARITHMETIC = frozenset({"+", "-"})


def strange_to_conditions(function: str) -> str:
    """Return the fault of a condition that calls *function*, which conditions do not have."""
    if function in UPDATE_ARITY:
        return f"The function is not allowed in a condition expression; function: {function}"
    return f"Invalid function name; function: {function}"


def strange_to_updates(function: str) -> str:
    """Return the fault of an update that calls *function*, which updates do not have."""
    if function in CONDITION_ARITY:
        return f"The function is not allowed in an update expression; function: {function}"
    return f"Invalid function name; function: {function}"
