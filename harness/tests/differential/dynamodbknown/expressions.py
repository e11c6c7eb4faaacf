"""Where moto checks an expression otherwise than AWS does."""

import re
from typing import Any

from harness.tests.differential.dynamodbknown.asking import ALTERNATOR, GUIDE, KEY, message, table
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange

_STATIC = re.compile(
    r"The BETWEEN operator|Incorrect operand type|Invalid attribute type name|Incorrect number of|"
    r"The first operand must be distinct|The expression has redundant|Invalid function name|"
    r"Operator or function requires|The function is not allowed|Syntax error|The expression can|"
    r"An expression attribute (?:name|value) used|Two document paths|can only be used once|"
    r"Attribute name is a reserved keyword"
)


def _expression_fault(kind: str) -> Any:
    pattern = re.compile(rf"(?:1 validation error detected: )?Invalid (?:{kind})Expression: ")

    def explains(exchange: Exchange) -> bool:
        found = pattern.match(exchange.ours.message)
        return (
            exchange.ours.code == "ValidationException"
            and found is not None
            and _STATIC.search(exchange.ours.message, found.end()) is not None
        )

    return explains


KNOWN: tuple[Known, ...] = (
    Known(
        "a condition is checked before it is evaluated",
        _expression_fault("Condition|Filter"),
        table(
            "DeleteItem",
            Key=KEY,
            ConditionExpression="n BETWEEN :s AND :n",
            ExpressionAttributeValues={":s": {"S": "text"}, ":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="A wrong condition or filter is found where an item makes it be evaluated, if at"
            " all; some end in a ValueError or KeyError of Python.",
            ours="It is a ValidationException that names the fault, whatever the items are.",
            aws="A condition or filter with bounds of different types, an operand of a wrong type,"
            " an unknown function or an undefined placeholder is a ValidationException.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "an update is checked before it is evaluated",
        _expression_fault("Update"),
        table(
            "UpdateItem",
            Key=KEY,
            UpdateExpression="SET n = :n ADD n :n",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues={":n": {"N": "7"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Faults of an update expression are found late, under other texts, or not.",
            ours="They are found before the condition is looked at, with AWS's text.",
            aws="An update expression with overlapping paths or operands of a wrong type is a"
            " ValidationException, whether or not the condition holds.",
            source=f"{ALTERNATOR}test_update_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a projection is checked before it is applied",
        _expression_fault("Projection"),
        table("GetItem", Key=KEY, ProjectionExpression="d, d.x"),
        divergence(
            service="dynamodb",
            theirs="Overlapping paths and undefined names of a projection pass.",
            ours="They are a ValidationException.",
            aws="Two paths of a projection may not overlap, and a placeholder must be defined.",
            source=f"{ALTERNATOR}test_projection_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a key condition is checked before it is applied",
        lambda exchange: (
            _expression_fault("KeyCondition")(exchange)
            or message(
                "Invalid operator used in KeyConditionExpression",
                "Invalid KeyConditionExpression: ",
                "One or more parameter values were invalid: Condition parameter type",
                "KeyConditionExpressions must only",
                "Query key condition not supported",
                "Query condition missed key schema element",
            )(exchange)
        ),
        table(
            "Query",
            KeyConditionExpression="pk = :p AND sk BETWEEN :b AND :a",
            ExpressionAttributeValues={":p": {"S": "p"}, ":a": {"S": "a"}, ":b": {"S": "b"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Reversed bounds, keys of a wrong type and a key that is named twice find"
            " nothing, and OR ends in an AssertionError of Python.",
            ours="Each is a ValidationException.",
            aws="A key condition names each key once, with a value of its type, and the upper bound"
            " of BETWEEN is not below the lower one; anything else is a ValidationException.",
            source=f"{ALTERNATOR}test_key_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a filter names no key",
        message("Filter Expression can only contain non-primary key attributes"),
        table(
            "Query",
            KeyConditionExpression="pk = :p",
            FilterExpression="sk = :a",
            ExpressionAttributeValues={":p": {"S": "p"}, ":a": {"S": "a"}},
        ),
        divergence(
            service="dynamodb",
            theirs="A query's filter may name the keys.",
            ours="It may not.",
            aws="A filter expression cannot contain partition key or sort key attributes.",
            source=f"{GUIDE}Query.FilterExpression.html",
            right="ours",
        ),
    ),
    Known(
        "an unused placeholder is an error",
        message(
            "Value provided in ExpressionAttribute",
            "1 validation error detected: Value provided in ExpressionAttribute",
        ),
        table(
            "DeleteItem",
            Key=KEY,
            ConditionExpression="attribute_not_exists(pk)",
            ExpressionAttributeValues={":unused": {"S": "a"}},
        ),
        divergence(
            service="dynamodb",
            theirs="A value that no expression of a DeleteItem uses passes.",
            ours="It is a ValidationException that names it.",
            aws="Every placeholder that is given must be used in an expression.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
)
