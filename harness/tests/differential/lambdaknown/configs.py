"""Where moto's settings of functions differ: those of asynchronous events, and concurrency."""

from collections.abc import Callable
from typing import Any

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown.asking import (
    FUNCTION,
    RECORDED_API,
    Call,
    Explains,
    Texts,
    answers,
    changes,
    refuses,
    takes,
    told,
)
from harness.tests.differential.lambdaknown.refusals import function_arn, is_there, qualifier
from harness.tests.differential.peers import Answer, Exchange, Peers

EARLIER = 61
"""A MaximumEventAgeInSeconds that only an earlier configuration has, and none of the machine's."""

_INVALID = "InvalidParameterValueException"
_NOT_FOUND = "ResourceNotFoundException"
_PUT, _UPDATE = "PutFunctionEventInvokeConfig", "UpdateFunctionEventInvokeConfig"
_GET, _DELETE = "GetFunctionEventInvokeConfig", "DeleteFunctionEventInvokeConfig"
_NONE = "The function doesn't exist."
_NOTHING = "You must specify at least one of error handling or destination setting."
_ITSELF = "You can't specify the function as a destination for itself."
_UNRESERVED = (
    "Specified ReservedConcurrentExecutions for function decreases account's"
    " UnreservedConcurrentExecution below its minimum value of [100]."
)

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


