"""Filter criteria: event patterns compiled once, to closures.

Sources: AWS Lambda developer guide, "Lambda event filtering"; answers recorded from AWS for
DynamoDB streams.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.mappings.filtererrors import InvalidPatternError
from harness.mappings.filtermatchers import MISSING, OPERATORS, Test, compile_matcher
from harness.mappings.filterview import PlainText, read_json
from harness.mappings.mapping import SourceKind
from harness.mappings.refusals import refused_setting

Filter = Callable[[Mapping[str, Any]], bool]

PATTERN_CHARACTERS_MAX = 4_096
FILTERS_MAX = 10
_COMBINATIONS_MAX = 1_000
_ALTERNATIVES_MIN = 2

_BODY_KEYS: Mapping[SourceKind, str] = {"kinesis": "data", "dynamodb": "dynamodb", "sqs": "body"}


def compile_filters(patterns: Sequence[str], source_kind: SourceKind) -> Filter | None:
    """Return the test whether a record passes any of *patterns*, or None when there are none.

    Raises AWS's ``InvalidParameterValueException`` for a pattern that AWS refuses.
    """
    if len(patterns) > FILTERS_MAX:
        raise refused_setting(f"Filter criteria contain more than {FILTERS_MAX} filters.")
    tests = [_compile(pattern, source_kind) for pattern in patterns]
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    return lambda view: any(test(view) for test in tests)


def _compile(pattern: str, source_kind: SourceKind) -> Filter:
    try:
        return _compile_object(_tree(pattern, source_kind))
    except (ValueError, RecursionError, InvalidPatternError) as error:
        raise refused_setting("Invalid filter pattern definition.") from error


def _tree(pattern: str, source_kind: SourceKind) -> Any:
    """Return *pattern* parsed, with its outer bounds checked."""
    if len(pattern) > PATTERN_CHARACTERS_MAX:
        raise InvalidPatternError("the pattern is too long")
    tree = read_json(pattern)
    _check_body(tree, source_kind)
    if _combinations(tree) > _COMBINATIONS_MAX:
        raise InvalidPatternError("too many combinations of $or")
    return tree


def _check_body(tree: Any, source_kind: SourceKind) -> None:
    """Refuse a leaf for the body of a stream record, which is always an object."""
    if not isinstance(tree, Mapping):
        raise InvalidPatternError("a pattern is an object")
    body = tree.get(_BODY_KEYS[source_kind], {})
    if source_kind != "sqs" and not isinstance(body, Mapping):
        raise InvalidPatternError("the body of a stream record is matched by an object")


def _combinations(tree: Any) -> int:
    """Return how many rules *tree* multiplies out to."""
    if not isinstance(tree, Mapping):
        return 1
    product = 1
    for name, child in tree.items():
        if name == "$or" and isinstance(child, list):
            product *= sum(_combinations(alternative) for alternative in child)
        else:
            product *= _combinations(child)
    return product


def _compile_object(tree: Any) -> Test:
    """Return the test of an object pattern: every key must match."""
    if not isinstance(tree, Mapping) or not tree:
        raise InvalidPatternError("a pattern is an object with at least one key")
    tests = [_compile_member(name, child) for name, child in tree.items()]

    def test(value: Any) -> bool:
        if isinstance(value, PlainText):
            return False
        if isinstance(value, (list, tuple)):
            return any(test(element) for element in value)
        # A leaf below something that is no object is absent, which exists:false may ask for.
        found = value if isinstance(value, Mapping) else {}
        for member_test in tests:  # noqa: SIM110 - a generator would double the cost
            if not member_test(found):
                return False
        return True

    if len(tests) == 1:
        return _of_one_member(tests[0], test)
    return test


def _of_one_member(member_test: Test, test: Test) -> Test:
    """Return *test* with a short way for what nearly every value is: a plain object."""

    def test_object(value: Any) -> bool:
        return member_test(value) if type(value) is dict else test(value)

    return test_object


def _compile_member(name: str, child: Any) -> Test:
    if name == "$or":
        return _compile_alternatives(child)
    test = _compile_leaf(child) if isinstance(child, list) else _compile_object(child)
    return lambda found: test(found.get(name, MISSING))


def _compile_alternatives(child: Any) -> Test:
    if not isinstance(child, list) or len(child) < _ALTERNATIVES_MIN:
        raise InvalidPatternError("$or takes an array of at least two patterns")
    if any(isinstance(each, Mapping) and OPERATORS & each.keys() for each in child):
        raise InvalidPatternError("$or takes patterns, not matchers")
    tests = [_compile_object(alternative) for alternative in child]
    return lambda found: any(test(found) for test in tests)


def _compile_leaf(matchers: list[Any]) -> Test:
    if not matchers:
        raise InvalidPatternError("an empty array matches nothing")
    tests = [compile_matcher(matcher) for matcher in matchers]
    if len(tests) == 1:
        return tests[0]
    return lambda value: any(test(value) for test in tests)
