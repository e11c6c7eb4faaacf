"""Where a query or scan of moto's finds something else."""

import re
from typing import Any

from harness.tests.differential.dynamodbcalls import TABLE
from harness.tests.differential.dynamodbknown.asking import (
    ALTERNATOR,
    KEY,
    REFERENCE,
    SUITE,
    after_put,
    alike_but,
    asked,
    expressions,
    keys_of,
    numbers,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers

_NOT_PROJECTED = re.compile(
    r"One or more parameter values were invalid: (?:Global s|S)econdary index (\w+) does not project "
    r"(?:one or more filter attributes: )?\[(.+)\]"
)
_ALL_OF_SOME = re.compile(
    r"One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for "
    r"global secondary index \w+ because its projection type is not ALL"
)
_INCLUDED = {
    each["IndexName"]: each["Projection"].get("NonKeyAttributes")
    for each in (*TABLE["GlobalSecondaryIndexes"], *TABLE["LocalSecondaryIndexes"])
}
_INCOMPLETE = frozenset({"byData", "byScore"})
"""The indexes that do not hold whole items."""
_HELD = frozenset({*keys_of(None), *keys_of("byScore")})
"""What the local index holds."""
_HOLDING = ("Item", "Items", "Responses")


def _asks_for_more_than_there_is(exchange: Exchange) -> bool:
    found = _NOT_PROJECTED.fullmatch(exchange.ours.message)
    given = exchange.parameters
    theirs = exchange.theirs
    is_late = (
        theirs.is_ok
        or theirs.code == "broken down: Rounded"
        # It looks at what is selected alone.
        or _ALL_OF_SOME.fullmatch(theirs.message) is not None
    )
    if found is None or exchange.ours.code != "ValidationException" or not is_late:
        return False
    held = {*keys_of(None), *keys_of(found[1]), *(_INCLUDED[found[1]] or [])}
    asked_for = re.findall(r"[#\w]+", " ".join(expressions(given, "Projection", "Filter")))
    names = given.get("ExpressionAttributeNames", {})
    return (
        found[1] == given.get("IndexName")
        and found[1] in _INCOMPLETE
        and all(
            name not in held and name in {names.get(each, each) for each in asked_for}
            for name in found[2].split(", ")
        )
    )


def _ends_a_page_early(exchange: Exchange) -> bool:
    is_full = exchange.ours.output.get("ScannedCount") == exchange.parameters.get("Limit")
    return (
        exchange.operation in {"Query", "Scan"}
        and "LastEvaluatedKey" in exchange.ours.output
        and "LastEvaluatedKey" not in exchange.theirs.output
        and is_full
        and alike_but(exchange, "LastEvaluatedKey")
    )


def _last_page(peers: Peers) -> Exchange:
    for sort in "ab":
        asked(peers, "PutItem", TableName="items", Item=KEY | {"sk": {"S": sort}})
    query = {
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "p"}},
        "Limit": 1,
        "ExclusiveStartKey": KEY,
    }
    return asked(peers, "Query", TableName="items", **query)


def _projected(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name in _HELD}


def _reads_the_local_index(exchange: Exchange) -> bool:
    return (
        exchange.operation in {"Query", "Scan"}
        and exchange.parameters.get("IndexName") == "byScore"
        and exchange.ours.is_ok
        and exchange.theirs.is_ok
    )


def _leaves_out_what_is_not_projected(exchange: Exchange) -> bool:
    if not _reads_the_local_index(exchange) or not alike_but(exchange, "Items"):
        return False
    ours, theirs = (side.output.get("Items", []) for side in (exchange.ours, exchange.theirs))
    return sorted(map(repr, numbers(theirs))) == sorted(
        map(repr, numbers([*map(_projected, ours)]))
    )


def _projects_below_a_text(exchange: Exchange) -> bool:
    return (
        exchange.ours.is_ok
        and exchange.theirs.code == "broken down: TypeError"
        and exchange.theirs.message.startswith("string indices must be integers")
        and re.search(r"'ProjectionExpression': '[^']*\w\[\d\]\.\w", repr(exchange.parameters))
        is not None
    )


def _keeps_the_last_element(exchange: Exchange) -> bool:
    """Whether theirs has one element of a list of which a projection names two."""
    text = repr(exchange.parameters)
    names_two = re.search(r"'ProjectionExpression': '[^']*?([\w.]+)\[\d\], \1\[\d\]", text)
    ours, theirs = (
        numbers({name: value for name, value in side.output.items() if name in _HOLDING})
        for side in (exchange.ours, exchange.theirs)
    )
    return (
        names_two is not None
        and alike_but(exchange, *_HOLDING)
        and _has_one_of_several(ours, theirs)
    )


