"""Sequence numbers: AWS's have 56 digits, an emulator's may have one.

A short number is shown with AWS's length, and told to the backend as it knows it.
"""

from collections.abc import Mapping
from typing import Any

AWS_DIGITS = 56
_PREFIX = "49"
"""What AWS's begin with."""

_ZEROS_MIN = 16
"""No number of AWS's has so many zeros behind its beginning."""

_PARAMETERS = frozenset({"StartingSequenceNumber", "SequenceNumberForOrdering"})


def shown(number: str) -> str:
    """Return the backend's *number* with AWS's length."""
    if is_short(number):
        return _PREFIX + number.zfill(AWS_DIGITS - len(_PREFIX))
    return number


def told(number: str) -> str:
    """Return a *number* that was shown as the backend knows it."""
    begin = _PREFIX + "0" * _ZEROS_MIN
    if len(number) == AWS_DIGITS and number.startswith(begin):
        return str(int(number[len(_PREFIX) :]))
    return number


def is_short(number: str) -> bool:
    """Whether *number* cannot be one of AWS's."""
    return len(number) < AWS_DIGITS - _ZEROS_MIN


def with_shown_numbers(value: Any) -> Any:
    """Return an answer of Kinesis, every sequence number in it with AWS's length."""
    if isinstance(value, dict):
        return {
            name: shown(each)
            if name.endswith("SequenceNumber") and isinstance(each, str)
            else with_shown_numbers(each)
            for name, each in value.items()
        }
    return [with_shown_numbers(each) for each in value] if isinstance(value, list) else value


def with_told_numbers(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return a caller's *parameters*, every sequence number in it as the backend knows it."""
    return {
        name: told(value) if name in _PARAMETERS and isinstance(value, str) else value
        for name, value in parameters.items()
    }
