"""DynamoDB's numbers: 38 significant digits, magnitude 1E-130 to 9.99...E+125, plain decimal text.

Every stored number is in normal form, so that equal numbers are equal texts.
Source: Developer Guide, "Data types / Number"; the normal form as observed by ScyllaDB's tests.
"""

import re
from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import lru_cache

from harness.services.dynamodb.errors import ValueFaultError

_DIGITS_MAX = 38
_EXPONENT_MAX = 125
_EXPONENT_MIN = -130
_EXPONENT_SANE = 1_000
"""No number with a larger exponent is in range, whatever its digits are."""
_INTEGER_MAX = 2_147_483_647
_LONG_MIN = -(2**63)
_NO_NUMBER = "The parameter cannot be converted to a numeric value"
_OVERFLOW = (
    "Number overflow. Attempting to store a number with magnitude larger than supported range"
)
_UNDERFLOW = (
    "Number underflow. Attempting to store a number with magnitude smaller than supported range"
)
_TOO_PRECISE = "Attempting to store more than 38 significant digits in a Number"
_SHORT = 36
"""A plain text no longer than this has at most 38 digits and an exponent in range."""
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?").fullmatch
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?").fullmatch
_EXACT = Context(prec=400, Emax=999_999, Emin=-999_999, traps=[InvalidOperation, Inexact])


def is_normal_number(text: str) -> bool:
    """Return whether *text* is a short number in normal form, seen without much ado."""
    if type(text) is not str or len(text) > _SHORT:
        return False
    if text.isdigit() and text[0] != "0" and text.isascii():  # as most are
        return True
    return text == "0" or (text != "-0" and _PLAIN(text) is not None)


def normal_number(text: str) -> str:
    """Return *text* in normal form; raise `ValueFaultError` where it is no number."""
    return text if is_normal_number(text) else _normal_number(text)


@lru_cache(maxsize=65_536)
def _normal_number(text: str) -> str:
    if len(text) <= _SHORT and type(text) is str and _PLAIN(text) and text != "-0":
        return text
    match = _NUMBER(text)
    if match is None:
        raise ValueFaultError(
            f"{_NO_NUMBER}: {text}", f"{_NO_NUMBER}: {text}" if text else _NO_NUMBER
        )
    exponent = int(match[1] or 0)
    if not _LONG_MIN <= exponent < -_LONG_MIN:
        raise ValueFaultError(f"{_NO_NUMBER}: {text}")
    if abs(exponent) > _EXPONENT_SANE:
        # Java's BigDecimal, which the older layer uses, wraps around at the largest exponent.
        is_wrapped = exponent == _INTEGER_MAX
        raise ValueFaultError(
            _OVERFLOW if exponent > 0 else _UNDERFLOW,
            _OVERFLOW if exponent > 0 and not is_wrapped else _UNDERFLOW,
        )
    value = Decimal(text)
    if not value and not _EXPONENT_MIN <= value.adjusted() <= _EXPONENT_MAX:
        # Of a zero it counts how it is written.
        raise ValueFaultError(_OVERFLOW if exponent > 0 else _UNDERFLOW)
    return _checked_text(value)


def add(left: str, right: str) -> str:
    """Return the exact sum of two numbers in normal form.

    One that needs more digits than a number has AWS calls an overflow, too.
    """
    if len(left) < _SHORT and len(right) < _SHORT and "." not in left and "." not in right:
        return str(int(left) + int(right))
    return _checked_text(_EXACT.add(Decimal(left), Decimal(right)), too_precise=_OVERFLOW)


def subtract(left: str, right: str) -> str:
    """Return the exact difference of two numbers in normal form."""
    return add(left, negated(right))


def negated(number: str) -> str:
    """Return minus *number*."""
    if number == "0":
        return number
    return number[1:] if number[0] == "-" else "-" + number


@lru_cache(maxsize=65_536)
def number_size(number: str) -> int:
    """Return the bytes DynamoDB counts for a number in normal form.

    One byte, one for each two digits before and after the point without the zeros at both ends,
    each half rounded up, and one for a minus.  Zero takes one byte.
    """
    whole, _, fraction = number.lstrip("-").partition(".")
    whole = whole.lstrip("0")
    if fraction:
        if not whole:
            # Zeros right behind the point are no digits, but those of a pair of digits.
            fraction = fraction.lstrip("0")
    else:
        whole = whole.rstrip("0")
    if not whole and not fraction:
        return 1
    return 1 + (len(whole) + 1) // 2 + (len(fraction) + 1) // 2 + (number[0] == "-")


def _checked_text(value: Decimal, too_precise: str = _TOO_PRECISE) -> str:
    if not value:
        return "0"
    exponent = value.adjusted()
    if exponent > _EXPONENT_MAX:
        raise ValueFaultError(_OVERFLOW)
    if exponent < _EXPONENT_MIN:
        raise ValueFaultError(_UNDERFLOW)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if len(text.lstrip("-").replace(".", "").strip("0")) > _DIGITS_MAX:
        raise ValueFaultError(too_precise)
    return text