def _has_one_of_several(ours: Any, theirs: Any) -> bool:
    """Whether *theirs* is *ours*, but for lists that hold one of the elements of ours."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        return all(_has_one_of_several(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return all(map(_has_one_of_several, ours, theirs))
    is_one = isinstance(theirs, list) and len(theirs) == 1 and theirs[0] in ours
    return bool(ours == theirs) or is_one


def _read_below_a_text(peers: Peers) -> Exchange:
    asked(peers, "PutItem", TableName="items", Item=KEY | {"l": {"L": [{"S": "text"}]}})
    wanted = {"Keys": [KEY], "ProjectionExpression": "l[0].x"}
    return asked(peers, "BatchGetItem", RequestItems={"items": wanted})


KNOWN: tuple[Known, ...] = (
    Known(
        "a global index gives what it holds",
        _asks_for_more_than_there_is,
        table("Scan", IndexName="byData", ProjectionExpression="n"),
        divergence(
            service="dynamodb",
            theirs="What a global index does not hold is left out.",
            ours="To ask for it is a ValidationException that names it.",
            aws="From a global secondary index only attributes that are projected into it can be"
            " requested.",
            source=f"{REFERENCE}API_Query.html",
            right="ours",
        ),
    ),
    Known(
        "a full page has a last key",
        _ends_a_page_early,
        _last_page,
        divergence(
            service="dynamodb",
            theirs="A page that its Limit ends has no LastEvaluatedKey if it holds the last item.",
            ours="It has one, and the next page is empty.",
            aws="Where Limit items were processed, the operation stops and returns a LastEvaluatedKey;"
            " that it is there does not mean that there is more data.",
            source=f"{REFERENCE}API_Query.html",
            right="ours",
        ),
    ),
    Known(
        "a query of an index filters by what it holds",
        _asks_for_more_than_there_is,
        table(
            "Query",
            IndexName="byScore",
            KeyConditionExpression="pk = :p",
            FilterExpression="attribute_exists(n)",
            ExpressionAttributeValues={":p": {"S": "p"}},
        ),
        divergence(
            service="dynamodb",
            theirs="An attribute that an index does not hold is missing to the filter of a query.",
            ours="To filter by it is a ValidationException that names it.",
            aws="A read of an index by its key that filters by attributes the index does not project"
            " is refused.",
            source=f"{SUITE}tier2/partiql/indexQualifier.test.ts",
            right="ours",
        ),
    ),
    Known(
        "a local index gives what it does not hold",
        _leaves_out_what_is_not_projected,
        after_put(
            KEY | {"a": {"S": "text"}, "score": {"N": "1"}},
            "Scan",
            IndexName="byScore",
            ProjectionExpression="a",
        ),
        divergence(
            service="dynamodb",
            theirs="A scan or query leaves out the attributes that the index does not hold.",
            ours="It has them.",
            aws="If a query or scan of a local secondary index asks for attributes that are not"
            " projected into it, they are fetched from the table.",
            source=f"{REFERENCE}API_Scan.html",
            right="ours",
        ),
    ),
    Known(
        "what lies below a text is not there",
        _projects_below_a_text,
        _read_below_a_text,
        divergence(
            service="dynamodb",
            theirs="BatchGetItem ends in a TypeError of Python when a projection names a member of a"
            " text that a list holds.",
            ours="It is left out.",
            aws="If any of the requested attributes are not found, they do not appear in the result.",
            source=f"{REFERENCE}API_GetItem.html",
            right="ours",
        ),
    ),
    Known(
        "several elements of one list",
        _keeps_the_last_element,
        after_put(
            KEY | {"l": {"L": [{"S": "text"}, {"N": "1"}]}},
            "GetItem",
            Key=KEY,
            ProjectionExpression="l[0], l[1]",
        ),
        divergence(
            service="dynamodb",
            theirs="Of several elements of one list a projection gives the last one that it names.",
            ours="It gives each of them, in the order of the list.",
            aws="What several paths of a projection name is merged into one object, which has the"
            " structure of the item.",
            source=f"{ALTERNATOR}test_projection_expression.py",
            right="ours",
        ),
    ),
)
