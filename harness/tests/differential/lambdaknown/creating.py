"""Mappings that AWS refuses and moto makes, or refuses in other words."""

import re

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown import refusals
from harness.tests.differential.lambdaknown.asking import (
    FUNCTION,
    QUEUE,
    RECORDED,
    RECORDED_API,
    STREAM,
    TABLE,
    Call,
    answers,
    asked,
    created,
    creation,
    queue_mapping,
    stream_creation,
    takes,
    told,
)
from harness.tests.differential.peers import Exchange, Peers

_CREATE = "CreateEventSourceMapping"
_INVALID = "InvalidParameterValueException"
_NOT_FOUND = "ResourceNotFoundException"


def _not_found(parameters: Call) -> str:
    return f"Function not found: {refusals.function_arn(parameters['FunctionName'])}"


def _no_source(_: Call) -> str:
    return "Invalid EventSourceArn"


def _is_a_twin(exchange: Exchange) -> bool:
    """Whether ours refuses a second mapping of both, which theirs make; the first has a UUID."""
    arn = exchange.theirs.output.get("EventSourceArn", "")
    name = exchange.parameters.get("FunctionName", "")
    function = refusals.function_arn(name).removeprefix(FUNCTION).partition(":")[0]
    parties = f'arn (" {arn} ") and function (" {function} ")'
    begin, middle = (
        ("An event source mapping with SQS", "")
        if ":sqs:" in arn
        else ("The event source", "provided mapping ")
    )
    told_before = (
        f"{begin} {parties} {middle}already exists. Please update or delete the existing mapping with"
        " UUID "
    )
    told = _TABLE_STREAM.sub(TABLE, exchange.ours.message)
    return (
        exchange.operation in {_CREATE, "UpdateEventSourceMapping"}
        and exchange.theirs.is_ok
        and exchange.ours.code == "ResourceConflictException"
        and _UUID.fullmatch(told.removeprefix(told_before)) is not None
    )


_TABLE_STREAM = re.compile(r"arn:aws:dynamodb:\S+")


def _names_a_part(exchange: Exchange) -> bool:
    """Whether a partial ARN was given: ours knows its function, or that there is none."""
    name = exchange.parameters.get("FunctionName", "")
    account, _, function = name.partition(":function:")
    if not account.isdigit() or exchange.theirs.code != "broken down: ValueError":
        return False
    is_known = exchange.ours.output.get("FunctionArn") == FUNCTION + function
    is_refused = str(exchange.ours) == f"{_INVALID}: Function does not exist"
    return exchange.theirs.message == "too many values to unpack (expected 2)" and (
        is_known if refusals.is_there(function) else is_refused
    )


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _twice(peers: Peers) -> Exchange:
    created(peers, **queue_mapping())
    return asked(peers, _CREATE, **queue_mapping())


