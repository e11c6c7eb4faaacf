"""Where moto's settings of functions differ: those of asynchronous events, and concurrency."""

from typing import Any

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown.asking import (
    FUNCTION,
    RECORDED_API,
    Explains,
    answers,
    refuses,
    takes,
    told,
)
from harness.tests.differential.peers import Answer, Exchange, Peers

EARLIER = 61
"""A MaximumEventAgeInSeconds that only an earlier configuration has, and none of the machine's."""

_INVALID = "InvalidParameterValueException"
_PUT, _UPDATE = "PutFunctionEventInvokeConfig", "UpdateFunctionEventInvokeConfig"
_GET, _DELETE = "GetFunctionEventInvokeConfig", "DeleteFunctionEventInvokeConfig"
_GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html"

Config = dict[str, Any]


def configs(answer: Answer) -> list[Config]:
    """Return the configurations that an answer shows: a list of them, or one."""
    output = answer.output
    if "FunctionEventInvokeConfigs" in output:
        found: list[Config] = output["FunctionEventInvokeConfigs"]
        return found
    is_config = "FunctionArn" in output and "EventSourceArn" not in output
    return [output] if is_config else []


def settled(exchange: Exchange) -> Exchange:
    """Return *exchange* without what moto never tells of a configuration.

    The divergences "whose configuration it is", "when it was configured" and "destinations that there
    are not" tell of it.
    """
    for ours, theirs in zip(configs(exchange.ours), configs(exchange.theirs), strict=False):
        if ours["FunctionArn"] == f"{theirs['FunctionArn']}:$LATEST":
            ours["FunctionArn"] = theirs["FunctionArn"]
        for name, destination in list(ours.get("DestinationConfig", {}).items()):
            if destination == {} and name not in theirs.get("DestinationConfig", {}):
                del ours["DestinationConfig"][name]
        for config in (ours, theirs):
            config.pop("LastModified", None)
            if config.get("DestinationConfig") == {}:
                del config["DestinationConfig"]
    return exchange


def _asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    return settled(peers.call("lambda", operation, **{"FunctionName": "worker", **parameters}))


def _call(operation: str, **parameters: Any) -> Any:
    return lambda peers: _asked(peers, operation, **parameters)


def _raw(peers: Peers) -> Exchange:
    """Configure without settling, which takes away what is shown; a while after the function's birth."""
    return peers.call("lambda", _PUT, FunctionName="worker", MaximumRetryAttempts=1)


def _differs(name: str, value: Any) -> Explains:
    """Return whether *name* is *value* of ours, a function of it, and something else of theirs."""

    def explains(exchange: Exchange) -> bool:
        both = configs(exchange.ours), configs(exchange.theirs)
        return bool(both[0] and both[1]) and all(
            value(ours, theirs) and ours.get(name) != theirs.get(name)
            for ours, theirs in zip(*both, strict=True)
        )

    return explains


def _forgets_the_rest(exchange: Exchange) -> bool:
    """Whether theirs have only what the update said, and ours that and what there was."""
    if exchange.operation != _UPDATE or not (exchange.ours.is_ok and exchange.theirs.is_ok):
        return False
    ours, theirs = exchange.ours.output, exchange.theirs.output
    said = exchange.parameters.keys() | {"FunctionArn"}
    return (
        theirs.keys() < ours.keys()
        and theirs.keys() <= said
        and all(ours[name] == theirs[name] for name in theirs)
    )


def _shows_the_first(exchange: Exchange) -> bool:
    shown = configs(exchange.theirs)
    return exchange.operation == _GET and any(
        config.get("MaximumEventAgeInSeconds") == EARLIER for config in shown
    )


def _put_twice(peers: Peers) -> Exchange:
    _asked(peers, _PUT, MaximumEventAgeInSeconds=EARLIER)
    _asked(peers, _PUT, MaximumRetryAttempts=2)
    return _asked(peers, _GET)


