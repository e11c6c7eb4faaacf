"""Where a condition of moto's holds otherwise than AWS's."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    FAILED,
    KEY,
    RUN_TIME,
    actions,
    after_put,
    expressions,
    fails,
    is_refused,
    is_sound,
    numbers,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange

Item = dict[str, Any]
_NO_SIZE = re.compile(r"Invalid attribute name [\w.]+|Invalid filter expression")
_NO_ORDER = re.compile(r"'[<>]=?' not supported between instances of '[\w.]+' and '[\w.]+'")
_ORDERING = re.compile(r"[<>](?!=?>)|BETWEEN")


def _found(item: Item, path: str) -> Item | None:
    """Return what stands at *path* of *item*, if anything."""
    value: Any = {"M": item}
    for step in re.findall(r"\w+", path):
        inner = value.get("L") if step.isdecimal() else value.get("M")
        place: Any = int(step) if step.isdecimal() else step
        is_there = inner is not None and (
            place < len(inner) if step.isdecimal() else place in inner
        )
        if not is_there:
            return None
        value = inner[place]
    return dict(value)


def _lacks(*paths: str) -> Callable[[Item], bool]:
    return lambda item: all(_found(item, path) is None for path in paths)


def _holds(text: str, is_why: Callable[[Item], bool]) -> Callable[[Exchange], bool]:
    """Return whether a condition with *text* holds on one side alone, of items of which *is_why*."""

    def is_cause(action: Item, shown: Item) -> bool:
        return text in action.get("ConditionExpression", "") and is_why(shown.get("Item", {}))

    def explains(exchange: Exchange) -> bool:
        if exchange.operation in {"Scan", "Query"}:
            filters = expressions(exchange.parameters, "Filter")
            return any(text in each for each in filters) and _is_why_reads_differ(exchange, is_why)
        if exchange.operation == "TransactWriteItems":
            causes = [is_cause(action, shown) for action, shown in _that_differ(exchange)]
            return any(causes) and all(causes)
        shown = exchange.ours.output | exchange.theirs.output
        return _fails_on_one_side(exchange) and is_cause(exchange.parameters, shown)

    return explains


def _that_differ(exchange: Exchange) -> Iterator[tuple[Item, Item]]:
    """Yield each action whose condition holds on one side alone, and the reason that is told."""
    given = list(actions(exchange.parameters))
    ours, theirs = (
        side.output.get("CancellationReasons", [{"Code": "None"}] * len(given))
        for side in (exchange.ours, exchange.theirs)
    )
    if not (exchange.theirs.is_ok or fails(exchange.theirs) or fails(exchange.ours)):
        return
    for action, one, other in zip(given, ours, theirs, strict=True):
        if one["Code"] != other["Code"] and FAILED in {one["Code"], other["Code"]}:
            yield action, one | other


def _fails_on_one_side(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours, exchange.theirs
    other = theirs if fails(ours) else ours
    return fails(ours) != fails(theirs) and (other.is_ok or is_refused(other, *RUN_TIME))


def _is_why_reads_differ(exchange: Exchange, is_why: Callable[[Item], bool]) -> bool:
    ours, theirs = (numbers(side.output) for side in (exchange.ours, exchange.theirs))
    if not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    one, two = ours.get("Items", []), theirs.get("Items", [])
    alone = [item for item in one if item not in two] + [item for item in two if item not in one]
    is_whole = "ProjectionExpression" not in exchange.parameters
    return (
        ours["ScannedCount"] == theirs["ScannedCount"]
        and ours["Count"] != theirs["Count"]
        and (not is_whole or all(map(is_why, alone)))
    )


def _wants_a_size(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours, exchange.theirs
    breaks = (
        (theirs.code == "broken down: ValueError" and _NO_SIZE.fullmatch(theirs.message))
        or (theirs.code == "ValidationException"
            and _NO_SIZE.fullmatch(theirs.message.removeprefix("Bad Filter Expression: ")))
        or (theirs.code == "TransactionCanceledException" and "ValueError" in theirs.message)
    )  # fmt: skip
    sizes = ("size(" in each for each in expressions(exchange.parameters, "Condition", "Filter"))
    return is_sound(ours) and bool(breaks) and any(sizes)


def _orders_what_has_no_order(exchange: Exchange) -> bool:
    ours, theirs = exchange.ours, exchange.theirs
    breaks = (
        (theirs.code == "broken down: TypeError" and _NO_ORDER.fullmatch(theirs.message))
        or (theirs.code == "ValidationException"
            and _NO_ORDER.fullmatch(theirs.message.removeprefix("Bad Filter Expression: ")))
        or (theirs.code == "TransactionCanceledException" and "TypeError" in theirs.message)
    )  # fmt: skip
    orders = map(_ORDERING.search, expressions(exchange.parameters, "Condition", "Filter"))
    return is_sound(ours) and bool(breaks) and any(orders)


def _is_binary(name: str) -> Callable[[Item], bool]:
    return lambda item: not item or "B" in item.get(name, {})


def _any_of(*explaining: Callable[[Exchange], bool]) -> Callable[[Exchange], bool]:
    return lambda exchange: any(each(exchange) for each in explaining)


KNOWN: tuple[Known, ...] = (
    Known(
        "the size of what is not there",
        _wants_a_size,
        after_put(
            KEY | {"n": {"N": "5"}},
            "DeleteItem",
            Key=KEY,
            ConditionExpression="size(n) = :n",
            ExpressionAttributeValues={":n": {"N": "1"}},
        ),
        divergence(
            service="dynamodb",
            theirs="size() of an attribute that is not there, or has no size, ends in a ValueError"
            " of Python.",
            ours="The comparison is false.",
            aws="A comparison with the size of what has no size is false, not an error.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "two attributes that are not there are not equal",
        _any_of(_holds("a = n", _lacks("a", "n")), _holds("d.x IN (n,", _lacks("d.x", "n"))),
        table("PutItem", Item=KEY, ConditionExpression="a = n"),
        divergence(
            service="dynamodb",
            theirs="a = n holds where neither attribute is there.",
            ours="It does not.",
            aws="An attribute that does not exist is never equal to anything, not even to another"
            " one that does not exist.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "what is not there is no null",
        _holds("a = :null", _lacks("a")),
        table(
            "PutItem",
            Item=KEY,
            ConditionExpression="a = :null",
            ExpressionAttributeValues={":null": {"NULL": True}},
        ),
        divergence(
            service="dynamodb",
            theirs="An attribute that is not there equals a null value.",
            ours="It does not.",
            aws="An attribute that does not exist is never equal to anything; null is a value.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "two places that are not there differ",
        _holds("d.y[1] <> l[0]", _lacks("d.y[1]", "l[0]")),
        table("PutItem", Item=KEY, ConditionExpression="d.y[1] <> l[0]"),
        divergence(
            service="dynamodb",
            theirs="Two places that are not there are not unequal.",
            ours="They are unequal.",
            aws="An attribute that does not exist is always unequal to anything, also to another one"
            " that does not exist.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "values of types that have no order in common",
        _orders_what_has_no_order,
        after_put(
            KEY | {"a": {"S": "text"}},
            "DeleteItem",
            Key=KEY,
            ConditionExpression="a > :bin",
            ExpressionAttributeValues={":bin": {"B": b"te"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Comparing a text with binary data ends in a TypeError of Python.",
            ours="The comparison is false.",
            aws="A comparison of values of different types is false.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
    Known(
        "binary data begins with its first bytes",
        _any_of(
            _holds("begins_with(bin, :", _is_binary("bin")),
            _holds("begins_with(a, :bin", _is_binary("a")),
        ),
        after_put(
            KEY | {"bin": {"B": b"text"}},
            "DeleteItem",
            Key=KEY,
            ConditionExpression="begins_with(bin, :bin)",
            ExpressionAttributeValues={":bin": {"B": b"te"}},
        ),
        divergence(
            service="dynamodb",
            theirs="Binary data begins with no binary data.",
            ours="It begins with its first bytes, and with none.",
            aws="begins_with takes a string or binary data, and compares bytes.",
            source=f"{ALTERNATOR}test_condition_expression.py",
            right="ours",
        ),
    ),
)
