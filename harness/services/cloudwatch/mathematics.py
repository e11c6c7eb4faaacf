"""Metric math: arithmetic, and the functions that sum up or round.

Source: CloudWatch user guide, "Using math expressions with CloudWatch metrics".  Everything else of it
is refused by name.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.errors import UnsupportedError
from harness.kernel.instant import Instant
from harness.services.base.errors import ServiceError
from harness.services.cloudwatch.errors import validation

Values = dict[Instant, float]
"""A time series: the values by the beginning of their period."""

Operand = Values | float | list[Values]

_TOKEN = re.compile(
    r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|(\"[^\"]*\")|(\S))", re.ASCII
)
_NUMBER_STARTS = "0123456789."
_BINARY: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
_LOGIC = frozenset({"<", ">", "=", "!", "&", "|", "AND", "OR"})
"""What comparisons begin with, and what joins them."""

_SUMMARIES: Mapping[str, Callable[[Sequence[float]], float]] = {
    "AVG": lambda numbers: sum(numbers) / len(numbers),
    "MAX": max,
    "MIN": min,
    "SUM": sum,
}
_ROUNDINGS: Mapping[str, Callable[[float], float]] = {
    "ABS": abs,
    "CEIL": math.ceil,
    "FLOOR": math.floor,
}

_MISSING = 0.0
"""What arithmetic, and an average of several time series, take for a value that is not there."""

_NO_NUMBER = math.nan
"""What a time series without data sums up to: with it nothing more has data."""


def evaluate(
    query_id: str,
    expression: str,
    values_of: Callable[[str], Values],
    metric_ids: Callable[[], list[str]],
) -> Values:
    """Return the time series that *expression* makes; *values_of* gives those of other queries."""
    try:
        result = _Evaluation(query_id, expression, values_of, metric_ids).result()
    except RecursionError:
        raise _syntax_error(query_id) from None
    if not isinstance(result, dict):
        raise UnsupportedError(
            f"cloudwatch.GetMetricData: expression {query_id!r} makes no single time series, which "
            "is not modelled"
        )
    return result


class _Evaluation:
    """One expression, read from left to right and calculated on the way."""

    def __init__(
        self,
        query_id: str,
        expression: str,
        values_of: Callable[[str], Values],
        metric_ids: Callable[[], list[str]],
    ) -> None:
        self._query_id = query_id
        self._values_of = values_of
        self._metric_ids = metric_ids
        self._tokens = [found.group().strip() for found in _TOKEN.finditer(expression)]
        self._next = 0
        if not _LOGIC.isdisjoint(self._tokens):
            raise UnsupportedError(
                f"cloudwatch.GetMetricData: the comparisons of expression {query_id!r} are not"
                " modelled"
            )

    def result(self) -> Operand:
        """Return what the whole expression makes."""
        result = self._operation(0)
        if self._peek():
            raise self._syntax_error()
        return result

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self, expected: str | None = None) -> str:
        token = self._peek()
        if not token or expected not in (None, token):
            raise self._syntax_error()
        self._next += 1
        return token

    def _syntax_error(self) -> Exception:
        return _syntax_error(self._query_id)

    def _operation(self, weakest: int) -> Operand:
        """Read operators that bind more strongly than *weakest*, and what they stand between."""
        left = self._operand()
        while _STRENGTH.get(self._peek(), 0) > weakest:
            symbol = self._take()
            # A power is taken from the right, all others from the left.
            strength = _STRENGTH[symbol] - (symbol == "^")
            left = self._combined(_BINARY[symbol], left, self._operation(strength))
        return left

    def _operand(self) -> Operand:
        symbol = self._take()
        if symbol == "-":
            return self._combined(operator.mul, -1.0, self._operation(_STRENGTH["*"]))
        if symbol == "(":
            inner = self._operation(0)
            self._take(")")
            return inner
        if symbol == "[":
            return self._array()
        if symbol[0] in _NUMBER_STARTS and symbol != ".":
            return float(symbol)
        if not symbol[0].isalpha():
            raise self._syntax_error()
        return self._function(symbol) if self._peek() == "(" else self._values_of(symbol)

    def _array(self) -> list[Values]:
        members: list[Values] = []
        while True:
            member = self._operation(0)
            if isinstance(member, float):
                raise self._syntax_error()
            members.extend(member if isinstance(member, list) else [member])
            if self._take() == "]":
                return members
            self._next -= 1
            self._take(",")

    def _function(self, name: str) -> Operand:
        self._take("(")
        if name == "METRICS":
            part = self._take() if self._peek().startswith('"') else ""
            self._take(")")
            wanted = [one for one in self._metric_ids() if part.strip('"') in one]
            return [self._values_of(query_id) for query_id in wanted]
        if name not in _SUMMARIES and name not in _ROUNDINGS:
            raise UnsupportedError(
                f"cloudwatch.GetMetricData: the function {name} of metric math is not modelled"
            )
        argument = self._operation(0)
        self._take(")")
        if name in _ROUNDINGS:
            return _rounded(_ROUNDINGS[name], argument)
        return self._summed_up(name, argument)

    def _summed_up(self, name: str, argument: Operand) -> Operand:
        """Return a number for one time series, and a time series for several."""
        function = _SUMMARIES[name]
        if isinstance(argument, list):
            instants = dict.fromkeys(instant for series in argument for instant in series)
            everywhere = name == "AVG"
            return {
                instant: function(
                    [
                        series.get(instant, _MISSING)
                        for series in argument
                        if everywhere or instant in series
                    ]
                )
                for instant in instants
            }
        if isinstance(argument, dict):
            return function(list(argument.values())) if argument else _NO_NUMBER
        raise self._syntax_error()

    def _combined(
        self, function: Callable[[float, float], float], left: Operand, right: Operand
    ) -> Operand:
        """Return what *function* makes of both: a number, a time series, or each of an array."""
        if isinstance(left, list) or isinstance(right, list):
            return self._combined_array(function, left, right)
        if isinstance(left, dict) or isinstance(right, dict):
            return _combined_series(function, left, right)
        if math.isnan(left) or math.isnan(right):
            return _NO_NUMBER
        number = _calculated(function, left, right)
        if number is None:
            raise self._syntax_error()
        return number

    def _combined_array(
        self, function: Callable[[float, float], float], left: Operand, right: Operand
    ) -> list[Values]:
        """Return each time series of an array with the number or the series beside it."""
        if isinstance(left, list) and isinstance(right, list):
            raise self._syntax_error()
        if isinstance(left, list):
            assert not isinstance(right, list), "two arrays are refused"
            return [_combined_series(function, series, right) for series in left]
        assert isinstance(right, list), "one of the two is an array"
        return [_combined_series(function, left, series) for series in right]


def _combined_series(
    function: Callable[[float, float], float], left: Values | float, right: Values | float
) -> Values:
    """Return what *function* makes at each instant that either has."""
    result: Values = {}
    series = [operand for operand in (left, right) if isinstance(operand, dict)]
    for instant in dict.fromkeys(instant for one in series for instant in one):
        number = _calculated(function, _at(left, instant), _at(right, instant))
        if number is not None:
            result[instant] = number
    return result


def _rounded(function: Callable[[float], float], argument: Operand) -> Operand:
    if isinstance(argument, list):
        return [_rounded_series(function, series) for series in argument]
    if isinstance(argument, dict):
        return _rounded_series(function, argument)
    return _NO_NUMBER if math.isnan(argument) else float(function(argument))


def _rounded_series(function: Callable[[float], float], series: Values) -> Values:
    return {instant: float(function(value)) for instant, value in series.items()}


def _syntax_error(query_id: str) -> ServiceError:
    return validation(f"Error in expression '{query_id}': Invalid syntax")


def _at(operand: Values | float, instant: Instant) -> float:
    return operand.get(instant, _MISSING) if isinstance(operand, dict) else operand


def _calculated(function: Callable[[float, float], Any], one: float, other: float) -> float | None:
    """Return the number, or None where there is none: a division by zero makes no data point."""
    if math.isnan(one) or math.isnan(other):
        return None
    try:
        number = function(one, other)
    except (ZeroDivisionError, OverflowError):
        return None
    return number if isinstance(number, float) and math.isfinite(number) else None
