"""Which fault AWS tells of an expression that has several, and how it quotes the place.

Found by asking DynamoDB Local, which AWS builds from the service's own parser, ten thousands of random
expressions; its texts are older than the service's in places, its order is what is taken from it.
"""

from typing import Any

import pytest

from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal, used

DEEP = ".".join("a" * 33)
UNDEFINED_NAME = (
    "An expression attribute name used in the document path is not defined; attribute name: "
)
UNDEFINED_VALUE = (
    "An expression attribute value used in expression is not defined; attribute value: "
)
RESERVED = "Attribute name is a reserved keyword; reserved keyword: "
MISUSED = "The function is not allowed to be used this way in an expression; function: "
TYPE = "Incorrect operand type for operator or function; operator or function: "
DISTINCT = (
    "The first operand must be distinct from the remaining operands for this operator or function; "
    "operator: "
)
OVERLAP = (
    "Two document paths overlap with each other; must remove or rewrite one of these paths; "
    "path one: "
)
PARENTHESES = "The expression has redundant parentheses;"
LEVELS = "The document path has too many nesting levels; nesting levels: 33"
INDEX = "List index is not within the allowable range; index: [2147483648]"


def syntax(token: str, near: str) -> str:
    return f'Syntax error; token: "{token}", near: "{near}"'


PLACES = [
    ("a =   ", syntax("<EOF>", "=   ")),
    ("  ", syntax("<EOF>", "  ")),
    (" ) a = :s", syntax(")", " ) a")),
    ("a = :s  :s  ", syntax(":s", ":s  :s  ")),
    ('a = "x" b', syntax('"x"', '= "x" b')),
    ("a = 'x'", syntax("'x'", "= 'x'")),
    ("a = $x", syntax("$", "= $x")),
    ("a = :s;", syntax(";", ":s;")),
    ("a = :s && b = :s", syntax("&", ":s &&")),
    ("a != :s", syntax("!", "a !=")),
    ("a[01] = :s", syntax("1", "01]")),
    ("SET = :s", syntax("SET", "SET =")),
    ("a.and = :s", syntax("and", ".and =")),
    ("AND a = :s", syntax("AND", "AND a")),
    ("a = :s AND == $", syntax("=", "AND ==")),
]

CONDITIONS = [
    ("status = foo(a)", RESERVED + "status"),
    ("foo(status) = :s", "Invalid function name; function: foo"),
    ("attribute_exists(status) = :s", MISUSED + "attribute_exists"),
    ("begins_with(status, foo(a))", RESERVED + "status"),
    ("contains(a, attribute_exists(b)) = :s", MISUSED + "contains"),
    ("a = #u AND status = :s", RESERVED + "status"),
    ("a = :zz AND a = #u", UNDEFINED_VALUE + ":zz"),
    ("a < :b AND a = :zz", TYPE + "<, operand type: BOOL"),
    ("a = :zz AND a < :b", UNDEFINED_VALUE + ":zz"),
    ("a BETWEEN :b AND #u", UNDEFINED_NAME + "#u"),
    ("size(:n) < :b", TYPE + "size, operand type: N"),
    ("size(size(a)) = :n", TYPE + "size, operand type: N"),
    ("begins_with(a, size(a))", TYPE + "begins_with, operand type: N"),
    ("a IN (c, a)", DISTINCT + "IN, first operand: [a]"),
    ("a BETWEEN a AND :n", DISTINCT + "BETWEEN, first operand: [a]"),
    ("((a = :s)) AND ==", PARENTHESES),
    (f"{DEEP} = :s", LEVELS),
    (f"a < :b AND {DEEP} = :s", TYPE + "<, operand type: BOOL"),
    (f"{DEEP} = :s AND status = :s", RESERVED + "status"),
    ("a[2147483648] = :s AND status = :s", INDEX),
    ("a = :zz AND a[2147483648] = :s", INDEX),
    (" OR ".join(["a < :b"] * 151), TYPE + "<, operand type: BOOL"),
]

UPDATES = [
    ("SET a = foo(status)", "Invalid function name; function: foo"),
    ("SET status = foo(a)", RESERVED + "status"),
    ("SET a = :s SET b = :zz", 'The "SET" section can only be used once in an update expression;'),
    ("SET a = :s SET b = foo(a)", "Invalid function name; function: foo"),
    ("SET a = ((b))", PARENTHESES),
    ("SET a = ((b + :n))", PARENTHESES),
    ("SET a = (b + :n) + :n", syntax("+", ") + :n")),
    ("SET a = list_append(b, :l) + :n", MISUSED + "list_append"),
    ("SET a = if_not_exists(b, list_append(b, :l))", MISUSED + "list_append"),
    ("SET a = if_not_exists(b, b)", DISTINCT + "if_not_exists, first operand: [b]"),
    ("SET a = #u, #v = :s", UNDEFINED_NAME + "#v"),
    ("REMOVE #u, #v", UNDEFINED_NAME + "#v"),
    ("SET a = :zz ADD b :yy", UNDEFINED_VALUE + ":yy"),
    ("SET a = :zz + #u", UNDEFINED_VALUE + ":zz"),
    (
        "ADD a :zz, b :l",
        "Incorrect operand type for operator or function; operator: ADD, operand type: LIST",
    ),
    ("SET a = :s, a = :s, #u = :s", UNDEFINED_NAME + "#u"),
    ("SET a.b = :s, a.c = :s, a = :s", OVERLAP + "[a, c], path two: [a]"),
    (f"SET {DEEP} = :s", LEVELS),
    ("SET a = b[2147483648] SET c = :s", INDEX),
]

