"""Requests nested so deep that the single writes read their words in the older way.

As recorded by the public suite paritysuite/dynamodb-conformance, "deepRequests": they do from some
63 maps around a value on.  All places that were measured fit 128 levels of JSON, of which such a
map takes two.
"""

from typing import Any

_LEVELS_MAX = 128


def is_deep(parameters: Any) -> bool:
    """Return whether *parameters* has more levels of JSON than AWS's present reader follows."""
    levels = 0
    reached = [parameters]
    while reached and levels <= _LEVELS_MAX:
        levels += 1
        reached = [member for each in reached for member in _members(each)]
    return levels > _LEVELS_MAX


def _members(value: dict[str, Any] | list[Any]) -> list[Any]:
    members = value.values() if isinstance(value, dict) else value
    return [member for member in members if isinstance(member, dict | list)]
