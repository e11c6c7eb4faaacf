"""The part of a partition that a Query asks for: a stretch of its sort keys."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.services.dynamodb.attributevalues import AttributeValue, rank
from harness.services.dynamodb.expressions.keyconditions import KeyCondition
from harness.services.dynamodb.keyorder import GREATEST


class SortRange:
    """The sort keys that some conditions ask for.

    Where a key has several sort attributes, all conditions but the last are equalities, and a
    sort key is a tuple that begins with them.
    """

    def __init__(
        self,
        conditions: Sequence[KeyCondition],
        values: Mapping[str, AttributeValue],
        *,
        is_composite: bool,
    ) -> None:
        self._is_composite = is_composite
        self._prefix = tuple(rank(values[each.bounds[0]]) for each in conditions[:-1])
        last = conditions[-1] if conditions else None
        self._operator = "" if last is None else last.operator
        self._bounds = [] if last is None else [rank(values[bound]) for bound in last.bounds]

    @property
    def lowest(self) -> Any:
        """What no wanted sort key is less than, None for no such bound."""
        bound = None if self._operator in ("", "<", "<=") else self._bounds[0]
        if not self._is_composite:
            return bound
        return (self._prefix if bound is None else (*self._prefix, bound)) or None

    @property
    def highest(self) -> Any:
        """What no wanted sort key is greater than, None for no such bound."""
        bound = self._bounds[-1] if self._operator in ("=", "<", "<=", "BETWEEN") else None
        if not self._is_composite:
            return bound
        if bound is None:
            return (*self._prefix, GREATEST) if self._prefix else None
        return (*self._prefix, bound, GREATEST)

    def wants(self, sort: Any) -> bool:
        """Return whether *sort* meets the conditions."""
        if self._is_composite:
            count = len(self._prefix)
            if sort[:count] != self._prefix:
                return False
            sort = sort[count] if self._operator else None
        operator, bounds = self._operator, self._bounds
        if operator == "begins_with":
            return bool(sort.startswith(bounds[0]))
        if operator == "BETWEEN":
            return bool(bounds[0] <= sort <= bounds[1])
        return _MEETS[operator](sort, *bounds)


_MEETS: dict[str, Callable[..., bool]] = {
    "": lambda sort: True,  # noqa: ARG005 - one shape for all operators
    "=": lambda sort, bound: sort == bound,
    "<": lambda sort, bound: sort < bound,
    "<=": lambda sort, bound: sort <= bound,
    ">": lambda sort, bound: sort > bound,
    ">=": lambda sort, bound: sort >= bound,
}
