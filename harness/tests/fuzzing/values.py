"""Values that are wrong in interesting ways, drawn from a seeded generator."""

from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any

STRINGS = (
    "", " ", "a", "A", "0", "-1", "1", "10", "3.14", "1e400", "NaN", "Infinity", "true", "null", "None",
    "\x00", "\n", "a\x00b", "é", "日本", "\U0001f600", "a" * 129, "b" * 300, "c" * 1030, "x" * 2050,
    "/", "//", "../..", "a/b", "a:b", "a.b", "#", ":", "#a", ":v", "*", "?", "%", "%zz", "{}", "[]", "{",
    '{"a": 1}', '{"a": {"b": [1, 2, {"c": null}]}}', "<a/>", "abc", "ABC", "name", "arn:aws:",
    "arn:aws:sqs:us-east-1:123456789012:nothing", "arn:aws:kinesis:us-east-1:123456789012:stream/no",
    "arn:aws:dynamodb:us-east-1:123456789012:table/no", "All", "LATEST", "nothing-here",
    "bytes=0-1", "bytes=5-2", "bytes=-0", "bytes=-5", "bytes=a-b", '"d41d8cd98f00b204e9800998ecf8427e"',
    "49590338271490256608559692538361571095921575989136588898", "999999999999999999999999999999",
    "000000000000000000000000000000", "shardId-000000000000", "shardId-000000000009",
)  # fmt: skip

INTEGERS = (
    -(2**63), -(2**31), -2, -1, 0, 1, 2, 3, 5, 9, 10, 11, 25, 26, 100, 101, 120, 168, 299, 300, 301,
    900, 901, 1000, 1001, 1024, 8760, 8761, 10_000, 10_001, 43_200, 43_201, 65_536, 1_000_000, 2**31,
    2**63 - 1, 2**70,
)  # fmt: skip

FLOATS = (0.0, -0.0, 1.0, -1.5, 1e300, -1e300, 1e-320, float("inf"), float("-inf"), float("nan"))

NUMBERS = (
    "0", "-0", "1", "-1", "007", "1.50", "1e3", "1E-130", "1e-131", "9.9e125", "1e126", "1e999999",
    "NaN", "Infinity", "", " 1", "1 ", "+1", "0x1", "1_000", "--1", "1.", ".1", "1" * 38, "1" * 39,
    "0." + "1" * 39, "٣", "1e", "e1", "-", "abc",
)  # fmt: skip

BLOBS = (b"", b"a", b"\x00", b"\xff\xfe", b"abc" * 100, b"k" * 2049, b"z" * 20_000)

MOMENTS = (
    datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, tzinfo=UTC), 0, -1, 1_767_603_600, 10**11, 1.5, "2026-01-05T09:00:00Z",
    "yesterday", "",
)  # fmt: skip

WRONG: tuple[Any, ...] = (
    None, True, False, 0, 1, -1.5, "x", b"x", (), [], {}, [None], {"a": None}, {1: 2}, {"S": "x"}, [[]],
    {"x"}, Decimal(1), Decimal("NaN"), object, 2**100, bytearray(b"x"), {"": ""}, ["x"], [{}],
)  # fmt: skip

_TOKENS = (
    "#a", "#b", "#zz", ":v", ":w", ":n", ":zz", "pk", "sk", "a", "b.c", "a[0]", "a[1].b", "a[-1]",
    "a[99999999999999999999]", "size", "SET", "REMOVE", "ADD", "DELETE", "set", "=", "<>", "<", "<=", ">",
    ">=", "+", "-", "*", "(", ")", "((", "))", ",", ",,", ".", "..", "[", "]", "AND", "OR", "NOT", "and",
    "BETWEEN", "IN", "attribute_exists(a)", "attribute_not_exists(pk)", "attribute_type(a, :v)",
    "begins_with(a, :v)", "contains(a, :v)", "size(a)", "list_append(a, :v)", "if_not_exists(a, :n)",
    "if_not_exists(a)", "unknown(a)", "a b", "'x'", '"x"', "1", ";", "\x00", "é", "#", ":", "\t", "\n",
)  # fmt: skip

