"""Where moto lists mappings otherwise."""

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown.asking import (
    FUNCTION,
    QUEUE,
    asked,
    call,
    created,
    described,
    pairs,
    queue_mapping,
    takes,
    told,
)
from harness.tests.differential.peers import Exchange, Peers

_LIST = "ListEventSourceMappings"


def _lists_by_the_name_given(exchange: Exchange) -> bool:
    """Whether theirs list what was once created by this very text, and ours what it means now."""
    if exchange.operation != _LIST or "FunctionName" not in exchange.parameters:
        return False
    name = exchange.parameters["FunctionName"].rpartition(":")[2]
    found = list(pairs(exchange))
    return bool(found) and all(
        (theirs is None or ours is None)
        and (theirs is None or not theirs["FunctionArn"].endswith(f":{name}"))
        and (ours is None or ours["FunctionArn"].endswith(f":{name}"))
        for ours, theirs in found
    )


def _knows_no_pages(exchange: Exchange) -> bool:
    if exchange.operation != _LIST or "NextMarker" not in exchange.ours.output:
        return False
    is_a_page = len(described(exchange.ours)) == exchange.parameters["MaxItems"]
    return is_a_page and all(
        ours is None or (theirs is None and ours["State"] == "Deleting")
        for ours, theirs in pairs(exchange)
    )


def _listed_by_name(peers: Peers) -> Exchange:
    created(peers, **queue_mapping(FunctionName=f"{FUNCTION}worker"))
    return asked(peers, _LIST, FunctionName="worker")


def _paged(peers: Peers) -> Exchange:
    for name in ("reports", "dead"):
        created(peers, **queue_mapping(EventSourceArn=f"{QUEUE}{name}"))
    return asked(peers, _LIST, MaxItems=1)


KNOWN: tuple[Known, ...] = (
    Known(
        "the mappings of a function",
        _lists_by_the_name_given,
        _listed_by_name,
        told(
            "A function's mappings are those that were created by this very text.",
            "They are those of the function, however it is named.",
            "FunctionName: the name or ARN of the Lambda function. Name formats: function name, function"
            " ARN, version or alias ARN, partial ARN.",
            _LIST,
        ),
    ),
    Known(
        "mappings come in pages",
        _knows_no_pages,
        _paged,
        told(
            "All mappings come at once.",
            "MaxItems of them, and a NextMarker.",
            "MaxItems: The maximum number of event source mappings to return.",
            _LIST,
        ),
    ),
    Known(
        "a marker that is none",
        takes(
            "InvalidParameterValueException",
            lambda asked_for: (
                [] if asked_for.get("Marker", "0").isdecimal() else ["Invalid Marker"]
            ),
            _LIST,
        ),
        call(_LIST, Marker="nonsense"),
        told(
            "Any marker is taken.",
            "InvalidParameterValueException.",
            "Marker: A pagination token returned by a previous call. The answer to another is not"
            " documented.",
            _LIST,
            right="either",
        ),
    ),
)