def _updated(peers: Peers) -> Exchange:
    _asked(peers, _PUT, MaximumEventAgeInSeconds=60)
    return _asked(peers, _UPDATE, MaximumRetryAttempts=2)


def _other(ours: str) -> Explains:
    """Return whether ours says *ours* of a function that is not there, and theirs its own text."""
    return answers(
        "ResourceNotFoundException", ours, "ResourceNotFoundException", "Function not found: "
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "whose configuration it is",
        _differs(
            "FunctionArn", lambda ours, theirs: ours["FunctionArn"].endswith(":$LATEST") and theirs
        ),
        _raw,
        told(
            "FunctionArn is that of the function.",
            "It is that of its version $LATEST.",
            "Recorded: FunctionArn ends with :$LATEST.",
            RECORDED_API,
        ),
    ),
    Known(
        "when it was configured",
        _differs(
            "LastModified",
            lambda ours, theirs: (
                "LastModified" in ours and ours["LastModified"] > theirs["LastModified"]
            ),
        ),
        _raw,
        told(
            "LastModified is when the function was.",
            "It is when the configuration was.",
            "LastModified: the date and time that the configuration was last updated.",
            _PUT,
        ),
    ),
    Known(
        "destinations that there are not",
        _differs(
            "DestinationConfig",
            lambda ours, _: ours.get("DestinationConfig") == {"OnSuccess": {}, "OnFailure": {}},
        ),
        _raw,
        told(
            "Destinations are told where there are some.",
            "They are told as empty objects.",
            "Recorded: DestinationConfig with empty OnSuccess and OnFailure.",
            RECORDED_API,
        ),
    ),
    Known(
        "a configuration that is not there",
        lambda exchange: (
            exchange.operation in {_GET, _DELETE}
            and exchange.ours.code == exchange.theirs.code == "ResourceNotFoundException"
            and exchange.ours.message.replace(":$LATEST", "") == exchange.theirs.message
            and "doesn't have an EventInvokeConfig" in exchange.theirs.message
        ),
        _call(_GET),
        told(
            "The text names the function.",
            "It names the function's version $LATEST.",
            "Recorded: The function, with :$LATEST, doesn't have an EventInvokeConfig.",
            RECORDED_API,
        ),
    ),
    Known(
        "whose fault an error is",
        lambda exchange: (
            not exchange.ours.is_ok
            and exchange.ours.code == exchange.theirs.code
            and exchange.ours.message == exchange.theirs.message
            and exchange.ours.output == {"Type": "User"}
            and exchange.theirs.output == {}
        ),
        _call("GetFunctionConcurrency", FunctionName="gone"),
        told(
            "An error says nothing of whose fault it is.",
            "Its Type is User.",
            "Recorded: Type is User.",
            RECORDED_API,
        ),
    ),
    Known(
        "an update needs a configuration",
        lambda exchange: (
            exchange.operation == _UPDATE
            and takes("ResourceNotFoundException", "doesn't have an EventInvokeConfig")(exchange)
        ),
        _call(_UPDATE, MaximumRetryAttempts=1),
        told(
            "An update makes a configuration.",
            "ResourceNotFoundException.",
            "Recorded: The function doesn't have an EventInvokeConfig.",
            RECORDED_API,
        ),
    ),
    Known(
        "an update leaves the rest",
        _forgets_the_rest,
        _updated,
        told(
            "An update takes away what it does not say.",
            "What it does not say stays.",
            "Updates the configuration; to overwrite it, use PutFunctionEventInvokeConfig.",
            _UPDATE,
        ),
    ),
    Known(
        "a configuration replaces the one before",
        _shows_the_first,
        _put_twice,
        told(
            "The first configuration is told for ever.",
            "The last one is.",
            "If a configuration already exists for a function, version, or alias, the operation overwrites"
            " it.",
            _PUT,
        ),
    ),
    Known(
        "the configuration of a function that is not there",
        lambda exchange: (
            exchange.operation.endswith(("EventInvokeConfig", "EventInvokeConfigs"))
            and (
                _other("The function doesn't exist.")(exchange)
                or _other("doesn't have an EventInvokeConfig")(exchange)
            )
        ),
        _call(_PUT, FunctionName="gone", MaximumRetryAttempts=1),
        told(
            "Function not found: and the function's ARN.",
            "The function doesn't exist, or has no configuration where one is looked for.",
            "Recorded: The function doesn't exist.",
            RECORDED_API,
        ),
    ),
    Known(
        "the configuration of a version that is not there",
        lambda exchange: (
            exchange.parameters.get("Qualifier") == "7"
            and takes("ResourceNotFoundException", "The function doesn't exist.")(exchange)
        ),
        _call(_PUT, Qualifier="7", MaximumRetryAttempts=1),
        told(
            "A qualifier is not looked at.",
            "ResourceNotFoundException.",
            "Qualifier: a version number or alias name.",
            _PUT,
        ),
    ),
    Known(
        "an empty configuration",
        takes(_INVALID, "You must specify at least one of error handling or destination setting"),
        _call(_PUT),
        told(
            "A configuration may say nothing.",
            "InvalidParameterValueException.",
            "Recorded: You must specify at least one of error handling or destination setting.",
            RECORDED_API,
        ),
    ),
    Known(
        "a function as its own destination",
        takes(_INVALID, "You can't specify the function as a destination for itself"),
        _call(_PUT, DestinationConfig={"OnSuccess": {"Destination": f"{FUNCTION}worker"}}),
        told(
            "A function may be its own destination.",
            "InvalidParameterValueException.",
            "Recorded: You can't specify the function as a destination for itself.",
            RECORDED_API,
        ),
    ),
    Known(
        "a destination that is not there",
        takes(_INVALID, "The destination ARN ", " is invalid"),
        _call(_PUT, DestinationConfig={"OnSuccess": {"Destination": f"{FUNCTION}gone"}}),
        told(
            "A function that is not there may be a destination.",
            "InvalidParameterValueException.",
            "Recorded: The destination ARN is invalid.",
            RECORDED_API,
        ),
    ),
    Known(
        "concurrency is a function's",
        lambda exchange: (
            refuses(_INVALID, "Aliases and versions do not support this operation")(exchange)
            and exchange.theirs.code in {"ok", "ResourceNotFoundException"}
        ),
        _call(
            "PutFunctionConcurrency",
            FunctionName="worker:$LATEST",
            ReservedConcurrentExecutions=1,
        ),
        told(
            "A version's concurrency can be reserved.",
            "InvalidParameterValueException.",
            "Recorded: This operation is permitted on Lambda functions only. Aliases and versions do not"
            " support this operation.",
            RECORDED_API,
        ),
    ),
    Known(
        "how much concurrency can be reserved",
        takes(
            _INVALID, "decreases account's UnreservedConcurrentExecution below its minimum value"
        ),
        _call("PutFunctionConcurrency", ReservedConcurrentExecutions=901),
        told(
            "All of the account's concurrency, and more, can be reserved.",
            "InvalidParameterValueException.",
            "100 units of concurrency stay for functions that reserve none.",
            _GUIDE,
        ),
    ),
    Known(
        "the concurrency of a function that is not there",
        lambda exchange: (
            exchange.operation == "PutFunctionConcurrency"
            and exchange.ours.code == exchange.theirs.code == "ResourceNotFoundException"
            and exchange.ours.message == f"{exchange.theirs.message}:$LATEST"
        ),
        _call("PutFunctionConcurrency", FunctionName="gone", ReservedConcurrentExecutions=1),
        told(
            "The text names the function.",
            "It names the function's version $LATEST.",
            "Recorded: Function not found: the function's ARN and :$LATEST.",
            RECORDED_API,
        ),
    ),
)
