"""Mappings that AWS refuses and moto makes, or refuses in other words."""

from typing import Any

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown.asking import (
    FUNCTION,
    QUEUE,
    RECORDED,
    RECORDED_API,
    STREAM,
    TABLE,
    Explains,
    answers,
    asked,
    call,
    created,
    creation,
    queue_mapping,
    refuses,
    stream_mapping,
    takes,
    told,
)
from harness.tests.differential.peers import Exchange, Peers

_CREATE = "CreateEventSourceMapping"
_INVALID = "InvalidParameterValueException"
_QUEUES = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"
_FILTERING = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html"


def _stream(**changes: Any) -> Any:
    return call(_CREATE, **stream_mapping(**changes))


def _breaks_down(refused: Explains) -> Explains:
    """Return whether theirs ends in an error of Python about the size of batches."""
    return lambda exchange: (
        refused(exchange)
        and exchange.theirs.code == "broken down: ValueError"
        and "BatchSize" in exchange.theirs.message
    )


def _twice(peers: Peers) -> Exchange:
    created(peers, **queue_mapping())
    return asked(peers, _CREATE, **queue_mapping())


_BOUND = refuses("ValidationException", "Member must have value ")
_WINDOW = refuses(_INVALID, "Maximum batch window in seconds must be greater than 0")