KNOWN: tuple[Known, ...] = (
    Known(
        "the function of a mapping",
        answers(_INVALID, refusals.no_function, _NOT_FOUND, _not_found),
        creation(FunctionName="gone"),
        told(
            "ResourceNotFoundException: Function not found: and its ARN.",
            "InvalidParameterValueException: Function does not exist",
            "Recorded: InvalidParameterValueException, Function does not exist.",
            RECORDED_API,
        ),
    ),
    Known(
        "the name of a mapping's function",
        answers("ValidationException", refusals.no_name, _NOT_FOUND, _not_found),
        creation(FunctionName="a b"),
        told(
            "ResourceNotFoundException: Function not found.",
            "ValidationException.",
            "FunctionName: Pattern: ...([a-zA-Z0-9-_\\.]+)...: it has no blank.",
            _CREATE,
        ),
    ),
    Known(
        "a queue that is not there",
        answers(_INVALID, refusals.no_queue, _NOT_FOUND, _no_source),
        creation(EventSourceArn=f"{QUEUE}gone"),
        told(
            "ResourceNotFoundException: Invalid EventSourceArn",
            "InvalidParameterValueException, with SQS's own refusal.",
            "Recorded: InvalidParameterValueException, Error occurred while ReceiveMessage.",
            f"{RECORDED}test_lambda_integration_sqs.snapshot.json",
        ),
    ),
    Known(
        "a stream that is not there",
        answers(_INVALID, refusals.no_stream, _NOT_FOUND, _no_source),
        stream_creation(EventSourceArn=f"{STREAM}gone"),
        told(
            "ResourceNotFoundException: Invalid EventSourceArn",
            "InvalidParameterValueException: Stream not found: and the ARN.",
            "Recorded: InvalidParameterValueException, Stream not found: and the ARN.",
            f"{RECORDED}test_lambda_integration_kinesis.snapshot.json",
        ),
    ),
    Known(
        "what is no event source",
        answers(_INVALID, refusals.no_source, _NOT_FOUND, _no_source),
        creation(EventSourceArn="arn:aws:s3:::failures"),
        told(
            "ResourceNotFoundException: Invalid EventSourceArn",
            "InvalidParameterValueException: Unrecognized event source.",
            "Recorded: Unrecognized event source, where no ARN was given; of one of another service it"
            " was not.",
            RECORDED_API,
            right="either",
        ),
    ),
    Known(
        "a mapping of nothing",
        answers(
            _INVALID,
            lambda given: [] if "EventSourceArn" in given else refusals.no_source(given),
            _INVALID,
            lambda _: "Missing EventSourceArn",
        ),
        creation(EventSourceArn=None),
        told(
            "Missing EventSourceArn",
            "Unrecognized event source.",
            "Recorded: Unrecognized event source., where no ARN was given.",
            RECORDED_API,
        ),
    ),
    Known(
        "one mapping for a function and a source",
        _is_a_twin,
        _twice,
        told(
            "A function may have a source mapped twice.",
            "ResourceConflictException.",
            "Recorded: An event source mapping with SQS arn and function already exists. Please update or"
            " delete the existing mapping.",
            f"{RECORDED}test_lambda_integration_sqs.snapshot.json",
        ),
    ),
    Known(
        "where a stream is begun",
        takes(_INVALID, refusals.no_position, _CREATE),
        stream_creation(StartingPosition=None),
        told(
            "A stream is begun at TRIM_HORIZON if nothing is said.",
            "InvalidParameterValueException.",
            "StartingPosition: Required for Amazon Kinesis and Amazon DynamoDB Stream event sources.",
            _CREATE,
        ),
    ),
    Known(
        "which positions there are",
        takes("ValidationException", refusals.wrong_position, _CREATE),
        stream_creation(StartingPosition="EARLIEST"),
        told(
            "Any text is a starting position.",
            "ValidationException.",
            "StartingPosition: Valid Values: TRIM_HORIZON | LATEST | AT_TIMESTAMP",
            _CREATE,
        ),
    ),
    Known(
        "which types of responses there are",
        takes("ValidationException", refusals.wrong_response_types),
        creation(FunctionResponseTypes=["Nothing"]),
        told(
            "Any text is a type of response.",
            "ValidationException.",
            "FunctionResponseTypes: Valid Values: ReportBatchItemFailures",
            _CREATE,
        ),
    ),
    Known(
        "a queue is not begun anywhere",
        takes(_INVALID, refusals.begun_queue, _CREATE),
        creation(StartingPosition="LATEST"),
        told(
            "A queue has a starting position.",
            "InvalidParameterValueException.",
            "Recorded: StartingPosition is not valid for SQS event sources.",
            f"{RECORDED}test_api.snapshot.json",
        ),
    ),
    Known(
        "the moment at which a stream is begun",
        takes(_INVALID, refusals.wrong_moment, _CREATE),
        stream_creation(StartingPositionTimestamp=1_767_603_600),
        told(
            "StartingPositionTimestamp is not looked at.",
            "InvalidParameterValueException where it is missing, lies ahead, or has no use.",
            "Recorded: Timestamp only valid with StartingPosition AT_TIMESTAMP. (API reference:"
            " StartingPositionTimestamp cannot be in the future.)",
            f"{RECORDED}test_api.snapshot.json",
        ),
    ),
    Known(
        "a change stream is not begun at a moment",
        takes(_INVALID, refusals.begun_table, _CREATE),
        stream_creation(
            EventSourceArn=TABLE,
            StartingPosition="AT_TIMESTAMP",
            StartingPositionTimestamp=1_767_603_600,
        ),
        told(
            "A table's change stream may be begun AT_TIMESTAMP.",
            "InvalidParameterValueException.",
            "AT_TIMESTAMP is supported only for Amazon Kinesis streams, Amazon DocumentDB, Amazon MSK,"
            " and self-managed Apache Kafka.",
            _CREATE,
        ),
    ),
    Known(
        "a part of a function's ARN",
        _names_a_part,
        creation(FunctionName="123456789012:function:worker"),
        told(
            "A partial ARN ends in a ValueError of Python.",
            "It names the function.",
            "Name formats: ... Partial ARN - 123456789012:function:MyFunction.",
            _CREATE,
        ),
    ),
    Known(
        "versions that are not there",
        answers(_INVALID, refusals.no_version, _NOT_FOUND, _not_found),
        creation(FunctionName=f"{FUNCTION}worker:7"),
        told(
            "ResourceNotFoundException: Function not found: and the version's ARN.",
            "InvalidParameterValueException: Function does not exist",
            "Recorded: InvalidParameterValueException, Function does not exist, of a function; of a"
            " version it was not.",
            RECORDED_API,
            right="either",
        ),
    ),
)
