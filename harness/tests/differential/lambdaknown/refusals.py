"""What a call to create or change a mapping may be refused for, read off the call itself."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from botocore.session import get_session

from harness.tests.differential.lambdaknown.asking import FUNCTION, QUEUE, STREAM, Call
from harness.tests.differential.lambdapeers import FUNCTIONS, QUEUES, TIMEOUT
from harness.tests.differential.peers import Pair

LARGE_BATCH = 10
OF_STREAMS = (
    *("BisectBatchOnFunctionError", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts"),
    *("ParallelizationFactor", "TumblingWindowInSeconds"),
)
_STREAM_SERVICES = {"kinesis", "dynamodb"}


def source(call: Call) -> str:
    """Return the event source's ARN, ours if each side has its own; of none, nothing."""
    arn = call.get("EventSourceArn", "")
    return str(arn.ours if isinstance(arn, Pair) else arn)


def service(call: Call) -> str:
    """Return the service that the event source is of."""
    return ":".join(source(call).split(":")[2:3])


def function_arn(name: str) -> str:
    """Return the ARN of the function called *name*, with its qualifier if it has one."""
    return name if name.startswith("arn:") else f"{FUNCTION}{name}"


def qualifier(name: str) -> str:
    """Return the version or alias that *name* ends with, if it does."""
    return function_arn(name).removeprefix(FUNCTION).partition(":")[2]


def is_there(name: str) -> bool:
    """Whether a function is so called, whatever its version; a partial ARN is none here."""
    return function_arn(name).removeprefix(FUNCTION).partition(":")[0] in FUNCTIONS


def no_function(call: Call) -> list[str]:
    """Yield what is told of a function that is not there."""
    is_missing = not is_there(call.get("FunctionName", FUNCTIONS[0]))
    return ["Function does not exist"] if is_missing else []


def no_version(call: Call) -> list[str]:
    """Yield what is told of a version that is not there, of a function that is."""
    name = call.get("FunctionName", FUNCTIONS[0])
    is_missing = is_there(name) and qualifier(name) not in {"", "$LATEST"}
    return ["Function does not exist"] if is_missing else []


def no_name(call: Call) -> list[str]:
    """Yield what is told of a name with a blank."""
    name = call.get("FunctionName", "")
    return [_broken(name, "functionName", f"satisfy regular expression pattern: {_pattern()}")] * (
        " " in name
    )


def no_queue(call: Call) -> list[str]:
    """Yield what is told of a queue that is not there."""
    is_missing = service(call) == "sqs" and source(call).removeprefix(QUEUE) not in QUEUES
    told = (
        "Error occurred while ReceiveMessage. SQS Error Code:"
        " AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not"
        " exist."
    )
    return [told] if is_missing else []


def no_stream(call: Call) -> list[str]:
    """Yield what is told of a stream that is not there."""
    is_missing = service(call) == "kinesis" and source(call) != STREAM
    return [f"Stream not found: {source(call)}"] if is_missing else []


def no_source(call: Call) -> list[str]:
    """Yield what is told of an ARN of something else."""
    is_other = service(call) not in {"sqs", *_STREAM_SERVICES}
    return ["Unrecognized event source."] if is_other else []


def no_position(call: Call) -> list[str]:
    """Yield what is told of a stream without a position."""
    is_missing = service(call) in _STREAM_SERVICES and "StartingPosition" not in call
    told = (
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint:"
        " Member must not be null."
    )
    return [told] if is_missing else []


def wrong_position(call: Call) -> Iterator[str]:
    """Yield what is told of a position that is none."""
    known = ("LATEST", "AT_TIMESTAMP", "TRIM_HORIZON")
    position = call.get("StartingPosition", known[0])
    if position not in known:
        yield _broken(
            position, "startingPosition", f"satisfy enum value set: [{', '.join(known)}]"
        )


def wrong_response_types(call: Call) -> Iterator[str]:
    """Yield what is told of a type of response that is none."""
    for number, kind in enumerate(call.get("FunctionResponseTypes", ()), start=1):
        if kind != "ReportBatchItemFailures":
            place = f"functionResponseTypes.{number}.member"
            yield _broken(kind, place, "satisfy enum value set: [ReportBatchItemFailures]")


def begun_queue(call: Call) -> list[str]:
    """Yield what is told of a queue with a position."""
    is_begun = service(call) == "sqs" and "StartingPosition" in call
    return ["StartingPosition is not valid for SQS event sources."] if is_begun else []