KNOWN: tuple[Known, ...] = (
    Known(
        "the function of a mapping",
        answers(
            _INVALID,
            "Function does not exist",
            "ResourceNotFoundException",
            "Function not found: ",
        ),
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
        answers(
            "ValidationException",
            "at 'functionName' failed to satisfy constraint",
            "ResourceNotFoundException",
            "Function not found: ",
        ),
        creation(FunctionName="a b"),
        told(
            "ResourceNotFoundException: Function not found.",
            "ValidationException.",
            "FunctionName has a pattern, without blanks.",
            _CREATE,
        ),
    ),
    Known(
        "a queue that is not there",
        answers(
            _INVALID,
            "Error occurred while ReceiveMessage. SQS Error Code: ",
            "ResourceNotFoundException",
            "Invalid EventSourceArn",
        ),
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
        answers(
            _INVALID,
            "Stream not found: ",
            "ResourceNotFoundException",
            "Invalid EventSourceArn",
        ),
        _stream(EventSourceArn=f"{STREAM}gone"),
        told(
            "ResourceNotFoundException: Invalid EventSourceArn",
            "InvalidParameterValueException: Stream not found: and the ARN.",
            "Recorded: InvalidParameterValueException, Stream not found.",
            f"{RECORDED}test_api.snapshot.json",
        ),
    ),
    Known(
        "what is no event source",
        answers(
            _INVALID,
            "Unrecognized event source",
            "ResourceNotFoundException",
            "Invalid EventSourceArn",
        ),
        creation(EventSourceArn="arn:aws:s3:::failures"),
        told(
            "ResourceNotFoundException: Invalid EventSourceArn",
            "InvalidParameterValueException: Unrecognized event source.",
            "Recorded: InvalidParameterValueException, Unrecognized event source.",
            RECORDED_API,
        ),
    ),
    Known(
        "a mapping of nothing",
        answers(_INVALID, "Unrecognized event source", _INVALID, "Missing EventSourceArn"),
        creation(EventSourceArn=None),
        told(
            "Missing EventSourceArn",
            "Unrecognized event source.",
            "Recorded: Unrecognized event source, where none was given.",
            RECORDED_API,
        ),
    ),
    Known(
        "one mapping for a function and a source",
        takes("ResourceConflictException", "already exists"),
        _twice,
        told(
            "A function may have a source mapped twice.",
            "ResourceConflictException.",
            "Recorded: An event source mapping with SQS arn and function already exists.",
            RECORDED_API,
        ),
    ),
    Known(
        "where a stream is begun",
        takes(_INVALID, "Value null at 'startingPosition'"),
        _stream(StartingPosition=None),
        told(
            "A stream is begun at TRIM_HORIZON if nothing is said.",
            "InvalidParameterValueException.",
            "StartingPosition is required for Amazon Kinesis and Amazon DynamoDB stream sources.",
            _CREATE,
        ),
    ),
    Known(
        "which positions there are",
        takes("ValidationException", "at 'startingPosition' failed to satisfy constraint"),
        _stream(StartingPosition="EARLIEST"),
        told(
            "Any text is a starting position.",
            "ValidationException.",
            "Valid Values: TRIM_HORIZON | LATEST | AT_TIMESTAMP.",
            _CREATE,
        ),
    ),
    Known(
        "which types of responses there are",
        takes("ValidationException", "at 'functionResponseTypes.1.member' failed to satisfy"),
        creation(FunctionResponseTypes=["Nothing"]),
        told(
            "Any text is a type of response.",
            "ValidationException.",
            "Valid Values: ReportBatchItemFailures.",
            _CREATE,
        ),
    ),
    Known(
        "a queue is not begun anywhere",
        takes(_INVALID, "StartingPosition is not valid for SQS event sources"),
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
        lambda exchange: any(
            takes(_INVALID, text)(exchange)
            for text in (
                "Timestamp only valid with StartingPosition AT_TIMESTAMP",
                "StartingPositionTimestamp is required for AT_TIMESTAMP",
                "StartingPositionTimestamp cannot be in the future",
            )
        ),
        _stream(StartingPositionTimestamp=1_767_603_600),
        told(
            "StartingPositionTimestamp is not looked at.",
            "InvalidParameterValueException where it is missing, lies ahead, or has no use.",
            "Recorded: Timestamp only valid with StartingPosition AT_TIMESTAMP.",
            f"{RECORDED}test_api.snapshot.json",
        ),
    ),
    Known(
        "a change stream is not begun at a moment",
        takes(_INVALID, "Unsupported starting position for arn type: "),
        _stream(
            EventSourceArn=TABLE,
            StartingPosition="AT_TIMESTAMP",
            StartingPositionTimestamp=1_767_603_600,
        ),
        told(
            "A table's change stream may be begun AT_TIMESTAMP.",
            "InvalidParameterValueException.",
            "AT_TIMESTAMP is supported only for Amazon Kinesis streams, Amazon DocumentDB, Amazon MSK"
            " and self-managed Apache Kafka.",
            _CREATE,
        ),
    ),
    Known(
        "the bounds of settings",
        lambda exchange: _BOUND(exchange) and exchange.theirs.is_ok,
        _stream(ParallelizationFactor=11),
        told(
            "A shard may have 11 batches at once, and so on: no bound but that of BatchSize.",
            "ValidationException.",
            "ParallelizationFactor: Minimum value of 1. Maximum value of 10.",
            _CREATE,
        ),
    ),
    Known(
        "the bounds of batches",
        _breaks_down(_BOUND),
        _stream(BatchSize=10_001),
        told(
            "A batch of more than 10,000 ends in a ValueError of Python.",
            "ValidationException.",
            "BatchSize: Minimum value of 1. Maximum value of 10000.",
            _CREATE,
        ),
    ),
    Known(
        "how old records may get at least",
        takes(_INVALID, "MaximumRecordAgeInSeconds must be -1 or at least 60"),
        _stream(MaximumRecordAgeInSeconds=59),
        told(
            "Records may be given up after 59 seconds.",
            "InvalidParameterValueException.",
            "The minimum valid value for maximum record age is 60s; code and text are not documented.",
            _CREATE,
        ),
    ),
    Known(
        "large batches need a window",
        lambda exchange: _WINDOW(exchange) and exchange.theirs.is_ok,
        creation(BatchSize=11),
        told(
            "A batch of 11 messages needs no window.",
            "InvalidParameterValueException.",
            "When you set BatchSize to a value greater than 10, you must set"
            " MaximumBatchingWindowInSeconds to at least 1.",
            _CREATE,
        ),
    ),
    Known(
        "large batches of a FIFO queue",
        _breaks_down(_WINDOW),
        creation(EventSourceArn=f"{QUEUE}ordered.fifo", BatchSize=11),
        told(
            "A batch of 11 messages of a FIFO queue ends in a ValueError of Python.",
            "InvalidParameterValueException, as for any queue: it needs a window.",
            "For FIFO queues, the maximum is 10; which text says so is not documented.",
            _QUEUES,
        ),
    ),
    Known(
        "a FIFO queue has no window",
        lambda exchange: (
            refuses(_INVALID, "Batching window is not supported for FIFO queues")(exchange)
            and exchange.theirs.code in {"ok", "broken down: ValueError"}
        ),
        creation(EventSourceArn=f"{QUEUE}ordered.fifo", MaximumBatchingWindowInSeconds=1),
        told(
            "A FIFO queue may have a batching window.",
            "InvalidParameterValueException.",
            "Batching window is not supported for FIFO queues.",
            "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html",
        ),
    ),
    Known(
        "messages stay hidden for as long as a function works",
        takes(_INVALID, "Queue visibility timeout: ", "is less than Function timeout: "),
        creation(EventSourceArn=f"{QUEUE}brief"),
        told(
            "A queue's messages may be hidden for less long than the function works.",
            "InvalidParameterValueException.",
            "Recorded: Queue visibility timeout is less than Function timeout.",
            f"{RECORDED}test_lambda_integration_sqs.snapshot.json",
        ),
    ),
    Known(
        "settings of another kind of source",
        takes(_INVALID, "Unsupported '", "' parameter for given event source mapping type"),
        creation(ParallelizationFactor=2),
        told(
            "A queue may have a ParallelizationFactor, a stream a ScalingConfig.",
            "InvalidParameterValueException.",
            "(Kinesis and DynamoDB Streams only) The number of batches to process from each shard"
            " concurrently; (Amazon SQS only) The scaling configuration for the event source.",
            _CREATE,
        ),
    ),
    Known(
        "a destination that there cannot be",
        lambda exchange: any(
            takes(_INVALID, text)(exchange)
            for text in (
                "Unsupported DestinationConfig parameter",
                "The provided destination config DestinationConfig(",
            )
        ),
        creation(DestinationConfig={"OnFailure": {"Destination": f"{QUEUE}dead"}}),
        told(
            "A queue may have an on-failure destination, and a function may be one.",
            "InvalidParameterValueException.",
            "(Kinesis, DynamoDB Streams, Amazon MSK, and self-managed Apache Kafka) A configuration"
            " object that specifies the destination of an event after Lambda processes it.",
            _CREATE,
        ),
    ),
    Known(
        "a filter is checked",
        takes(_INVALID, "Invalid filter pattern definition"),
        creation(FilterCriteria={"Filters": [{"Pattern": "{"}]}),
        told(
            "Any text is a filter.",
            "InvalidParameterValueException.",
            "Recorded: Invalid filter pattern definition.",
            f"{RECORDED}test_lambda_integration_sqs.snapshot.json",
        ),
    ),
    Known(
        "a part of a function's ARN",
        lambda exchange: (
            ":function:" in exchange.parameters.get("FunctionName", "")
            and not exchange.parameters["FunctionName"].startswith("arn:")
            and exchange.theirs.code == "broken down: ValueError"
            and "too many values to unpack" in exchange.theirs.message
        ),
        creation(FunctionName="123456789012:function:worker"),
        told(
            "A partial ARN ends in a ValueError of Python.",
            "It names the function.",
            "Name formats: function name, function ARN, version or alias ARN, partial ARN"
            " (123456789012:function:MyFunction).",
            _CREATE,
        ),
    ),
    Known(
        "versions that are not there",
        lambda exchange: (
            answers(
                _INVALID,
                "Function does not exist",
                "ResourceNotFoundException",
                "Function not found",
            )(exchange)
            and ":" in exchange.parameters["FunctionName"]
        ),
        creation(FunctionName=f"{FUNCTION}worker:7"),
        told(
            "ResourceNotFoundException: Function not found: and the version's ARN.",
            "InvalidParameterValueException: Function does not exist",
            "Recorded of a function that does not exist: InvalidParameterValueException; of a version it"
            " was not.",
            RECORDED_API,
            right="either",
        ),
    ),
)
