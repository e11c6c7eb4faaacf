"""Where a query or scan of moto's finds something else."""

from harness.tests.differential.dynamodbknown.asking import (
    KEY,
    REFERENCE,
    after_put,
    asked,
    message,
    numbers,
    table,
)
from harness.tests.differential.known import Known, divergence
from harness.tests.differential.peers import Exchange, Peers


def _ends_a_page_early(exchange: Exchange) -> bool:
    ours, theirs = dict(exchange.ours.output), exchange.theirs.output
    last = ours.pop("LastEvaluatedKey", None)
    is_full = exchange.ours.output.get("ScannedCount") == exchange.parameters.get("Limit")
    return (
        last is not None
        and "LastEvaluatedKey" not in theirs
        and is_full
        and numbers(ours) == numbers(theirs)
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


def _leaves_out_what_is_not_projected(exchange: Exchange) -> bool:
    if exchange.operation != "Scan" or exchange.parameters.get("IndexName") != "byScore":
        return False
    if not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = (side.output.get("Items", []) for side in (exchange.ours, exchange.theirs))
    return len(ours) == len(theirs) and all(
        other == {name: value for name, value in item.items() if name in {"pk", "sk", "score"}}
        for item, other in zip(ours, theirs, strict=True)
    )


def _filters_by_what_is_not_projected(exchange: Exchange) -> bool:
    given = exchange.parameters
    filters = given.get("IndexName") == "byScore" and "FilterExpression" in given
    return (
        exchange.operation == "Scan" and filters and exchange.theirs.is_ok and exchange.ours.is_ok
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "a global index gives what it holds",
        message("One or more parameter values were invalid: Global secondary index"),
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
            aws="A LastEvaluatedKey that is not empty does not mean that there is more data.",
            source=f"{REFERENCE}API_Query.html",
            right="ours",
        ),
    ),
    Known(
        "a filter of a local index looks at the item",
        _filters_by_what_is_not_projected,
        after_put(
            KEY | {"n": {"N": "1"}, "score": {"N": "1"}},
            "Scan",
            IndexName="byScore",
            FilterExpression="attribute_exists(n)",
        ),
        divergence(
            service="dynamodb",
            theirs="The filter of a scan of a local index sees what the index holds; a query's sees"
            " the item.",
            ours="Both see the item.",
            aws="If a query or scan of a local secondary index asks for attributes that are not"
            " projected into it, they are fetched from the table.",
            source=f"{REFERENCE}API_Scan.html",
            right="ours",
        ),
    ),
    Known(
        "a scan of a local secondary index gives what it does not hold",
        _leaves_out_what_is_not_projected,
        after_put(
            KEY | {"a": {"S": "text"}, "score": {"N": "1"}},
            "Scan",
            IndexName="byScore",
            ProjectionExpression="a",
        ),
        divergence(
            service="dynamodb",
            theirs="A scan leaves out the attributes that the index does not hold; a query has them.",
            ours="Both have them.",
            aws="If a query or scan of a local secondary index asks for attributes that are not"
            " projected into it, they are fetched from the table.",
            source=f"{REFERENCE}API_Scan.html",
            right="ours",
        ),
    ),
)
