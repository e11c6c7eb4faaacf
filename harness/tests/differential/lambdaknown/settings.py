"""Settings of mappings that AWS refuses and moto takes."""

from harness.tests.differential.known import Known
from harness.tests.differential.lambdaknown import refusals
from harness.tests.differential.lambdaknown.asking import (
    QUEUE,
    RECORDED,
    Call,
    Explains,
    Texts,
    creation,
    refuses,
    stream_creation,
    takes,
    told,
)

_CREATE = "CreateEventSourceMapping"
_INVALID = "InvalidParameterValueException"
_QUEUES = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"


def _breaks_down(code: str, texts: Texts) -> Explains:
    """Return whether ours refuses so, and theirs ends in an error of Python about the batch's size."""
    return lambda exchange: (
        refuses(exchange, code, texts)
        and exchange.theirs.code == "broken down: ValueError"
        and exchange.theirs.message in _oversize(exchange.parameters)
    )


def _oversize(parameters: Call) -> list[str]:
    """Return what moto tells of a batch's size; an update does not say of what kind the source is."""
    sizes = {"": (10, 10_000), "fifo": (10,)}.get(
        refusals.source(parameters).rpartition(".")[2], (10_000,)
    )
    texts = (
        f"BatchSize {parameters.get('BatchSize')} exceeds the max of {size}" for size in sizes
    )
    return [str((_INVALID, text)) for text in texts]


KNOWN: tuple[Known, ...] = (
    Known(
        "the bounds of settings",
        takes("ValidationException", refusals.out_of_bounds),
        stream_creation(ParallelizationFactor=11),
        told(
            "A shard may have 11 batches at once, and so on: no bound but that of BatchSize.",
            "ValidationException.",
            "ParallelizationFactor: Valid Range: Minimum value of 1. Maximum value of 10.",
            _CREATE,
        ),
    ),
    Known(
        "the bounds of batches",
        _breaks_down("ValidationException", refusals.out_of_bounds),
        stream_creation(BatchSize=10_001),
        told(
            "A batch of more than 10,000 ends in a ValueError of Python.",
            "ValidationException.",
            "BatchSize: Valid Range: Minimum value of 1. Maximum value of 10000.",
            _CREATE,
        ),
    ),
    Known(
        "how old records may get at least",
        takes(_INVALID, refusals.young_records),
        stream_creation(MaximumRecordAgeInSeconds=59),
        told(
            "Records may be given up after 59 seconds.",
            "InvalidParameterValueException.",
            "The minimum valid value for maximum record age is 60s. Although values less than 60 and"
            " greater than -1 fall within the parameter's absolute range, they are not allowed. Code and"
            " text are not documented.",
            "EventSourceMappingConfiguration",
        ),
    ),
    Known(
        "large batches need a window",
        takes(_INVALID, refusals.no_window, _CREATE),
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
        _breaks_down(_INVALID, refusals.no_window),
        creation(EventSourceArn=f"{QUEUE}ordered.fifo", BatchSize=11),
        told(
            "A batch of 11 messages of a FIFO queue ends in a ValueError of Python.",
            "InvalidParameterValueException, as for any queue: it needs a window.",
            "For FIFO queues the max is 10. Which text says so is not documented.",
            _CREATE,
        ),
    ),
    Known(
        "a FIFO queue has no window",
        takes(_INVALID, refusals.window_of_fifo, _CREATE),
        creation(EventSourceArn=f"{QUEUE}ordered.fifo", MaximumBatchingWindowInSeconds=1),
        told(
            "A FIFO queue may have a batching window.",
            "InvalidParameterValueException.",
            "Reported from AWS: Batching window is not supported for FIFO queues",
            "https://github.com/aws/aws-lambda-dotnet/pull/1758",
        ),
    ),
    Known(
        "messages stay hidden for as long as a function works",
        takes(_INVALID, refusals.short_visibility, _CREATE),
        creation(EventSourceArn=f"{QUEUE}brief"),
        told(
            "A queue's messages may be hidden for less long than the function works.",
            "InvalidParameterValueException.",
            "Set the source queue's visibility timeout to at least six times the timeout of the function."
            " Reported: Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds"
            " (winglang/wing issue 1507).",
            _QUEUES,
        ),
    ),
    Known(
        "settings of another kind of source",
        takes(_INVALID, refusals.of_another_kind, _CREATE),
        creation(ParallelizationFactor=2),
        told(
            "A queue may have a ParallelizationFactor, a stream a ScalingConfig.",
            "InvalidParameterValueException.",
            "(Kinesis and DynamoDB Streams only) The number of batches to process from each shard"
            " concurrently. (Amazon SQS only) The scaling configuration for the event source. Code and"
            " text are not documented.",
            _CREATE,
        ),
    ),
    Known(
        "a destination that there cannot be",
        takes(_INVALID, refusals.wrong_destination, _CREATE),
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
        takes(_INVALID, refusals.wrong_filter),
        creation(FilterCriteria={"Filters": [{"Pattern": "{"}]}),
        told(
            "Any text is a filter.",
            "InvalidParameterValueException.",
            "Recorded: Invalid filter pattern definition.",
            f"{RECORDED}test_lambda_integration_sqs.snapshot.json",
        ),
    ),
)
