"""What an unquoted scalar means: YAML 1.2's core schema, with dates left as the text they are."""

import re

from harness.scenarios.documents.nodes import PlainScalar

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INTEGER = re.compile(r"[-+]?[0-9]{1,4000}")
"""Python reads no longer ones, and nobody means a number by them: they stay text."""
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")


def resolve(text: str) -> PlainScalar:  # noqa: PLR0911 - one return for each kind
    """Return the value of the unquoted *text*.

    >>> resolve("007"), resolve("1e3"), resolve("yes"), resolve("2026-01-05")
    (7, 1000.0, 'yes', '2026-01-05')
    """
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text, 0)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
