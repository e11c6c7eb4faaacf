"""Node -> pattern: plain values match themselves, one-key mappings with a dollar are matchers."""

import re
from collections.abc import Callable
from decimal import Decimal

from harness.scenarios.documents.nodes import AnyNode, Mapping, Scalar, Sequence, kind_of
from harness.scenarios.documents.problems import Problems, suggestion
from harness.scenarios.matchers.approx import Approx
from harness.scenarios.matchers.bounds import AtLeast, AtMost
from harness.scenarios.matchers.capture import Capture
from harness.scenarios.matchers.contains import Contains
from harness.scenarios.matchers.jsontext import JsonText
from harness.scenarios.matchers.one_of import OneOf
from harness.scenarios.matchers.pattern import Pattern
from harness.scenarios.matchers.plain import (
    ExactList,
    ExactMapping,
    ExactScalar,
    number,
)
from harness.scenarios.matchers.presence import Absent, AnyValue
from harness.scenarios.matchers.regex import Regex
from harness.scenarios.matchers.unordered import SetOf, Unordered
from harness.scenarios.shapes.shape import Rejected, reject
from harness.scenarios.variables import is_variable_name

PATTERNS: tuple[type[Pattern], ...] = (
    AnyValue,
    Absent,
    Regex,
    Approx,
    AtLeast,
    AtMost,
    Contains,
    Unordered,
    SetOf,
    OneOf,
    JsonText,
    Capture,
)
"""Every matcher, in the order of the vocabulary."""

_BARE: dict[str, type[AnyValue | Absent]] = {"$any": AnyValue, "$absent": Absent}


def read_pattern(node: AnyNode, problems: Problems, parts: int = 0) -> Pattern:
    """Return what *node* expects.

    *parts* says for how many levels of mappings other keys may stand beside the written ones.
    """
    match node:
        case Scalar():
            return _scalar(node, problems)
        case Sequence():
            return _list(node, problems, parts)
        case Mapping():
            word = _matcher_word(node)
            if word is not None:
                return _matcher(node, word, problems)
            return _mapping(node, problems, parts)


def _scalar(node: Scalar, problems: Problems) -> Pattern:
    is_bare = node.is_plain and isinstance(node.value, str) and node.value.startswith("$")
    if is_bare and not node.awaits and _is_the_authors(node):
        word = str(node.value)
        if word in _BARE:
            return _BARE[word](node)
        if f"{word}" in _READERS:
            text = f"the matcher {word!r} needs a value: {{{word}: ...}}"
            raise reject(node, problems, text)
        if re.fullmatch(r"\$[a-z_]+", word):
            known = {*_BARE, *_READERS}
            raise reject(node, problems, f"unknown matcher {word!r}{suggestion(word, known)}")
    return ExactScalar(node, node.value)


def _is_the_authors(node: Scalar) -> bool:
    """Whether the author wrote the value, here or as a variable; what a run captured is data."""
    return node.variable is None or node.variable.definition is not None


def _list(node: Sequence, problems: Problems, parts: int) -> ExactList:
    return ExactList(node, tuple(_all(node.items, problems, parts)))


def _mapping(node: Mapping, problems: Problems, parts: int) -> ExactMapping:
    patterns = _all([value for _, value in node.entries], problems, 0)
    entries = tuple(
        (key, _literal_key(key), pattern)
        for (key, _), pattern in zip(node.entries, patterns, strict=True)
    )
    return ExactMapping(node, entries, is_part=parts > 0)


def _all(
    nodes: tuple[AnyNode, ...] | list[AnyNode], problems: Problems, parts: int
) -> list[Pattern]:
    patterns, is_sound = [], True
    for each in nodes:
        try:
            patterns.append(read_pattern(each, problems, parts))
        except Rejected:
            is_sound = False
    if not is_sound:
        raise Rejected
    return patterns


def _literal_key(key: Scalar) -> object:
    """Return the key; ``$$x`` stands for a key that really is ``$x``."""
    if isinstance(key.value, str) and key.value.startswith("$$"):
        return key.value[1:]
    return key.value


def _matcher_word(node: Mapping) -> str | None:
    for key, _ in node.entries:
        if isinstance(key.value, str) and re.match(r"\$[A-Za-z]", key.value):
            return key.value
    return None


def _matcher(node: Mapping, word: str, problems: Problems) -> Pattern:
    key, value = next((key, value) for key, value in node.entries if key.value == word)
    if len(node.entries) > 1:
        other = next(other for other, _ in node.entries if other is not key)
        raise reject(other, problems, f"the matcher {word!r} stands alone in its mapping")
    reader = _READERS.get(word)
    if reader is None:
        if word in _BARE:
            raise reject(key, problems, f"the matcher {word!r} takes no value: write {word}")
        known = {*_BARE, *_READERS}
        raise reject(key, problems, f"unknown matcher {word!r}{suggestion(word, known)}")
    return reader(node, value, problems)


def _regex(node: AnyNode, value: AnyNode, problems: Problems) -> Pattern:
    if not isinstance(value, Scalar) or not isinstance(value.value, str):
        raise reject(value, problems, f"expected a regular expression, found {kind_of(value)}")
    try:
        return Regex(node, re.compile(value.value))
    except re.error as error:
        text = f"not a regular expression: {error}"
        raise reject(value, problems, text) from error


def _approx(node: AnyNode, value: AnyNode, problems: Problems) -> Pattern:
    if not isinstance(value, Mapping) or {key.value for key, _ in value.entries} != {
        "value",
        "within",
    }:
        raise reject(value, problems, "expected {value: ..., within: ...}")
    middle, within = value.get("value"), value.get("within")
    assert middle is not None, "the keys were checked"
    assert within is not None, "the keys were checked"
    distance = _number(within, problems)
    number_ = _number(middle, problems)
    assert isinstance(middle, Scalar), "a number is a scalar"
    return Approx(node, number_, distance, middle)


def _number(node: AnyNode, problems: Problems) -> Decimal:
    if isinstance(node, Scalar) and node.awaits:
        return Decimal(0)
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise reject(node, problems, f"expected a number, found {kind_of(node)}")
    return number(value)


def _inner_list(value: AnyNode, problems: Problems) -> ExactList:
    if not isinstance(value, Sequence):
        raise reject(value, problems, f"expected a list, found {kind_of(value)}")
    return _list(value, problems, 0)


def _capture(node: AnyNode, value: AnyNode, problems: Problems) -> Pattern:
    if not isinstance(value, Scalar) or not is_variable_name(value.value):
        raise reject(value, problems, f"expected a variable's name, found {kind_of(value)}")
    return Capture(node, str(value.value))


_READERS: dict[str, Callable[[AnyNode, AnyNode, Problems], Pattern]] = {
    "$regex": _regex,
    "$approx": _approx,
    "$at_least": lambda node, value, problems: AtLeast(node, _number(value, problems)),
    "$at_most": lambda node, value, problems: AtMost(node, _number(value, problems)),
    "$contains": lambda node, value, problems: Contains(node, read_pattern(value, problems, 1)),
    "$unordered": lambda node, value, problems: Unordered(node, _inner_list(value, problems)),
    "$set": lambda node, value, problems: SetOf(node, _inner_list(value, problems)),
    "$one_of": lambda node, value, problems: OneOf(node, _inner_list(value, problems)),
    "$json": lambda node, value, problems: JsonText(node, read_pattern(value, problems, 0)),
    "$capture": _capture,
}
