"""Where moto checks an expression otherwise than AWS does."""

import re

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    KEY,
    REFERENCE,
    actions,
    expressions,
    is_refused,
    keys_of,
    table,
)
from harness.tests.differential.dynamodbknown.faults import (
    has_a_key_of_another_type,
    is_of_another_check,
    tells_a_fault,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange

_OTHER_TYPE = "One or more parameter values were invalid: Condition parameter type does not match schema type"
_FILTERED_KEY = re.compile(
    r"Filter Expression can only contain non-primary key attributes: Primary key attribute: (\w+)"
)
_UNUSED = re.compile(
    r"(?:1 validation error detected: )?"
    r"Value provided in ExpressionAttribute(?:Names|Values) unused in expressions: keys: \{(.*)\}"
)


def _compares_a_key_with_another_type(exchange: Exchange) -> bool:
    return (
        exchange.operation == "Query"
        and is_refused(exchange.ours, _OTHER_TYPE)
        and exchange.theirs.is_ok
        and has_a_key_of_another_type(exchange.parameters)
    )


def _filters_by_a_key(exchange: Exchange) -> bool:
    found = _FILTERED_KEY.fullmatch(exchange.ours.message)
    return (
        exchange.operation == "Query"
        and exchange.ours.code == "ValidationException"
        and found is not None
        and re.search(rf"\b{found[1]}\b", exchange.parameters["FilterExpression"]) is not None
        and found[1] in keys_of(exchange.parameters.get("IndexName"))
        and is_of_another_check(exchange.theirs)
    )


def _leaves_a_placeholder_unused(exchange: Exchange) -> bool:
    found = _UNUSED.fullmatch(exchange.ours.message)
    if exchange.ours.code != "ValidationException" or found is None:
        return False
    texts = " ".join(
        expressions(
            exchange.parameters, "Condition", "Update", "Filter", "KeyCondition", "Projection"
        )
    )
    given = {
        name
        for action in actions(exchange.parameters)
        for kind in ("Names", "Values")
        for name in action.get(f"ExpressionAttribute{kind}", {})
    }
    return is_of_another_check(exchange.theirs) and all(
        name in given and re.search(rf"{name}\b", texts) is None for name in found[1].split(", ")
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a condition is checked before it is evaluated",
        tells_a_fault("Condition", "Filter"),
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
            aws="A condition with bounds of different types or in the wrong order, an operand of a"
            " wrong type or an unknown function is a ValidationException.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "an update is checked before it is evaluated",
        tells_a_fault("Update"),
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
            " ValidationException.",
            source=f"{ALTERNATOR}test_update_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a projection is checked before it is applied",
        tells_a_fault("Projection"),
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
            tells_a_fault("KeyCondition")(exchange) or _compares_a_key_with_another_type(exchange)
        ),
        table(
            "Query",
            KeyConditionExpression="pk = :p AND sk >= :a AND sk <= :b",
            ExpressionAttributeValues={":p": {"S": "p"}, ":a": {"S": "a"}, ":b": {"S": "b"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Reversed bounds, keys of a wrong type and a key that is named twice find"
            " nothing, and OR ends in an AssertionError of Python.",
            ours="Each is a ValidationException.",
            aws="A key condition names each key at most once, with a value of its type, and without"
            " OR, NOT, IN or <>; anything else is a ValidationException.",
            source=f"{ALTERNATOR}test_key_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "a filter names no key",
        _filters_by_a_key,
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
            aws="A FilterExpression cannot contain partition key or sort key attributes.",
            source=f"{REFERENCE}API_Query.html",
            right="ours",
        ),
    ),
    Known(
        "an unused placeholder is an error",
        _leaves_a_placeholder_unused,
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
            aws="A placeholder that no expression uses is a ValidationException, whether or not the"
            " condition holds.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
)
