"""What AWS says of an expression that is wrong in itself, letter for letter."""

from typing import Any

import pytest

from harness.tests.services.dynamodb.engine import Engine, key
from harness.tests.services.dynamodb.refusals import ENVELOPE, refusal, used

UPDATES = [
    ("", "The expression can not be empty;"),
    ("SET a = ", 'Syntax error; token: "<EOF>", near: "= "'),
    ("SET a = :s,", 'Syntax error; token: "<EOF>", near: ","'),
    ("SET a b = :s", 'Syntax error; token: "b", near: "a b ="'),
    ("SET _123 = :s", 'Syntax error; token: "_", near: "SET _123"'),
    ("SET a = _f(b)", 'Syntax error; token: "_", near: "= _f"'),
    ("SET status = :s", "Attribute name is a reserved keyword; reserved keyword: status"),
    ("SET a.Count = :s", "Attribute name is a reserved keyword; reserved keyword: Count"),
    ("SET a = foo(:s)", "Invalid function name; function: foo"),
    (
        "SET a = size(b)",
        "The function is not allowed in an update expression; function: size",
    ),
    (
        "SET a = :s SET b = :s",
        'The "SET" section can only be used once in an update expression;',
    ),
    (
        "SET #x = :s",
        (
            "An expression attribute name used in the document path is not defined; "
            "attribute name: #x"
        ),
    ),
    (
        "SET a = :zz",
        "An expression attribute value used in expression is not defined; attribute value: :zz",
    ),
    (
        "SET a = :s, a.b = :s",
        (
            "Two document paths overlap with each other; must remove or rewrite one of these paths; "
            "path one: [a], path two: [a, b]"
        ),
    ),
    (
        "SET a.b = :s REMOVE a[0]",
        (
            "Two document paths conflict with each other; must remove or rewrite one of these paths; "
            "path one: [a, b], path two: [a, [0]]"
        ),
    ),
    (
        "SET a = list_append(:l)",
        (
            "Incorrect number of operands for operator or function; operator or function: "
            "list_append, number of operands: 1"
        ),
    ),
    (
        "SET a = if_not_exists(:s, :s)",
        "Operator or function requires a document path; operator or function: if_not_exists",
    ),
    (
        "ADD a :s",
        "Incorrect operand type for operator or function; operator: ADD, operand type: STRING",
    ),
    (
        "DELETE a :n",
        "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER",
    ),
    (
        "SET a = a + :s",
        (
            "Incorrect operand type for operator or function; operator or function: +, "
            "operand type: S"
        ),
    ),
]

CONDITIONS = [
    ("a", 'Syntax error; token: "<EOF>", near: "a"'),
    ("((a = :s))", "The expression has redundant parentheses;"),
    ("foo(a)", "Invalid function name; function: foo"),
    (
        "list_append(a, b) = :s",
        "The function is not allowed in a condition expression; function: list_append",
    ),
    (
        "size(a)",
        "The function is not allowed to be used this way in an expression; function: size",
    ),
    (
        "attribute_exists(a) = :s",
        (
            "The function is not allowed to be used this way in an expression; "
            "function: attribute_exists"
        ),
    ),
    (
        "attribute_exists(:s)",
        "Operator or function requires a document path; operator or function: attribute_exists",
    ),
    (
        "a.b = a.b",
        (
            "The first operand must be distinct from the remaining operands for this operator or "
            "function; operator: =, first operand: [a, b]"
        ),
    ),
    (
        "a < :b",
        (
            "Incorrect operand type for operator or function; operator or function: <, "
            "operand type: BOOL"
        ),
    ),
    (
        "begins_with(a, :n)",
        (
            "Incorrect operand type for operator or function; operator or function: begins_with, "
            "operand type: N"
        ),
    ),
    (
        "size(:n) = :m",
        (
            "Incorrect operand type for operator or function; operator or function: size, "
            "operand type: N"
        ),
    ),
    (
        "attribute_type(a, :s)",
        "Invalid attribute type name found; type: a, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
    ),
    (
        "a BETWEEN :s AND :n",
        (
            "The BETWEEN operator requires same data type for lower and upper bounds; lower bound "
            "operand: AttributeValue: {S:a}, upper bound operand: AttributeValue: {N:1}"
        ),
    ),
    (
        "a BETWEEN :m AND :n",
        (
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
            "lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}"
        ),
    ),
    (
        " OR ".join(f"a{number} = :s" for number in range(151)),
        "The expression contains too many operators; operator count: 301",
    ),
    (
        "a = :s" + " " * 4096,
        "Expression size has exceeded the maximum allowed size; expression size: 4102",
    ),
]


KEY_CONDITIONS = [
    (
        "pk = :s OR sk = :s",
        "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: OR",
    ),
    (
        "pk = :s AND sk <> :s",
        "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: <>",
    ),
    ("pk > :s", "Query key condition not supported"),
    ("sk = :s", "Query condition missed key schema element: pk"),
    ("pk = :s AND a = :s", "Query condition missed key schema element: sk"),
    (
        "pk = :s AND sk > :s AND a = :s",
        (
            "The number of query conditions (3) exceeds the number of key attributes defined in "
            "the schema (2)"
        ),
    ),
    (
        "pk = :s AND begins_with(sk, :n)",
        (
            "Invalid KeyConditionExpression: Incorrect operand type for operator or function; "
            "operator or function: begins_with, operand type: N"
        ),
    ),
    (
        "pk = :s AND sk > :s AND sk < :s",
        "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key",
    ),
    (
        "pk.a = :s",
        "Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes",
    ),
    (
        "pk = :s AND size(sk) = :n",
        "Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested operations",
    ),
    (
        "pk = :n",
        (
            "One or more parameter values were invalid: "
            "Condition parameter type does not match schema type"
        ),
    ),
]


@pytest.mark.aws(
    "A faulty update expression is a ValidationException that says what is wrong with it.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_update_expression.py",
    service="dynamodb",
)
@pytest.mark.parametrize(("expression", "message"), UPDATES)
def test_a_faulty_update_expression_is_refused_in_awss_words(
    expression: str, message: str
) -> None:
    parameters: dict[str, Any] = {"Key": key(), "UpdateExpression": expression}
    if used(expression):
        parameters["ExpressionAttributeValues"] = used(expression)
    said = refusal(Engine(), "UpdateItem", **parameters)
    assert said == f"{ENVELOPE}Invalid UpdateExpression: {message}"


@pytest.mark.aws(
    "A faulty condition is a ValidationException that says what is wrong with it.",
    source="https://github.com/scylladb/scylladb/blob/master/test/alternator/test_condition_expression.py",
    service="dynamodb",
)
@pytest.mark.parametrize(("expression", "message"), CONDITIONS)
def test_a_faulty_condition_is_refused_in_awss_words(expression: str, message: str) -> None:
    parameters: dict[str, Any] = {"Item": key(), "ConditionExpression": expression}
    if used(expression):
        parameters["ExpressionAttributeValues"] = used(expression)
    said = refusal(Engine(), "PutItem", **parameters)
    assert said == f"{ENVELOPE}Invalid ConditionExpression: {message}"


@pytest.mark.aws(
    "A key condition names the partition key by equality, and at most one comparison of the sort key.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html",
    service="dynamodb",
)
@pytest.mark.parametrize(("expression", "message"), KEY_CONDITIONS)
def test_a_faulty_key_condition_is_refused(expression: str, message: str) -> None:
    said = refusal(
        Engine(),
        "Query",
        KeyConditionExpression=expression,
        ExpressionAttributeValues=used(expression),
    )
    assert said == message