_EXPRESSIONS = (
    "pk = :v", "#a = :v", "pk = :v AND sk = :n", "pk = :v AND sk BETWEEN :n AND :w", "a = :v",
    "pk = :v AND begins_with(sk, :v)", "SET a = :v", "SET #a = :v, b = :n", "SET a = a + :n",
    "SET a[0] = :v REMOVE b", "SET a.b.c = :v", "ADD a :n", "DELETE a :v", "REMOVE a, #b",
    "SET a = if_not_exists(a, :n) + :n", "SET a = list_append(if_not_exists(a, :v), :w)", "SET pk = :v",
    "attribute_not_exists(pk)", "attribute_exists(pk) AND a > :n", "NOT (a = :v OR b IN (:n, :w))",
    "size(a) > :n", "contains(a, :v)", "pk", "pk, a, #b", "a, a", "a.b, a", "a[0], a[1]",
)  # fmt: skip


def expression(chance: Random) -> str:
    """Return something that may be an expression of DynamoDB."""
    if chance.random() < 0.5:
        return chance.choice(_EXPRESSIONS)
    if chance.random() < 0.02:
        return "(" * 400 + "a = :v" + ")" * 400
    count = chance.randint(0, 9)
    return chance.choice((" ", " ", "")).join(chance.choice(_TOKENS) for _ in range(count))


def garbled(chance: Random, text: str) -> str:
    """Return *text* with one place changed."""
    if not text:
        return chance.choice(STRINGS)
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(("", "x", "\x00", text, " ")) + text[at + 1 :]


def attribute_value(chance: Random, depth: int = 0) -> dict[str, Any]:
    """Return an attribute value of DynamoDB, mostly a sound one."""
    if depth < 3 and chance.random() < 0.25:
        if chance.random() < 0.05:
            return _nested(chance, chance.choice((5, 31, 32, 33, 60)))
        if chance.random() < 0.5:
            return {"L": [attribute_value(chance, depth + 1) for _ in range(chance.randint(0, 3))]}
        names = ("a", "b", "", "c" * 300)
        return {"M": {chance.choice(names): attribute_value(chance, depth + 1)}}
    kind = chance.choice(("S", "S", "S", "N", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "odd"))
    drawn: dict[str, Any] = _KINDS[kind](chance)
    return drawn


def placeholder_value(chance: Random, token: str) -> dict[str, Any]:
    """Return a value for an expression's placeholder, mostly one that suits the table."""
    if chance.random() < 0.7:
        return {"S": "a"} if token == ":v" else {"N": "1"}
    return attribute_value(chance)


def _nested(chance: Random, depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {"S": "x"}
    for _ in range(depth):
        value = {"L": [value]} if chance.random() < 0.5 else {"M": {"a": value}}
    return value


def _some(chance: Random, pool: tuple[Any, ...]) -> list[Any]:
    return [chance.choice(pool) for _ in range(chance.randint(0, 3))]


_KINDS: dict[str, Any] = {
    "S": lambda chance: {"S": chance.choice(("a", "b", "x", *STRINGS))},
    "N": lambda chance: {"N": chance.choice(("1", "2", "3", *NUMBERS))},
    "B": lambda chance: {"B": chance.choice(BLOBS)},
    "BOOL": lambda chance: {"BOOL": chance.random() < 0.5},
    "NULL": lambda chance: {"NULL": chance.random() < 0.9},
    "SS": lambda chance: {"SS": _some(chance, STRINGS[:9])},
    "NS": lambda chance: {"NS": _some(chance, NUMBERS)},
    "BS": lambda chance: {"BS": _some(chance, BLOBS[:4])},
    "odd": lambda chance: chance.choice(
        ({}, {"S": "a", "N": "1"}, {"X": "a"}, {"M": {}}, {"L": []})
    ),
}