def _differs(says: Callable[[Config, Config], bool]) -> Explains:
    """Return whether configurations differ as *says*, and else only as settling takes away."""

    def explains(exchange: Exchange) -> bool:
        both = configs(exchange.ours), configs(exchange.theirs)
        return bool(both[0] and both[1]) and all(
            says(ours, theirs)
            and changes(ours, theirs) <= {"FunctionArn", "LastModified", "DestinationConfig"}
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


def _arn(parameters: Call) -> str:
    return function_arn(parameters["FunctionName"])


def _not_found(parameters: Call) -> str:
    return f"Function not found: {_arn(parameters)}"


def _no_function(exchange: Exchange) -> bool:
    """Whether both say of a function that is not there that it is not, in their own words."""
    if not exchange.operation.endswith(("EventInvokeConfig", "EventInvokeConfigs")):
        return False
    texts: Texts = _bare if exchange.operation in {_GET, _DELETE} else _missing
    is_answered = answers(_NOT_FOUND, texts, _NOT_FOUND, _not_found)(exchange)
    return is_answered and not is_there(exchange.parameters["FunctionName"])


def _bare(parameters: Call) -> list[str]:
    """Return what is told of a function without a configuration."""
    return [f"The function {_arn(parameters)}:$LATEST doesn't have an EventInvokeConfig"]


def _missing(_: Call) -> list[str]:
    return [_NONE]


def _destinations(parameters: Call) -> list[str]:
    config = parameters.get("DestinationConfig", {})
    return [side["Destination"] for side in config.values() if "Destination" in side]


def _no_destination(parameters: Call) -> list[str]:
    """Return what is told of a function that is a destination, and not there."""
    functions = [arn for arn in _destinations(parameters) if arn.startswith(FUNCTION)]
    return [f"The destination ARN {arn} is invalid." for arn in functions if not is_there(arn)]


def _is_for_a_version(exchange: Exchange) -> bool:
    """Whether ours refuses to reserve for a version what theirs reserve, or do not find."""
    told_of = (
        "This operation is permitted on Lambda functions only. Aliases and versions do not support"
        " this operation. Please specify either a function name or an unqualified function ARN."
    )
    found = (exchange.theirs.code, exchange.theirs.message)
    return (
        exchange.operation.endswith("FunctionConcurrency")
        and qualifier(exchange.parameters["FunctionName"]) != ""
        and refuses(exchange, _INVALID, lambda _: [told_of])
        and (exchange.theirs.is_ok or found == (_NOT_FOUND, _not_found(exchange.parameters)))
    )


KNOWN: tuple[Known, ...] = (
    Known(
        "whose configuration it is",
        _differs(lambda ours, theirs: ours["FunctionArn"] == f"{theirs['FunctionArn']}:$LATEST"),
        _raw,
        told(
            "FunctionArn is that of the function.",
            "It is that of its version $LATEST.",
            "Recorded: the FunctionArn of a configuration ends with :$LATEST.",
            RECORDED_API,
        ),
    ),
    Known(
        "when it was configured",
        _differs(
            lambda ours, theirs: (
                "LastModified" in ours and bool(ours["LastModified"] > theirs["LastModified"])
            )
        ),
        _raw,
        told(
            "LastModified is when the function was.",
            "It is when the configuration was.",
            "LastModified: The date and time that the configuration was last updated.",
            _PUT,
        ),
    ),
    Known(
        "destinations that there are not",
        _differs(
            lambda ours, theirs: (
                ours.get("DestinationConfig") == {"OnSuccess": {}, "OnFailure": {}}
                and "DestinationConfig" not in theirs
            )
        ),
        _raw,
        told(
            "Destinations are told where there are some.",
            "They are told as empty objects.",
            "Recorded: a DestinationConfig with an empty OnSuccess and an empty OnFailure.",
            RECORDED_API,
        ),
    ),
    Known(
        "a configuration that is not there",
        lambda exchange: (
            exchange.operation in {_GET, _DELETE}
            and refuses(exchange, _NOT_FOUND, _bare)
            and exchange.theirs.code == _NOT_FOUND
            and exchange.ours.message.replace(":$LATEST", "") == exchange.theirs.message
        ),
        _call(_GET),
        told(
            "The text names the function.",
            "It names the function's version $LATEST.",
            "Recorded: The function (its ARN, and :$LATEST) doesn't have an EventInvokeConfig",
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
        takes(_NOT_FOUND, _bare, _UPDATE),
        _call(_UPDATE, MaximumRetryAttempts=1),
        told(
            "An update makes a configuration.",
            "ResourceNotFoundException.",
            "Recorded: of UpdateFunctionEventInvokeConfig, The function doesn't have an EventInvokeConfig",
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
            "To set one option without affecting existing settings for other options, use"
            " UpdateFunctionEventInvokeConfig.",
            _PUT,
        ),
    ),
    Known(
        "a configuration replaces the one before",
        _shows_the_first,
        _put_twice,
        told(
            "The first configuration is told for ever.",
            "The last one is.",
            "If a configuration already exists for a function, version, or alias, this operation overwrites"
            " it. If you exclude any settings, they are removed.",
            _PUT,
        ),
    ),
    Known(
        "the configuration of a function that is not there",
        _no_function,
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
        takes(_NOT_FOUND, lambda given: [_NONE] if given.get("Qualifier") == "7" else [], _PUT),
        _call(_PUT, Qualifier="7", MaximumRetryAttempts=1),
        told(
            "A qualifier is not looked at.",
            "ResourceNotFoundException.",
            "Recorded: The function doesn't exist., of an alias that does not exist.",
            RECORDED_API,
        ),
    ),
    Known(
        "an empty configuration",
        takes(
            _INVALID,
            lambda given: [_NOTHING] if given.keys() <= {"FunctionName", "Qualifier"} else [],
        ),
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
        takes(_INVALID, lambda given: [_ITSELF] if _arn(given) in _destinations(given) else []),
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
        takes(_INVALID, _no_destination),
        _call(_PUT, DestinationConfig={"OnSuccess": {"Destination": f"{FUNCTION}gone"}}),
        told(
            "A function that is not there may be a destination.",
            "InvalidParameterValueException.",
            "Recorded: The destination ARN (and that of a function that does not exist) is invalid.",
            RECORDED_API,
        ),
    ),
    Known(
        "concurrency is a function's",
        _is_for_a_version,
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
            _INVALID,
            lambda given: [_UNRESERVED] if given["ReservedConcurrentExecutions"] > 900 else [],
            "PutFunctionConcurrency",
        ),
        _call("PutFunctionConcurrency", ReservedConcurrentExecutions=901),
        told(
            "All of the account's concurrency, and more, can be reserved.",
            "InvalidParameterValueException.",
            "You can reserve concurrency for as many functions as you like, as long as you leave at least"
            " 100 simultaneous executions unreserved for functions that aren't configured with a"
            " per-function limit.",
            "PutFunctionConcurrency",
        ),
    ),
    Known(
        "the concurrency of a function that is not there",
        lambda exchange: (
            exchange.operation == "PutFunctionConcurrency"
            and not is_there(exchange.parameters["FunctionName"])
            and answers(
                _NOT_FOUND, lambda given: [f"{_not_found(given)}:$LATEST"], _NOT_FOUND, _not_found
            )(exchange)
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