PROJECTIONS = [
    ("#u, a, a", OVERLAP + "[a], path two: [a]"),
    ("a, a, #u", UNDEFINED_NAME + "#u"),
    ("#u, status", RESERVED + "status"),
    ("a.b, a.c, a", OVERLAP + "[a, c], path two: [a]"),
    (DEEP, LEVELS),
    ("a[2147483648], status", INDEX),
    ("a, ", syntax("<EOF>", ", ")),
]


def condition_refusal(expression: str) -> str:
    given: dict[str, Any] = {"Item": key(), "ConditionExpression": expression}
    if used(expression):
        given["ExpressionAttributeValues"] = used(expression)
    return refusal(Engine(), "PutItem", **given)


@pytest.mark.parametrize(("expression", "message"), PLACES)
def test_a_syntax_error_quotes_its_neighbours_and_what_is_between(
    expression: str, message: str
) -> None:
    assert condition_refusal(expression) == f"{ENVELOPE}Invalid ConditionExpression: {message}"


@pytest.mark.parametrize(("expression", "message"), CONDITIONS)
def test_a_condition_is_looked_at_twice_from_left_to_right(expression: str, message: str) -> None:
    assert condition_refusal(expression) == f"{ENVELOPE}Invalid ConditionExpression: {message}"


@pytest.mark.parametrize(("expression", "message"), UPDATES)
def test_an_update_is_looked_at_from_its_last_clause(expression: str, message: str) -> None:
    given: dict[str, Any] = {"Key": key(), "UpdateExpression": expression}
    if used(expression):
        given["ExpressionAttributeValues"] = used(expression)
    said = refusal(Engine(), "UpdateItem", **given)
    assert said == f"{ENVELOPE}Invalid UpdateExpression: {message}"


@pytest.mark.parametrize(("expression", "message"), PROJECTIONS)
def test_a_projection_is_looked_at_from_its_last_path(expression: str, message: str) -> None:
    said = refusal(Engine(), "GetItem", Key=key(), ProjectionExpression=expression)
    assert said == f"Invalid ProjectionExpression: {message}"


@pytest.mark.parametrize(
    ("update", "condition", "message"),
    [
        ("SET a = b + :s", "a ==", f"Invalid UpdateExpression: {TYPE}+, operand type: S"),
        ("SET a = :s", "a < :b", f"Invalid ConditionExpression: {TYPE}<, operand type: BOOL"),
        (
            "SET a = :s",
            "a = :s",
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:m}",
        ),
    ],
)
def test_each_expression_is_looked_at_to_its_end_and_what_is_unused_last(
    update: str, condition: str, message: str
) -> None:
    said = refusal(
        Engine(),
        "UpdateItem",
        Key=key(),
        UpdateExpression=update,
        ConditionExpression=condition,
        ExpressionAttributeValues=used(update, condition, ":m"),
    )
    assert said == ENVELOPE + message


QUERY = "https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier3/validation-ordering/queryKeyCondition.test.ts"


@pytest.mark.aws(
    "A key condition is walked as it is written; operand types are looked at before conditions are counted.",
    source=QUERY,
    service="dynamodb",
)
@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("pk = :zz AND begins_with(sk, :n)", UNDEFINED_VALUE + ":zz"),
        ("begins_with(sk, :n) AND pk = :zz", TYPE + "begins_with, operand type: N"),
        ("pk = :s AND begins_with(sk, :n) AND sk > :s", TYPE + "begins_with, operand type: N"),
    ],
)
def test_a_key_condition_is_looked_at_from_left_to_right(expression: str, message: str) -> None:
    said = refusal(
        Engine(),
        "Query",
        KeyConditionExpression=expression,
        ExpressionAttributeValues=used(expression),
    )
    assert said == f"Invalid KeyConditionExpression: {message}"


def test_other_values_meet_the_same_checks_when_an_expression_comes_again() -> None:
    engine = Engine()
    given: dict[str, Any] = {
        "Item": key(),
        "ConditionExpression": "a < :v OR attribute_not_exists(a)",
    }
    engine.call("PutItem", **given, ExpressionAttributeValues={":v": {"N": "1"}})
    said = refusal(engine, "PutItem", **given, ExpressionAttributeValues={":v": {"BOOL": True}})
    assert said == f"{ENVELOPE}Invalid ConditionExpression: {TYPE}<, operand type: BOOL"