def wrong_moment(call: Call) -> Iterator[str]:
    """Yield what is told of the moment of a stream's position: of none, useless, or ahead."""
    moment = call.get("StartingPositionTimestamp")
    if service(call) != "kinesis":
        return
    if call.get("StartingPosition") != "AT_TIMESTAMP":
        if moment is not None:
            yield "Timestamp only valid with StartingPosition AT_TIMESTAMP"
    elif moment is None:
        yield "StartingPositionTimestamp is required for AT_TIMESTAMP."
    elif moment > _LONG_HENCE:
        yield "StartingPositionTimestamp cannot be in the future."


_LONG_HENCE = 3_000_000_000
"""Seconds: later than the machines ever get."""


def begun_table(call: Call) -> list[str]:
    """Yield what is told of a table's change stream from a moment."""
    is_begun = service(call) == "dynamodb" and call.get("StartingPosition") == "AT_TIMESTAMP"
    return [f"Unsupported starting position for arn type: {source(call)}"] if is_begun else []


def out_of_bounds(call: Call) -> Iterator[str]:
    """Yield what is told of settings that are out of the bounds of the service's model."""
    for name, shape in _members().items():
        value, bounds = call.get(name), shape.metadata
        if shape.type_name != "integer" or value is None:
            continue
        place = name[0].lower() + name[1:]
        if value > bounds.get("max", value):
            yield _broken(value, place, f"have value less than or equal to {bounds['max']}")
        if value < bounds.get("min", value):
            yield _broken(value, place, f"have value greater than or equal to {bounds['min']}")


def young_records(call: Call) -> list[str]:
    """Yield what is told of an age between -1 and 60 seconds."""
    age = call.get("MaximumRecordAgeInSeconds", -1)
    told = f"MaximumRecordAgeInSeconds must be -1 or at least 60: {age}"
    return [told] if -1 < age < 60 else []


def no_window(call: Call) -> list[str]:
    """Yield what is told of more messages than one receive returns, and no window."""
    is_large = service(call) == "sqs" and call.get("BatchSize", 1) > LARGE_BATCH
    told = (
        "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than"
        " 10"
    )
    return [told] if is_large and not call.get("MaximumBatchingWindowInSeconds") else []


def window_of_fifo(call: Call) -> list[str]:
    """Yield what is told of a FIFO queue with a window."""
    has_one = source(call).endswith(".fifo") and call.get("MaximumBatchingWindowInSeconds")
    return ["Batching window is not supported for FIFO queues"] if has_one else []


def short_visibility(call: Call) -> list[str]:
    """Yield what is told of a queue that hides its messages for less long than the function works."""
    hidden = QUEUES.get(source(call).removeprefix(QUEUE), {}).get("VisibilityTimeout", "30")
    told = f"Queue visibility timeout: {hidden} seconds is less than Function timeout: {TIMEOUT} seconds"
    return [told] if int(hidden) < TIMEOUT else []


def of_another_kind(call: Call) -> Iterator[str]:
    """Yield what is told of settings that only other kinds of sources have."""
    for name in OF_STREAMS if service(call) == "sqs" else ("ScalingConfig",):
        if name in call:
            place = name[0].lower() + name[1:]
            yield f"Unsupported '{place}' parameter for given event source mapping type."


def wrong_destination(call: Call) -> Iterator[str]:
    """Yield what is told of a queue with a destination, or of a function that is one."""
    arn = call.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    if service(call) == "sqs" and arn:
        yield "Unsupported DestinationConfig parameter for given event source mapping type."
    if service(call) in _STREAM_SERVICES and arn.startswith(FUNCTION):
        yield (
            "The provided destination config DestinationConfig(onSuccess=null,"
            f" onFailure=OnFailure(destination={arn})) is invalid."
        )


def wrong_filter(call: Call) -> list[str]:
    """Yield what is told of a pattern that is no JSON object."""
    patterns = [each["Pattern"] for each in call.get("FilterCriteria", {}).get("Filters", ())]
    is_wrong = any(not _is_object(pattern) for pattern in patterns)
    return ["Invalid filter pattern definition."] if is_wrong else []


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def any_of(*told: Callable[[Call], Any]) -> Callable[[Call], Iterator[str]]:
    """Return what may be told of a call for any of several things that are wrong with it."""
    return lambda call: (text for one in told for text in one(call))


def _broken(value: Any, place: str, rule: str) -> str:
    return (
        f"1 validation error detected: Value '{value}' at '{place}' failed to satisfy constraint:"
        f" Member must {rule}"
    )


@cache
def _members() -> dict[str, Any]:
    model = get_session().get_service_model("lambda")
    shape = model.operation_model("CreateEventSourceMapping").input_shape
    assert shape is not None, "it has parameters"
    return dict(shape.members)


def _pattern() -> str:
    return str(_members()["FunctionName"].metadata["pattern"])
