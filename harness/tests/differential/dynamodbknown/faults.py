"""Whether what our engine says is wrong with an expression is wrong with the one in the call.

Read off the call, without the engine's parser: a sound expression that the engine refused would be
no known divergence.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from harness.tests.differential.dynamodbcalls import TABLE
from harness.tests.differential.dynamodbknown.asking import actions
from harness.tests.differential.peers import Answer, Exchange

Found = re.Match[str]
Action = Mapping[str, Any]
_SCALARS = {each["AttributeName"]: each["AttributeType"] for each in TABLE["AttributeDefinitions"]}
_NAMES = {"STRING": "S", "NUMBER": "N", "BINARY": "B", "BOOLEAN": "BOOL", "LIST": "L", "MAP": "M"}
_TYPES = frozenset({"S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"})
_ORDERED, _SETS = frozenset({"S", "N", "B"}), frozenset({"SS", "NS", "BS"})
_TAKES: dict[str, frozenset[str]] = {
    "+": frozenset({"N"}),
    "-": frozenset({"N"}),
    "ADD": _SETS | {"N"},
    "DELETE": _SETS,
    "list_append": frozenset({"L"}),
    "begins_with": frozenset({"S", "B"}),
    "attribute_type": frozenset({"S"}),
    "size": _TYPES - {"N", "BOOL", "NULL"},
} | dict.fromkeys(("<", "<=", ">", ">="), _ORDERED)
_OPERANDS = {
    "attribute_exists": 1, "attribute_not_exists": 1, "size": 1, "attribute_type": 2,
    "begins_with": 2, "contains": 2, "if_not_exists": 2, "list_append": 2,
}  # fmt: skip
_KEY_OPERATORS = frozenset({"=", "<", "<=", ">", ">=", "AND", "BETWEEN", "begins_with"})
_RESERVED = frozenset({"name"})
"""The only reserved word that the machine says."""
_KIND = re.compile(r"(?:1 validation error detected: )?Invalid (\w+)Expression: ")


def tells_a_fault(*kinds: str) -> Callable[[Exchange], bool]:
    """Return whether ours tells of a fault that an expression of one of *kinds* has."""

    def explains(exchange: Exchange) -> bool:
        found = _KIND.match(exchange.ours.message)
        return (
            exchange.ours.code == "ValidationException"
            and found is not None
            and found[1] in kinds
            and is_of_another_check(exchange.theirs)
            and any(
                _has(action, found[1], exchange.ours.message[found.end() :], exchange.theirs)
                for action in actions(exchange.parameters)
            )
        )

    return explains


def is_of_another_check(answer: Answer) -> bool:
    """Whether moto has found no fault, found it later or told it otherwise."""
    return (
        answer.code
        in {"ok", "ValidationException", "ConditionalCheckFailedException",
            "TransactionCanceledException"}
        or re.match(r"broken down: (Value|Key|Type|Index|Assertion|Attribute)Error|broken down: Rounded",
                    answer.code) is not None
    )  # fmt: skip


def has_a_key_of_another_type(action: Action) -> bool:
    """Whether a key condition compares a key with a value of another type."""
    pairs = re.findall(r"(\w+) (?:[<>=]+|BETWEEN) (:\w+)", action["KeyConditionExpression"])
    values = action.get("ExpressionAttributeValues", {})
    return any(_SCALARS[name] not in values[value] for name, value in pairs if name in _SCALARS)


def _has(action: Action, kind: str, told: str, theirs: Answer) -> bool:
    text = action.get(f"{kind}Expression")
    if text is None:
        return False
    if told.startswith("Syntax error; "):
        # What is no sentence of the language moto refuses, too, in one way or another.
        return not theirs.is_ok and not theirs.code.startswith("ConditionalCheck")
    for pattern, check in _CHECKS.items():
        found = re.fullmatch(pattern, told)
        if found is not None:
            return check(found, text, action)
    return False


def _values(action: Action) -> Mapping[str, Any]:
    given: Mapping[str, Any] = action.get("ExpressionAttributeValues", {})
    return given


def _is_undefined(found: Found, text: str, action: Action) -> bool:
    given = _values(action) if found[1][0] == ":" else action.get("ExpressionAttributeNames", {})
    return found[1] in text and found[1] not in given


def _overlaps(found: Found, text: str, action: Action) -> bool:  # noqa: ARG001 - the shape of a check
    one, two = (found[place].split(", ") for place in (1, 2))
    shorter = min(len(one), len(two))
    return one[:shorter] == two[:shorter]


def _conflicts(found: Found, text: str, action: Action) -> bool:  # noqa: ARG001 - the shape of a check
    one, two = (found[place].split(", ") for place in (1, 2))
    step, other = next(
        (pair for pair in zip(one, two, strict=False) if pair[0] != pair[1]), ("", "")
    )
    return step.startswith("[") != other.startswith("[")


def _has_another_type(found: Found, text: str, action: Action) -> bool:
    operator, kind = found[1], _NAMES.get(found[2], found[2])
    is_given = any(kind in value for value in _values(action).values())
    return operator in text and is_given and kind not in _TAKES[operator]


def _has_another_number(found: Found, text: str, action: Action) -> bool:  # noqa: ARG001 - the shape of a check
    calls = re.findall(rf"{found[1]}\(([^()]*)\)", text)
    count = int(found[2])
    return count != _OPERANDS[found[1]] and any(len(call.split(",")) == count for call in calls)


def _is_reversed(found: Found, text: str, action: Action) -> bool:  # noqa: ARG001 - the shape of a check
    if found[1] != found[3] or "BETWEEN" not in text:
        return False
    lower, upper = found[2], found[4]
    return Decimal(lower) > Decimal(upper) if found[1] == "N" else lower > upper


def _is_named_twice(found: Found, text: str, action: Action) -> bool:  # noqa: ARG001 - the shape of a check
    named = re.findall(r"(?<![:#\w])\w+(?= [<>=B])", text)
    return any(named.count(name) > 1 for name in named)


_BOUND = r"AttributeValue: \{(\w+):(.*)\}"
_BOUNDS = rf"lower bound operand: {_BOUND}, upper bound operand: {_BOUND}"
_CHECKS: dict[str, Callable[[Found, str, Action], bool]] = {
    r"The expression can not be empty;": lambda _found, text, _action: not text,
    r"An expression attribute value used in expression is not defined; attribute value: (:\w+)": (
        _is_undefined
    ),
    r"An expression attribute name used in the document path is not defined; attribute name: (#\w+)": (
        _is_undefined
    ),
    r"Attribute name is a reserved keyword; reserved keyword: (\w+)": (
        lambda found, text, _action: (
            found[1] in _RESERVED and re.search(rf"(?<![#:\w]){found[1]}\b", text) is not None
        )
    ),
    r"Invalid function name; function: (\w+)": (
        lambda found, text, _action: f"{found[1]}(" in text and found[1] not in _OPERANDS
    ),
    r"Two document paths overlap with each other; must remove or rewrite one of these paths;"
    r" path one: \[(.*)\], path two: \[(.*)\]": _overlaps,
    r"Two document paths conflict with each other; must remove or rewrite one of these paths;"
    r" path one: \[(.*)\], path two: \[(.*)\]": _conflicts,
    r'The "(\w+)" section can only be used once in an update expression;': (
        lambda found, text, _action: len(re.findall(rf"\b{found[1]} ", text)) > 1
    ),
    r"The expression has redundant parentheses;": lambda _found, text, _action: "((" in text,
    r"The first operand must be distinct from the remaining operands for this operator or function;"
    r" operator: .+, first operand: \[(.+)\]": (
        lambda found, text, _action: len(re.findall(rf"\b{found[1]}\b", text)) > 1
    ),
    r"Incorrect number of operands for operator or function; operator or function: (\w+),"
    r" number of operands: (\d+)": _has_another_number,
    r"Operator or function requires a document path; operator or function: (\w+)": (
        lambda found, text, _action: f"{found[1]}(:" in text
    ),
    r"The function is not allowed to be used this way in an expression; function: (\w+)": (
        lambda found, text, _action: re.fullmatch(rf"{found[1]}\([^()]*\)", text) is not None
    ),
    r"Invalid attribute type name found; type: (\w+), valid types: .*": (
        lambda found, _text, action: (
            {"S": found[1]} in _values(action).values() and found[1] not in _TYPES
        )
    ),
    r"Incorrect operand type for operator or function; operator(?: or function)?: (.+),"
    r" operand type: (\w+)": _has_another_type,
    rf"The BETWEEN operator requires same data type for lower and upper bounds; {_BOUNDS}": (
        lambda found, text, _action: "BETWEEN" in text and found[1] != found[3]
    ),
    r"The BETWEEN operator requires upper bound to be greater than or equal to lower bound;"
    rf" {_BOUNDS}": _is_reversed,
    r"Invalid operator used in KeyConditionExpression: (.+)": (
        lambda found, text, _action: found[1] in text and found[1] not in _KEY_OPERATORS
    ),
    r"KeyConditionExpressions must only contain one condition per key": _is_named_twice,
}
